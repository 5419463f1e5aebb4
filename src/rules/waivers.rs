//! A campaign silences rules by code and with a reason, never by flag; this is the one place where it takes effect.

use crate::campaign::Campaign;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::find;
use crate::rules::rule::Check;
use crate::rules::rule::Rule;

/// Whether a campaign may silence the rule: errors of reading always count.
pub fn can_be_waived(rule: &Rule) -> bool {
    !(matches!(rule.check, Check::Reader) && rule.severity == Severity::Error)
}

/// The diagnostics that stand after the campaign's waivers. A waiver without a reason has no effect.
pub fn apply_waivers(campaign: &Campaign, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let waived = |code: &str| {
        campaign.waive.iter().any(|waiver| waiver.rule == code && !waiver.reason.is_empty()) && find(code).is_some_and(can_be_waived)
    };
    diagnostics.into_iter().filter(|diagnostic| !waived(diagnostic.code)).collect()
}
