//! "tăng 5%" where two rates differ by 5 percentage points (`percent-not-points`).

use super::Lint;
use super::numbers::{Role, Typed};
use super::prose::Block;
use crate::analysis::Delta;
use crate::diagnostic::{About, codes, number, percent};

/// Checks a change in per cent against the two rates of the sentence: "tăng từ 80% lên 85%, tăng 5%".
pub(super) fn within(lint: &Lint<'_>, block: &Block, typed: &[Typed]) -> bool {
    let shares: Vec<&Typed> = typed.iter().filter(|t| t.is_percent).collect();
    let [levels @ .., change] = shares.as_slice() else {
        return false;
    };
    let [.., before, now] = levels else {
        return false;
    };
    if change.role != Role::Change || before.role != Role::Other || now.role != Role::Level {
        return false;
    }
    let Some(difference) = now.value.checked_sub(before.value) else {
        return false;
    };
    if difference.abs() != change.value {
        return false;
    }
    let d = lint
        .finding(codes::PERCENT_NOT_POINTS, block, &change.span)
        .with("stated", &block.text[change.span.clone()])
        .with("before", percent(before.value))
        .with("now", percent(now.value))
        .with("computed", number(difference.abs()))
        .with("call", "`{{ change(\"…\") }}`");
    lint.report(d);
    true
}

/// Reports a change of a rate that is written in per cent.
pub(super) fn report(
    lint: &Lint<'_>,
    block: &Block,
    typed: &Typed,
    delta: &Delta,
    call: &str,
    about: About,
) {
    let d = lint
        .finding(codes::PERCENT_NOT_POINTS, block, &typed.span)
        .with("stated", &block.text[typed.span.clone()])
        .with("before", percent(delta.before))
        .with("now", percent(delta.now))
        .with("computed", number(delta.difference.abs()))
        .with("call", format!("`{call}`"))
        .about(about);
    lint.report(d);
}
