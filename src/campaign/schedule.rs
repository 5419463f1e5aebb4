//! Reads what has dates: phases, reporting duties, scheduled reports.
//!
//! Recurrences stay as written; whether they can be understood is for the rules that ask `dates`.

use crate::campaign::model::DayOffPolicy;
use crate::campaign::model::Obligation;
use crate::campaign::model::Phase;
use crate::campaign::model::ReportSchedule;
use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::problems::Problems;
use crate::campaign::view::View;
use crate::dates::Recurrence;

/// The phases, in file order.
pub fn phases(view: &View<'_>, anchors: &Anchors, problems: &mut Problems) -> Vec<Phase> {
    let mut phases = Vec::new();
    for part in view.parts("phases").into_iter().filter(View::is_mapping) {
        let (start, end) = part.span(anchors, problems);
        if let (Some(id), Some(name)) = (part.code("id"), part.text("name")) {
            phases.push(Phase { id, name, start, end, work: part.texts("work"), line: part.line() });
        }
    }
    phases
}

/// The reporting duties, in file order.
pub fn obligations(view: &View<'_>, anchors: &Anchors, problems: &mut Problems) -> Vec<Obligation> {
    let mut obligations = Vec::new();
    for part in view.parts("obligations") {
        let due = part.date("due", Edge::End, anchors, problems);
        let start = part.date("start", Edge::Start, anchors, problems);
        let until = part.date("until", Edge::End, anchors, problems);
        let (Some(id), Some(name)) = (part.code("id"), part.text("name")) else { continue };
        let mut from = part.texts("from");
        if from.is_empty() {
            from.push("units".to_owned());
        }
        let every = part.text("every");
        // 每周五17:00前 says the time along with the day.
        let own_time = every.as_deref().and_then(|every| Recurrence::parse(every).ok()?.time());
        obligations.push(Obligation {
            id,
            name,
            from,
            to: part.text("to"),
            via: part.text("via"),
            when: part.text("when"),
            due,
            every,
            time: part.time("time").or(own_time),
            start,
            until,
            fulfilled_by: part.text("fulfilled_by"),
            on_day_off: match part.text("on_day_off").as_deref() {
                Some("previous") => DayOffPolicy::Previous,
                Some("next") => DayOffPolicy::Next,
                _ => DayOffPolicy::Keep,
            },
            line: part.line(),
        });
    }
    obligations
}

/// The reports that `run` writes.
pub fn reports(view: &View<'_>) -> Vec<ReportSchedule> {
    let schedule = |part: View<'_>| Some(ReportSchedule { kind: part.text("kind")?, every: part.text("every")?, line: part.line() });
    view.parts("reports").into_iter().filter_map(schedule).collect()
}
