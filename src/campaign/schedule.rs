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
use crate::campaign::problems::Report;
use crate::campaign::problems::did_you_mean;
use crate::campaign::view::View;
use crate::dates::Recurrence;
use crate::diagnostic::Severity;

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

/// The reporting duties, in file order. What one leaves unsaid about its days is taken from its phase.
pub fn obligations(view: &View<'_>, phases: &[Phase], anchors: &Anchors, problems: &mut Problems) -> Vec<Obligation> {
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
        let phase = part.code("phase").and_then(|id| phase_of(&part, &id, phases, problems));
        let whole_phase = due.is_none() && every.is_none() && part.get("due").is_none() && part.get("when").is_none();
        // 每周五17:00前 says the time along with the day.
        let own_time = every.as_deref().and_then(|every| Recurrence::parse(every).ok()?.time());
        obligations.push(Obligation {
            id,
            name,
            from,
            to: part.text("to"),
            via: part.text("via"),
            when: part.text("when"),
            due: if whole_phase { phase.and_then(|phase| phase.end) } else { due },
            time: part.time("time").or(own_time),
            start: start.or_else(|| phase.filter(|_| every.is_some())?.start),
            until: until.or_else(|| phase.filter(|_| every.is_some())?.end),
            every,
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

/// The phase that an obligation names.
fn phase_of<'a>(part: &View<'_>, id: &str, phases: &'a [Phase], problems: &mut Problems) -> Option<&'a Phase> {
    let found = phases.iter().find(|phase| phase.id == id);
    if found.is_none() {
        let known: Vec<&str> = phases.iter().map(|phase| phase.id.as_str()).collect();
        let near = did_you_mean(id, known.iter().copied()).map_or_else(String::new, |word| format!("是否想写 {word}？"));
        let listed = if known.is_empty() { "方案里没有写阶段".to_owned() } else { format!("阶段有：{}", known.join("、")) };
        let report = Report {
            code: "C082",
            severity: Severity::Error,
            field: format!("{}.phase", part.path),
            value: Some(id.to_owned()),
            message: format!("没有代号是“{id}”的阶段"),
            help: format!("{near}{listed}"),
        };
        problems.push(part.get("phase").map_or(part.position(), |node| node.position), report);
    }
    found
}

/// The reports that `run` writes.
pub fn reports(view: &View<'_>) -> Vec<ReportSchedule> {
    let schedule = |part: View<'_>| {
        Some(ReportSchedule { kind: part.text("kind")?, every: part.text("every")?, template: part.text("template"), line: part.line() })
    };
    view.parts("reports").into_iter().filter_map(schedule).collect()
}
