//! What the points and commas of a number can mean, before any style is known.

/// What the marks of a number can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// Digits only.
    None,
    /// Two marks or more of one kind, with three digits after each: they part thousands.
    Thousands(char),
    /// One mark with exactly three digits after it and one to three before: thousands or decimals.
    Either(char),
    /// One mark with exactly three digits after it and more than three before: decimals, or a slip.
    Odd(char),
    /// One mark that can only stand before decimals.
    Decimal(char),
    /// Thousands parted by the other mark, then this one before decimals.
    Both(char),
}

/// Says what the marks of a number can mean; `None` where the text is no number, such as `1.2.3`, or a code,
/// such as `00012`.
pub(super) fn marks(text: &str) -> Option<Marks> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut all = text.chars().filter(|c| !is_digit(*c));
    let (first, count) = (all.next(), text.chars().filter(|c| !is_digit(*c)).count());
    if !text.starts_with(is_digit)
        || !text.ends_with(is_digit)
        || !text.chars().all(|c| is_digit(c) || c == '.' || c == ',')
    {
        return None;
    }
    let Some(mark) = first else {
        return (!text.starts_with('0') || text.len() <= 3).then_some(Marks::None);
    };
    if count == 1 {
        let (before, after) = text.split_once(mark)?;
        return Some(match (before.len(), after.len()) {
            _ if before.starts_with('0') => Marks::Decimal(mark),
            (1..=3, 3) => Marks::Either(mark),
            (_, 3) => Marks::Odd(mark),
            _ => Marks::Decimal(mark),
        });
    }
    if text.chars().all(|c| is_digit(c) || c == mark) {
        return is_grouped(text, mark).then_some(Marks::Thousands(mark));
    }
    let decimal = if mark == '.' { ',' } else { '.' };
    let (whole, decimals) = text.split_once(decimal)?;
    (is_grouped(whole, mark) && decimals.chars().all(is_digit)).then_some(Marks::Both(decimal))
}

/// Whether a text is groups of three digits after a first group of one to three.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|g| g.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_what_they_can() {
        for (text, wanted) in [
            ("1999", Some(Marks::None)),
            ("1.109.057", Some(Marks::Thousands('.'))),
            ("2.035", Some(Marks::Either('.'))),
            ("1234,567", Some(Marks::Odd(','))),
            ("0.125", Some(Marks::Decimal('.'))),
            ("99,9", Some(Marks::Decimal(','))),
            ("1.234,5", Some(Marks::Both(','))),
            ("1,234,567.8", Some(Marks::Both('.'))),
            ("1.2.3", None),
            ("1.234,5,6", None),
            ("01.234.567", None),
            ("00012", None),
            ("", None),
            (".5", None),
            ("5.", None),
        ] {
            assert_eq!(marks(text), wanted, "{text}");
        }
    }
}
