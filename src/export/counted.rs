//! What a sum counts, as its note in open data says it, and back.

use crate::analysis::diff::{Counted, Over};

/// "tổng của 10/12 đơn vị"; "tổng của 12 đơn vị" where none is left out.
pub(super) fn note(sum: Counted) -> String {
    let noun = noun(sum.over);
    if sum.counted < sum.of {
        format!("tổng của {}/{} {noun}", sum.counted, sum.of)
    } else {
        format!("tổng của {} {noun}", sum.counted)
    }
}

/// The sum that leaves something out and that a note tells of.
pub(super) fn left_out(note: &str) -> Option<Counted> {
    let rest = note.strip_prefix("tổng của ")?;
    let (numbers, rest) = rest.split_once(' ')?;
    let (counted, of) = numbers.split_once('/')?;
    let over = [Over::Units, Over::Services];
    let over = over.into_iter().find(|o| rest.starts_with(noun(*o)))?;
    Some(Counted {
        counted: counted.parse().ok()?,
        of: of.parse().ok()?,
        over,
    })
}

fn noun(over: Over) -> &'static str {
    match over {
        Over::Units => "đơn vị",
        Over::Services => "dịch vụ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_leaves_out_is_read_again() {
        for over in [Over::Units, Over::Services] {
            for (counted, of) in [(10, 12), (12, 12)] {
                let sum = Counted { counted, of, over };
                let read = left_out(&note(sum));
                assert_eq!(read, (counted < of).then_some(sum));
            }
        }
        for other in ["", "tổng của", "tổng của x/y đơn vị", "tổng của 1/2 xã"] {
            assert_eq!(left_out(other), None);
        }
    }
}
