//! What went backwards since the day before the period: statuses, deadlines, levels, closings.

use std::collections::HashMap;

use crate::results::difference::Basis;
use crate::results::difference::difference;
use crate::results::figures::FigureInputs;

/// One field of one hazard that went backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackwardsFigure {
    /// 编号
    pub id: String,
    pub unit: String,
    /// JSON key of the reason.
    pub key: &'static str,
    /// The reason in words: 状态退回, 等级降低.
    pub reason: &'static str,
    /// Title of the column.
    pub column: String,
    pub old: String,
    pub new: String,
}

/// Everything that went backwards within the period, in ledger order.
pub fn backwards(inputs: FigureInputs<'_>) -> Vec<BackwardsFigure> {
    let FigureInputs { ground, period, .. } = inputs;
    let basis = Basis { ground: ground.on(period.end), old_as_of: period.day_before() };
    let difference = difference(inputs.before, inputs.ledger, &[], &basis);
    // Of a 编号 that stands twice, the first.
    let unit_of: HashMap<&str, &str> =
        inputs.ledger.hazards.iter().rev().map(|hazard| (hazard.id.as_str(), hazard.unit.as_ref())).collect();
    let figure = |item: crate::results::difference::BackwardsItem<'_>| BackwardsFigure {
        id: item.hazard.to_owned(),
        unit: unit_of.get(item.hazard).copied().unwrap_or_default().to_owned(),
        key: item.reason.key(),
        reason: item.reason.label(),
        column: item.column.title().to_owned(),
        old: item.old.to_owned(),
        new: item.new.to_owned(),
    };
    difference.backwards().into_iter().map(figure).collect()
}
