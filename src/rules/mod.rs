//! Facts → diagnostics; one file per rule. A rule says that data are wrong, never that the world is late.
//!
//! To add one: its file, its line in the modules below, its line in [`ALL`] (`registry.rs`).

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
mod c086_roster_cell_cleaned;
mod c089_too_many_duties;
mod c100_scoring_points_differ;
mod c101_scored_obligation_unknown;
mod c102_measure_scored_twice;
mod c103_grades_not_descending;
mod c104_scoring_key_misplaced;
mod c105_weekday_differs;
mod c106_chinese_comma_in_list;
mod c110_form_key_used_twice;
mod c111_form_column_unknown;
mod c112_form_unknown;
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
mod l020_ledger_row_missing;
mod l021_ledger_lost;
mod l022_ledger_older_copy;
mod l023_ledger_number_put_right;
mod l024_ledger_row_copied;
mod l025_ledger_unit_put_right;
mod l026_ledger_unit_unknown;
mod l027_ledger_words_emptied;
mod l030_history_damaged;
mod l031_history_cut;
mod l032_history_missing;
mod l033_history_sealed;
mod l035_submission_withdrawn;
mod l036_hazard_withdrawn_with_file;
mod l037_withdrawn_file_passed_over;
mod l045_words_outweigh_number;
mod l046_hazard_reworded;
mod l047_bureau_columns_filled;
mod l048_decision_not_understood;
mod l049_decision_not_possible;
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
mod r120_choice_not_made;
mod r121_share_as_status;
mod r122_status_contradicted;
mod r123_description_says_nothing;
mod r124_passed_but_hazard;
mod r125_unit_below_taken;
mod r126_description_in_order;
mod r145_funds_sign_unclear;
mod r146_day_perhaps_utc;
mod r147_date_formula_moves;
mod r148_date_in_words;
mod r149_description_is_date;
mod r150_value_copied_from_left;
mod r151_left_cell_unfit;
mod r152_year_far_from_campaign;
mod r153_phone_put_right;
mod r154_day_of_local_time;
mod r155_text_formula_moves;
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
mod t080_letter_register_unreadable;
mod t081_letter_unit_unknown;
mod t082_letter_step_unknown;
mod t083_letter_date_unreadable;
mod t084_letter_hazards_missing;
mod t085_letter_number_twice;
mod t120_count_form;
mod t121_zero_report_unsure;
mod t122_checklist_not_filled;
mod t125_unit_column_by_values;
mod t126_table_of_something_else;
mod t127_sheet_turned;
mod t128_hazard_on_two_sheets;
mod t129_row_above_header;
mod t130_template_unfilled;
mod t131_sheet_set_aside;
mod t132_reference_sheet;
mod t133_prefilled_rows;
mod t134_form_not_trusted;
mod t135_prefilled_row_gone;
mod t136_form_contradicts_itself;
mod t150_text_box_over_cells;
mod t151_cells_overwritten;
mod t152_rows_counted_differently;
mod t153_built_in_password;
mod t165_document_without_unit;
mod t166_document_without_duty;
mod t167_count_unreadable;
mod t168_part_exceeds_whole;
mod t180_letter_without_report;

mod campaign_texts;
mod catalogue;
mod check;
#[cfg(test)]
mod example_files;
#[cfg(test)]
mod example_ledgers;
#[cfg(test)]
mod examples;
mod findings;
mod folding;
mod ledger_places;
mod parties;
mod put_right;
mod registry;
mod reporting;
pub mod rule;
mod titles;
mod waivers;

pub use catalogue::catalogue_page;
pub use catalogue::page;
pub use check::check_carried_over;
pub use check::check_file;
pub use check::check_ledger;
pub use registry::ALL;
pub use rule::Check;
pub use rule::Example;
pub use rule::Rule;
pub use rule::Scope;
pub use waivers::apply_waivers;
pub use waivers::can_be_waived;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort_by_place;
use crate::rules::rule::CampaignContext;

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// Rules whose findings make the figures of a ledger absurd: dates in an impossible order, and totals typed by hand that
/// are not the sums of their rows.
pub fn spoils_figures(code: &str) -> bool {
    ["R036", "R041", "R042", "T034"].contains(&code)
}

/// Rules whose findings are about a step from one merge to the next: the same merge again does not find it.
pub fn tells_a_change(code: &str) -> bool {
    ["L008", "L009"].contains(&code)
}

/// True for what makes a campaign impossible to work with although every word of it can be read.
pub fn stops_everything(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == c089_too_many_duties::RULE.code
}

/// Everything that the campaign rules find, waivers applied, by place.
pub fn check_campaign(context: &CampaignContext<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let is_beyond = c089_too_many_duties::is_beyond(context);
    for rule in ALL {
        if let Check::Campaign(check) = rule.check
            && (!is_beyond || rule.code == c089_too_many_duties::RULE.code)
        {
            check(context, &mut diagnostics);
        }
    }
    sort_by_place(&mut diagnostics);
    apply_waivers(context.ground.campaign, diagnostics)
}

#[cfg(test)]
mod tests;
