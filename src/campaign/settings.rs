//! Reads how the campaign counts and prints: levels, overdue, escalation, own words, lists, waivers.
//!
//! Every default of these parts is decided here and nowhere else.

use std::collections::BTreeMap;

use crate::campaign::model::Attachment;
use crate::campaign::model::CarryOver;
use crate::campaign::model::ContactPolicy;
use crate::campaign::model::EscalationStep;
use crate::campaign::model::LevelPolicy;
use crate::campaign::model::Levels;
use crate::campaign::model::ListSettings;
use crate::campaign::model::LocalSynonyms;
use crate::campaign::model::OverduePolicy;
use crate::campaign::model::Waiver;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::register::Register;
use crate::campaign::scalar::workdays;
use crate::campaign::view::View;
use crate::campaign::view::texts;
use crate::diagnostic::Severity;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// The 五落实: measures, persons, funds, deadline, contingency plan.
const FIVE: [Field; 5] = [Field::Measure, Field::Responsible, Field::Funds, Field::Deadline, Field::Plan];

/// Working days for the answer to a letter, where the step says nothing.
const ANSWER_WITHIN: u32 = 5;

/// What each level demands. Unwritten: nothing for 一般, the 五落实 and interim control for 重大.
pub fn levels(view: &View<'_>) -> Levels {
    let part = view.part("levels");
    let of = |level: Level| policy(level, part.as_ref().and_then(|part| part.part(level.key())));
    Levels { general: of(Level::General), major: of(Level::Major) }
}

fn policy(level: Level, part: Option<View<'_>>) -> LevelPolicy {
    let major = level == Level::Major;
    let Some(part) = part else {
        return LevelPolicy {
            name: level.label().to_owned(),
            rectify_within: None,
            requires: if major { FIVE.to_vec() } else { Vec::new() },
            interim_control_required: major,
            supervision: None,
        };
    };
    let unwritten = major && part.get("requires").is_none();
    let written = part.texts("requires");
    LevelPolicy {
        name: part.text("name").unwrap_or_else(|| level.label().to_owned()),
        rectify_within: part.days("rectify_within"),
        requires: if unwritten { FIVE.to_vec() } else { written.iter().filter_map(|key| Field::from_key(key)).collect() },
        interim_control_required: part.text("interim_control").map_or(major, |word| word == "required"),
        supervision: part.text("supervision"),
    }
}

/// When a hazard is overdue.
pub fn overdue(view: &View<'_>) -> OverduePolicy {
    let part = view.part("overdue");
    let text = |key: &str| part.as_ref().and_then(|part| part.text(key));
    OverduePolicy {
        until: if text("until").as_deref() == Some("closed_out") { Status::ClosedOut } else { Status::Rectified },
        due_soon: part.as_ref().and_then(|part| part.days("due_soon")).unwrap_or(10),
        working_days: text("days").as_deref() == Some("working"),
    }
}

/// The escalation ladder, put in ascending order; that it was not is told.
pub fn escalation(view: &View<'_>, problems: &mut Problems) -> Vec<EscalationStep> {
    let mut steps: Vec<EscalationStep> = Vec::new();
    for part in view.parts("escalation") {
        let (Some(after_days), Some(step)) = (part.days("after"), part.text("step")) else { continue };
        if let Some(before) = steps.last().filter(|before| before.after_days >= after_days) {
            problems.push(
                part.position(),
                Report {
                    code: "C060",
                    severity: Severity::Error,
                    field: part.path.clone(),
                    value: Some(format!("{after_days}天")),
                    message: format!("“{step}”是逾期满 {after_days} 天，不晚于前一步“{}”的 {} 天", before.step, before.after_days),
                    help: "由轻到重排列，后一步的天数要大于前一步".to_owned(),
                },
            );
        }
        let answer_within = part.text("answer_within").and_then(|text| workdays(&text)).unwrap_or(ANSWER_WITHIN);
        steps.push(EscalationStep { after_days, step, answer_within, template: part.text("template") });
    }
    steps.sort_by_key(|step| step.after_days);
    steps
}

/// The campaign's own words.
pub fn synonyms(view: &View<'_>) -> LocalSynonyms {
    let Some(part) = view.part("synonyms") else { return LocalSynonyms::default() };
    LocalSynonyms {
        columns: words(&part, "columns", Field::from_key),
        statuses: words(&part, "statuses", |key| Status::ALL.into_iter().find(|status| status.key() == key)),
        levels: words(&part, "levels", |key| [Level::General, Level::Major].into_iter().find(|level| level.key() == key)),
    }
}

fn words<K: Ord>(part: &View<'_>, key: &str, known: impl Fn(&str) -> Option<K>) -> BTreeMap<K, Vec<String>> {
    let Some(part) = part.part(key) else { return BTreeMap::new() };
    part.entries().filter_map(|(key, node)| Some((known(key)?, texts(node)))).collect()
}

/// How the three lists are printed, and which other lists there are.
pub fn lists(view: &View<'_>, registers: Vec<Register>) -> ListSettings {
    let part = view.part("lists");
    let footer = part.as_ref().filter(|part| part.get("footer").is_some()).map(|part| part.texts("footer"));
    let text = |key: &str| part.as_ref().and_then(|part| part.text(key));
    ListSettings {
        attachment: text("attachment"),
        footer: footer.unwrap_or_else(|| ["审核人", "填报人", "联系电话", "填报日期"].map(str::to_owned).to_vec()),
        phones_masked: text("phones").as_deref() != Some("shown"),
        combined: text("form").as_deref() == Some("combined"),
        registers,
    }
}

/// The ledger of an earlier drive, if there is one.
pub fn carry_over(view: &View<'_>) -> Option<CarryOver> {
    let part = view.part("carry_over")?;
    Some(CarryOver { file: part.text_or_short("file")?, expected: part.count("expected") })
}

/// The roles of 联系人回执, as a receipt of the field asks for them, unless the campaign names its own.
pub fn contacts(view: &View<'_>) -> ContactPolicy {
    let part = view.part("contacts");
    let roles = part.as_ref().map(|part| part.texts("roles")).filter(|roles| !roles.is_empty());
    ContactPolicy {
        roles: roles.unwrap_or_else(|| ["分管领导", "科室负责人", "联络员"].map(str::to_owned).to_vec()),
        notice: part.as_ref().and_then(|part| part.days("notice")),
    }
}

/// The attachments that the plan refers to.
pub fn attachments(view: &View<'_>) -> Vec<Attachment> {
    let attachment = |part: View<'_>| {
        Some(Attachment {
            id: part.count("id")?,
            title: part.text("title")?,
            present: part.flag("present").unwrap_or(true),
            line: part.line(),
        })
    };
    view.parts("attachments").into_iter().filter_map(attachment).collect()
}

/// The silenced rules. A reason left out is kept empty: a rule asks for it.
pub fn waivers(view: &View<'_>) -> Vec<Waiver> {
    let waiver =
        |part: View<'_>| Some(Waiver { rule: part.code("rule")?, reason: part.text("reason").unwrap_or_default(), line: part.line() });
    view.parts("waive").into_iter().filter_map(waiver).collect()
}
