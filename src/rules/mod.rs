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
mod c029_due_on_day_off;
mod c030_holidays_unknown;
mod c031_recurrence_unreadable;
mod c032_recurrence_without_anchor;
mod c033_recurrence_day_absent;
mod c034_recurrence_window_unstated;
mod c035_daily_duty_on_days_off;
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
mod c063_recurrence_never_due;
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
mod c077_due_beside_recurrence;
mod c078_recurrence_partly_unscheduled;
mod c079_frequency_vague;
mod c080_party_of_every_task;
mod c081_recurrence_without_end;
mod c082_phase_unknown;
mod c083_register_column_unknown;
mod c084_register_without_columns;
mod c085_register_filter_unknown;
mod c100_scoring_points_differ;
mod c101_scored_obligation_unknown;
mod c102_measure_scored_twice;
mod c103_grades_not_descending;
mod c104_scoring_key_misplaced;
mod l001_values_conflict;
mod l002_hazards_look_alike;
mod l003_hazard_not_reported_again;
mod l004_closed_hazard_reopened;
mod l005_number_used_twice;
mod l006_number_never_issued;
mod l007_rows_rejected;
mod l008_status_went_backwards;
mod l009_deadline_moved;
mod l010_units_silent;
mod l011_zero_report_with_open_hazards;
mod l012_carry_over_incomplete;
mod r001_unit_unknown;
mod r002_unit_ambiguous;
mod r003_department_as_unit;
mod r004_unit_by_alias;
mod r005_description_missing;
mod r006_level_unreadable;
mod r007_level_missing;
mod r008_status_unreadable;
mod r009_status_missing;
mod r010_status_from_other_column;
mod r011_closed_by_unit;
mod r012_date_ambiguous;
mod r013_date_impossible;
mod r014_status_word_in_date;
mod r015_ditto_without_above;
mod r016_date_without_anchor;
mod r017_date_out_of_range;
mod r018_date_unreadable_text;
mod r019_year_inferred;
mod r020_year_also_possible;
mod r021_two_digit_year;
mod r022_end_of_span_taken;
mod r023_end_of_range_taken;
mod r024_serial_as_date;
mod r025_weekday_mismatch;
mod r026_time_dropped;
mod r027_counted_from_found_date;
mod r028_date_respelled;
mod r029_value_copied_from_above;
mod r030_extension_in_deadline;
mod r031_deadline_missing;
mod r032_deadline_undated;
mod r033_deadline_before_found;
mod r034_deadline_beyond_campaign;
mod r035_found_in_future;
mod r036_rectified_before_found;
mod r037_rectified_in_future;
mod r038_rectified_date_without_status;
mod r039_rectified_without_date;
mod r040_closed_without_acceptance;
mod r041_closed_before_rectified;
mod r042_verified_before_rectified;
mod r043_immediate_still_open;
mod r044_five_duties_missing;
mod r045_major_without_interim_control;
mod r046_major_without_supervision;
mod r047_possible_major;
mod r048_several_hazards_in_cell;
mod r049_phone_damaged;
mod r050_funds_unreadable;
mod r051_funds_converted;
mod r052_template_placeholder_left;
mod r053_text_cut;
mod r054_struck_through;
mod r055_error_value;
mod r056_formula_without_result;
mod r057_invisible_characters;
mod r058_category_unknown;
mod r059_identity_number_in_text;
mod r060_extension_before_deadline;
mod r061_record_repeated;
mod r062_withdrawn_without_reason;
mod r063_words_in_past_date;
mod r064_found_date_missing;
mod r065_stated_length_differs;
mod t001_file_encrypted;
mod t002_file_damaged;
mod t003_file_empty;
mod t004_file_not_a_table;
mod t005_file_too_large;
mod t006_text_unreadable;
mod t007_reader_failed;
mod t008_extension_misleading;
mod t009_characters_lost;
mod t010_encoding_guessed;
mod t011_sheet_skipped;
mod t012_picture_over_cells;
mod t013_dates_from_nineteen_four;
mod t014_ragged_row;
mod t015_unusual_delimiter;
mod t016_fill_date_missing;
mod t017_file_without_hazards;
mod t020_header_missing;
mod t021_header_only;
mod t022_zero_report_with_hazards;
mod t023_zero_major_only;
mod t024_description_column_missing;
mod t025_wanted_column_missing;
mod t026_column_title_misspelt;
mod t027_unknown_column;
mod t028_column_ambiguous;
mod t029_column_repeated;
mod t030_hidden_sheet_read;
mod t031_hidden_row_read;
mod t032_hidden_column_read;
mod t033_row_unrecognised;
mod t034_total_differs;
mod t035_sample_row_left;
mod t036_header_repeated;
mod t037_comment_carries_text;
mod t038_unit_missing;
mod t039_unit_from_elsewhere;
mod t040_filled_from_merge;
mod t041_unit_filled_down;
mod t042_category_from_group_row;
mod t043_wide_row_split;
mod t044_form_sheet_read;
mod t045_zero_report_without_unit;
mod t046_untitled_column_filled;
mod t060_log_unreadable;
mod t061_log_unit_unknown;
mod t062_log_matter_unknown;
mod t063_log_date_unreadable;
mod t064_log_unit_not_owing;
mod t065_task_log_unreadable;
mod t066_task_log_task_unknown;
mod t067_task_log_milestone_unknown;
mod t068_task_log_value_unreadable;
mod t069_task_log_contradictory;
mod t070_contacts_unreadable;
mod t071_contact_unit_unknown;
mod t072_contact_role_unknown;
mod t073_contact_person_missing;
mod t074_contact_phone_missing;
mod t075_contact_phone_damaged;
mod t076_contact_role_twice;
mod t077_contact_role_missing;
mod t078_contact_change_without_notice;
mod t079_contact_date_unreadable;

mod campaign_texts;
mod catalogue;
mod check;
#[cfg(test)]
mod example_files;
#[cfg(test)]
mod examples;
mod findings;
mod folding;
mod ledger_places;
mod parties;
mod reporting;
pub mod rule;
mod titles;
mod waivers;

pub use catalogue::catalogue_page;
pub use catalogue::page;
pub use check::check_carried_over;
pub use check::check_file;
pub use check::check_ledger;
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
    &c029_due_on_day_off::RULE,
    &c030_holidays_unknown::RULE,
    &c031_recurrence_unreadable::RULE,
    &c032_recurrence_without_anchor::RULE,
    &c033_recurrence_day_absent::RULE,
    &c034_recurrence_window_unstated::RULE,
    &c035_daily_duty_on_days_off::RULE,
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
    &c063_recurrence_never_due::RULE,
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
    &c077_due_beside_recurrence::RULE,
    &c078_recurrence_partly_unscheduled::RULE,
    &c079_frequency_vague::RULE,
    &c080_party_of_every_task::RULE,
    &c081_recurrence_without_end::RULE,
    &c082_phase_unknown::RULE,
    &c100_scoring_points_differ::RULE,
    &c101_scored_obligation_unknown::RULE,
    &c102_measure_scored_twice::RULE,
    &c103_grades_not_descending::RULE,
    &c104_scoring_key_misplaced::RULE,
    &c083_register_column_unknown::RULE,
    &c084_register_without_columns::RULE,
    &c085_register_filter_unknown::RULE,
    &l001_values_conflict::RULE,
    &l002_hazards_look_alike::RULE,
    &l003_hazard_not_reported_again::RULE,
    &l004_closed_hazard_reopened::RULE,
    &l005_number_used_twice::RULE,
    &l006_number_never_issued::RULE,
    &l007_rows_rejected::RULE,
    &l008_status_went_backwards::RULE,
    &l009_deadline_moved::RULE,
    &l010_units_silent::RULE,
    &l011_zero_report_with_open_hazards::RULE,
    &l012_carry_over_incomplete::RULE,
    &r001_unit_unknown::RULE,
    &r002_unit_ambiguous::RULE,
    &r003_department_as_unit::RULE,
    &r004_unit_by_alias::RULE,
    &r005_description_missing::RULE,
    &r006_level_unreadable::RULE,
    &r007_level_missing::RULE,
    &r008_status_unreadable::RULE,
    &r009_status_missing::RULE,
    &r010_status_from_other_column::RULE,
    &r011_closed_by_unit::RULE,
    &r012_date_ambiguous::RULE,
    &r013_date_impossible::RULE,
    &r014_status_word_in_date::RULE,
    &r015_ditto_without_above::RULE,
    &r016_date_without_anchor::RULE,
    &r017_date_out_of_range::RULE,
    &r018_date_unreadable_text::RULE,
    &r019_year_inferred::RULE,
    &r020_year_also_possible::RULE,
    &r021_two_digit_year::RULE,
    &r022_end_of_span_taken::RULE,
    &r023_end_of_range_taken::RULE,
    &r024_serial_as_date::RULE,
    &r025_weekday_mismatch::RULE,
    &r026_time_dropped::RULE,
    &r027_counted_from_found_date::RULE,
    &r028_date_respelled::RULE,
    &r029_value_copied_from_above::RULE,
    &r030_extension_in_deadline::RULE,
    &r031_deadline_missing::RULE,
    &r032_deadline_undated::RULE,
    &r033_deadline_before_found::RULE,
    &r034_deadline_beyond_campaign::RULE,
    &r035_found_in_future::RULE,
    &r036_rectified_before_found::RULE,
    &r037_rectified_in_future::RULE,
    &r038_rectified_date_without_status::RULE,
    &r039_rectified_without_date::RULE,
    &r040_closed_without_acceptance::RULE,
    &r041_closed_before_rectified::RULE,
    &r042_verified_before_rectified::RULE,
    &r043_immediate_still_open::RULE,
    &r044_five_duties_missing::RULE,
    &r045_major_without_interim_control::RULE,
    &r046_major_without_supervision::RULE,
    &r047_possible_major::RULE,
    &r048_several_hazards_in_cell::RULE,
    &r049_phone_damaged::RULE,
    &r050_funds_unreadable::RULE,
    &r051_funds_converted::RULE,
    &r052_template_placeholder_left::RULE,
    &r053_text_cut::RULE,
    &r054_struck_through::RULE,
    &r055_error_value::RULE,
    &r056_formula_without_result::RULE,
    &r057_invisible_characters::RULE,
    &r058_category_unknown::RULE,
    &r059_identity_number_in_text::RULE,
    &r060_extension_before_deadline::RULE,
    &r061_record_repeated::RULE,
    &r062_withdrawn_without_reason::RULE,
    &r063_words_in_past_date::RULE,
    &r064_found_date_missing::RULE,
    &r065_stated_length_differs::RULE,
    &t001_file_encrypted::RULE,
    &t002_file_damaged::RULE,
    &t003_file_empty::RULE,
    &t004_file_not_a_table::RULE,
    &t005_file_too_large::RULE,
    &t006_text_unreadable::RULE,
    &t007_reader_failed::RULE,
    &t008_extension_misleading::RULE,
    &t009_characters_lost::RULE,
    &t010_encoding_guessed::RULE,
    &t011_sheet_skipped::RULE,
    &t012_picture_over_cells::RULE,
    &t013_dates_from_nineteen_four::RULE,
    &t014_ragged_row::RULE,
    &t015_unusual_delimiter::RULE,
    &t016_fill_date_missing::RULE,
    &t017_file_without_hazards::RULE,
    &t020_header_missing::RULE,
    &t021_header_only::RULE,
    &t022_zero_report_with_hazards::RULE,
    &t023_zero_major_only::RULE,
    &t024_description_column_missing::RULE,
    &t025_wanted_column_missing::RULE,
    &t026_column_title_misspelt::RULE,
    &t027_unknown_column::RULE,
    &t028_column_ambiguous::RULE,
    &t029_column_repeated::RULE,
    &t030_hidden_sheet_read::RULE,
    &t031_hidden_row_read::RULE,
    &t032_hidden_column_read::RULE,
    &t033_row_unrecognised::RULE,
    &t034_total_differs::RULE,
    &t035_sample_row_left::RULE,
    &t036_header_repeated::RULE,
    &t037_comment_carries_text::RULE,
    &t038_unit_missing::RULE,
    &t039_unit_from_elsewhere::RULE,
    &t040_filled_from_merge::RULE,
    &t041_unit_filled_down::RULE,
    &t042_category_from_group_row::RULE,
    &t043_wide_row_split::RULE,
    &t044_form_sheet_read::RULE,
    &t045_zero_report_without_unit::RULE,
    &t046_untitled_column_filled::RULE,
    &t060_log_unreadable::RULE,
    &t061_log_unit_unknown::RULE,
    &t062_log_matter_unknown::RULE,
    &t063_log_date_unreadable::RULE,
    &t064_log_unit_not_owing::RULE,
    &t065_task_log_unreadable::RULE,
    &t066_task_log_task_unknown::RULE,
    &t067_task_log_milestone_unknown::RULE,
    &t068_task_log_value_unreadable::RULE,
    &t069_task_log_contradictory::RULE,
    &t070_contacts_unreadable::RULE,
    &t071_contact_unit_unknown::RULE,
    &t072_contact_role_unknown::RULE,
    &t073_contact_person_missing::RULE,
    &t074_contact_phone_missing::RULE,
    &t075_contact_phone_damaged::RULE,
    &t076_contact_role_twice::RULE,
    &t077_contact_role_missing::RULE,
    &t078_contact_change_without_notice::RULE,
    &t079_contact_date_unreadable::RULE,
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
