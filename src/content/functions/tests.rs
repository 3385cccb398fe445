//! Charts as narratives ask for them.

use crate::content::tests::{PATH, read_at};
use crate::content::{Block, By, Segment};
use crate::diagnostic::codes;

/// Every kind with every `by` either draws what it says or is an error; none is passed over in silence.
#[test]
fn each_kind_of_chart_says_by_what_it_may_be_drawn() {
    let drawn = |call: &str| {
        let (narratives, findings) = read_at(PATH, &format!("{{{{ {call} }}}}\n"));
        let by = narratives[0].segments.iter().find_map(|s| match s {
            Segment::Block(Block::Chart { by, .. }) => Some(*by),
            _ => None,
        });
        assert_eq!(
            by.is_none(),
            findings.iter().any(|d| d.code == codes::ARGUMENT_INVALID),
            "{call}"
        );
        by
    };
    let kinds = [
        "bar",
        "stacked",
        "line",
        "sparkline",
        "bullet",
        "heat",
        "map",
        "multiples",
    ];
    let marks = [
        ("service", By::Service),
        ("unit", By::Unit),
        ("period", By::Period),
    ];
    let mut good = 0;
    for kind in kinds {
        for (name, by) in marks {
            let found = drawn(&format!(
                "chart(\"tiep-nhan\", kind=\"{kind}\", by=\"{name}\")"
            ));
            assert!(found.is_none_or(|b| b == by), "{kind} {name}");
            good += usize::from(found.is_some());
        }
    }
    assert_eq!(good, 10);
    // Nor is there a pie: nobody can compare its angles.
    assert_eq!(drawn("chart(\"tiep-nhan\", kind=\"pie\")"), None);
    assert_eq!(drawn("chart(\"ty-le\", kind=\"bullet\")"), Some(By::Alone));
    assert_eq!(
        drawn("chart(\"tiep-nhan\", kind=\"line\")"),
        Some(By::Period)
    );
}
