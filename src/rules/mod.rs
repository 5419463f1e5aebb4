//! Facts → diagnostics; one file per rule. A rule says that data are wrong, never that the world is late.
//!
//! To add one: its file, its line in the modules below, its line in [`ALL`].

mod c001_yaml_unreadable;
mod c002_unknown_key;
mod c003_missing_key;
mod c004_value_of_wrong_kind;
mod c005_date_unreadable;
mod c006_duplicate_key;
mod c007_foreign_encoding;
mod c008_year_missing;
mod c009_event_without_date;
mod c010_phase_gap;
mod c011_phase_end_before_start;
mod c012_phase_outside_campaign;
mod c013_period_reversed;
mod c014_phase_overlap;
mod c015_phase_count_differs;
mod c016_duration_differs;
mod c017_phases_missing;
mod c018_report_dates_missing;
mod c019_phase_start_unstated;
mod c020_reports_end_early;
mod c021_phase_without_report;
mod c022_phase_reported_late;
mod c023_final_summary_missing;
mod c024_deadline_before_issue;
mod c025_deadline_on_issue_day;
mod c026_deadline_after_campaign;
mod c027_report_with_two_dates;
mod c028_summary_before_start;
mod c036_attachment_absent;
mod c037_attachment_unlisted;
mod c038_placeholder_left;
mod c039_old_agency_name;
mod c040_text_older_than_plan;
mod c041_unknown_office;
mod c042_office_named_two_ways;
mod c043_unknown_party;
mod c044_group_unit_unknown;
mod c045_roster_group_undeclared;
mod c046_unit_in_two_groups;
mod c047_duplicate_unit_code;
mod c048_unit_listed_twice;
mod c049_alias_shared;
mod c050_unit_without_code;
mod c051_unit_code_malformed;
mod c052_unit_without_name;
mod c053_unit_without_phone;
mod c054_roster_empty;
mod c055_roster_unreadable;
mod c056_unit_phone_damaged;
mod c057_waiver_without_reason;
mod c058_waiver_unknown_rule;
mod c059_issued_after_start;
mod c060_escalation_not_ascending;
mod c061_level_requires_unknown_field;
mod c062_category_word_twice;
mod c064_id_used_twice;
mod c065_task_without_lead;
mod c066_lead_also_supporting;
mod c067_task_due_vague;
mod c068_obligation_without_due;
mod c069_report_just_before_phase_end;
mod c070_synonym_conflict;
mod c071_personal_data_in_plan;
mod c072_copied_wording;
mod c073_undefined_term;
mod c074_festival_outside_phase;
mod c075_phase_actor_unclear;
mod c076_period_implausible;

mod campaign_texts;
mod catalogue;
#[cfg(test)]
mod examples;
mod parties;
mod reporting;
pub mod rule;
mod waivers;

pub use catalogue::catalogue_page;
pub use catalogue::page;
pub use rule::Check;
pub use rule::Example;
pub use rule::Rule;
pub use rule::Scope;
pub use waivers::apply_waivers;
pub use waivers::can_be_waived;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort_by_place;
use crate::rules::rule::CampaignContext;

/// Every rule, by code. A retired rule keeps its line.
pub const ALL: &[&Rule] = &[
    &c001_yaml_unreadable::RULE,
    &c002_unknown_key::RULE,
    &c003_missing_key::RULE,
    &c004_value_of_wrong_kind::RULE,
    &c005_date_unreadable::RULE,
    &c006_duplicate_key::RULE,
    &c007_foreign_encoding::RULE,
    &c008_year_missing::RULE,
    &c009_event_without_date::RULE,
    &c010_phase_gap::RULE,
    &c011_phase_end_before_start::RULE,
    &c012_phase_outside_campaign::RULE,
    &c013_period_reversed::RULE,
    &c014_phase_overlap::RULE,
    &c015_phase_count_differs::RULE,
    &c016_duration_differs::RULE,
    &c017_phases_missing::RULE,
    &c018_report_dates_missing::RULE,
    &c019_phase_start_unstated::RULE,
    &c020_reports_end_early::RULE,
    &c021_phase_without_report::RULE,
    &c022_phase_reported_late::RULE,
    &c023_final_summary_missing::RULE,
    &c024_deadline_before_issue::RULE,
    &c025_deadline_on_issue_day::RULE,
    &c026_deadline_after_campaign::RULE,
    &c027_report_with_two_dates::RULE,
    &c028_summary_before_start::RULE,
    &c036_attachment_absent::RULE,
    &c037_attachment_unlisted::RULE,
    &c038_placeholder_left::RULE,
    &c039_old_agency_name::RULE,
    &c040_text_older_than_plan::RULE,
    &c041_unknown_office::RULE,
    &c042_office_named_two_ways::RULE,
    &c043_unknown_party::RULE,
    &c044_group_unit_unknown::RULE,
    &c045_roster_group_undeclared::RULE,
    &c046_unit_in_two_groups::RULE,
    &c047_duplicate_unit_code::RULE,
    &c048_unit_listed_twice::RULE,
    &c049_alias_shared::RULE,
    &c050_unit_without_code::RULE,
    &c051_unit_code_malformed::RULE,
    &c052_unit_without_name::RULE,
    &c053_unit_without_phone::RULE,
    &c054_roster_empty::RULE,
    &c055_roster_unreadable::RULE,
    &c056_unit_phone_damaged::RULE,
    &c057_waiver_without_reason::RULE,
    &c058_waiver_unknown_rule::RULE,
    &c059_issued_after_start::RULE,
    &c060_escalation_not_ascending::RULE,
    &c061_level_requires_unknown_field::RULE,
    &c062_category_word_twice::RULE,
    &c064_id_used_twice::RULE,
    &c065_task_without_lead::RULE,
    &c066_lead_also_supporting::RULE,
    &c067_task_due_vague::RULE,
    &c068_obligation_without_due::RULE,
    &c069_report_just_before_phase_end::RULE,
    &c070_synonym_conflict::RULE,
    &c071_personal_data_in_plan::RULE,
    &c072_copied_wording::RULE,
    &c073_undefined_term::RULE,
    &c074_festival_outside_phase::RULE,
    &c075_phase_actor_unclear::RULE,
    &c076_period_implausible::RULE,
];

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// Everything that the campaign rules find, waivers applied, by place.
pub fn check_campaign(context: &CampaignContext<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in ALL {
        if let Check::Campaign(check) = rule.check {
            check(context, &mut diagnostics);
        }
    }
    sort_by_place(&mut diagnostics);
    apply_waivers(context.campaign, diagnostics)
}

#[cfg(test)]
mod tests;
