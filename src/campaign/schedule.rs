//! Reads what has dates: phases, reporting duties, scheduled reports.
//!
//! What a part says of its days is a value from here on; words that cannot be read are told and stop every command.

use chrono::NaiveDate;

use crate::campaign::content::settled;
use crate::campaign::duties::Recurring;
use crate::campaign::duties::Sender;
use crate::campaign::duties::is_vague;
use crate::campaign::events;
use crate::campaign::model::DayOffPolicy;
use crate::campaign::model::Obligation;
use crate::campaign::model::Phase;
use crate::campaign::model::ReportSchedule;
use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::report_kind::ReportKind;
use crate::campaign::view::View;
use crate::dates::ByEvent;
use crate::dates::RecurrenceError;
use crate::dates::WorkCalendar;
use crate::diagnostic::Severity;
use crate::vocabulary::likeness::meant_key;

/// The phases, in file order.
pub fn phases(view: &View<'_>, anchors: &Anchors<'_>, problems: &mut Problems) -> Vec<Phase> {
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
pub fn obligations(view: &View<'_>, phases: &[Phase], anchors: &Anchors<'_>, problems: &mut Problems) -> Vec<Obligation> {
    let mut obligations = Vec::new();
    for part in view.parts("obligations") {
        let moment = part.moment("due", Edge::End, anchors, problems);
        let due_time = moment.as_ref().ok().and_then(|moment| moment.time);
        let (due, pending) = settled(moment);
        // 由事情引起的报送: only an event that the campaign names gives it a day.
        let (due, pending) = match (due, &pending, part.text("when")) {
            (None, None, Some(words)) => (of_event(&words, anchors), None),
            _ => (due, pending),
        };
        let start = part.date("start", Edge::Start, anchors, problems);
        let until = part.date("until", Edge::End, anchors, problems);
        let (Some(id), Some(name)) = (part.code("id"), part.text("name")) else { continue };
        let mut from: Vec<Sender> = part.texts("from").into_iter().map(Sender::read).collect();
        if from.is_empty() {
            from.push(Sender::AllUnits);
        }
        let mut every = recurring(&part, problems);
        // Whoever writes `until` means the last due day, also of reports on the period just over.
        if let Some(rule) = every.as_mut().and_then(|every| every.rule.as_mut()).filter(|rule| rule.follows.is_some()) {
            rule.until = until.or(rule.until);
        }
        // Words that cannot be read have been told; a day is not made up for them.
        let recurs = part.get("every").is_some();
        let phase = part.code("phase").and_then(|id| phase_of(&part, &id, phases, problems));
        let whole_phase = due.is_none() && !recurs && part.get("due").is_none() && part.get("when").is_none();
        // 每周五17:00前 says the time along with the day.
        let own_time = every.as_ref().and_then(Recurring::time);
        obligations.push(Obligation {
            id,
            name,
            from,
            to: part.text("to"),
            via: part.text("via"),
            when: part.text("when"),
            due: if whole_phase { phase.and_then(|phase| phase.end) } else { due },
            time: part.time("time").or(own_time).or(due_time),
            pending,
            start: start.or_else(|| phase.filter(|_| recurs)?.start),
            until: until.or_else(|| phase.filter(|_| recurs)?.end),
            every,
            fulfilled_by: part.fulfilments("fulfilled_by"),
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

/// The day that words name by an event of the campaign.
fn of_event(words: &str, anchors: &Anchors<'_>) -> Option<NaiveDate> {
    let by_event = ByEvent::parse(words)?;
    by_event.day(events::find(anchors.events, &by_event.event)?.day?, &WorkCalendar::statutory())
}

/// The phase that an obligation names.
fn phase_of<'a>(part: &View<'_>, id: &str, phases: &'a [Phase], problems: &mut Problems) -> Option<&'a Phase> {
    let found = phases.iter().find(|phase| phase.id == id);
    if found.is_none() {
        let known: Vec<&str> = phases.iter().map(|phase| phase.id.as_str()).collect();
        let near = meant_key(id, known.iter().copied()).map_or_else(String::new, |word| format!("是否想写 {word}？"));
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

/// The recurrence of a part; one that cannot be read is told.
fn recurring(part: &View<'_>, problems: &mut Problems) -> Option<Recurring> {
    let words = part.text("every")?;
    Recurring::read(&words).map_err(|error| tell_unreadable(part, words, &error, problems)).ok()
}

/// The recurrence of a task. Words that say no frequency at all (定期) are the plan's own; a rule asks about them.
pub fn recurring_work(part: &View<'_>, problems: &mut Problems) -> Option<Recurring> {
    let words = part.text("every")?;
    if is_vague(&words) { Some(Recurring { words, rule: None }) } else { recurring(part, problems) }
}

fn tell_unreadable(part: &View<'_>, words: String, error: &RecurrenceError, problems: &mut Problems) {
    let report = Report {
        code: "C031",
        severity: Severity::Error,
        field: format!("{}.every", part.path),
        value: Some(words),
        message: error.to_string(),
        help: "写成 每周五17:00前、每月29日前、每季度末，或 FREQ=MONTHLY;BYMONTHDAY=29".to_owned(),
    };
    problems.push(part.get("every").map_or(part.position(), |node| node.position), report);
}

/// The reports that `run` writes.
pub fn reports(view: &View<'_>, problems: &mut Problems) -> Vec<ReportSchedule> {
    let mut reports = Vec::new();
    for part in view.parts("reports") {
        let every = recurring(&part, problems);
        let kind = part.text("kind").and_then(|kind| ReportKind::from_key(&kind));
        if let (Some(kind), Some(every)) = (kind, every) {
            reports.push(ReportSchedule { kind, every, template: part.text("template"), line: part.line() });
        }
    }
    reports
}
