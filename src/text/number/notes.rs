//! What stands beside the numbers of a cell: footnote marks, remarks, shares already worked out.

use super::NumberError;

/// Takes off a mark for a footnote: `*`, `**`, `(1)`, `¹`.
pub(super) fn without_footnote(text: &str) -> (&str, Option<String>) {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let is_note = |n: &str| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    let in_brackets = text
        .strip_suffix(')')
        .and_then(|t| t.rsplit_once('('))
        .filter(|(_, n)| is_note(n));
    let value = if let Some((value, _)) = in_brackets {
        value
    } else if text.ends_with('*') {
        text.trim_end_matches(['*', '\\'])
    } else {
        let value = text.trim_end_matches(RAISED);
        // After a letter it is a unit: "m²".
        if value.ends_with(char::is_alphabetic) {
            text
        } else {
            value
        }
    };
    let mark = text[value.len()..].replace('\\', "");
    if mark.is_empty() || value.trim().is_empty() {
        (text, None)
    } else {
        (value.trim_end(), Some(mark))
    }
}

/// Takes out remarks in parentheses after a number: "119/119 cơ sở (đạt 100%)", "05 (năm) hồ sơ". One that is
/// itself a bare number may be another reading, and is no remark.
pub(super) fn without_remarks(text: &str) -> Result<String, NumberError> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((remark, after)) = after.split_once(')') else {
            break;
        };
        let has_number = |t: &str| t.contains(|c: char| c.is_ascii_digit());
        if remark.contains('(') || !(has_number(&out) || has_number(before)) {
            break;
        }
        if remark
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
        {
            return Err(NumberError::Broken);
        }
        out.push_str(before.trim_end());
        out.push(' ');
        rest = after.trim_start();
    }
    out.push_str(rest);
    Ok(out.trim().to_owned())
}

/// Takes off the share that some writers add to a fraction; it is recomputed anyway.
pub(super) fn without_share(text: &str) -> &str {
    let cut = [", đạt ", " đạt ", ", chiếm ", " chiếm ", " = ", "="]
        .iter()
        .find_map(|mark| text.split_once(mark));
    match cut {
        Some((fraction, share)) if share.ends_with('%') && fraction.contains('/') => {
            fraction.trim_end()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footnotes_come_off() {
        for (text, value, mark) in [
            ("119*", "119", Some("*")),
            ("119 \\*", "119", Some("*")),
            ("99,9% (1)", "99,9%", Some("(1)")),
            ("119¹²", "119", Some("¹²")),
            ("50 m²", "50 m²", None),
            ("119 (120)", "119 (120)", None),
            ("(1)", "(1)", None),
        ] {
            assert_eq!(without_footnote(text), (value, mark.map(str::to_owned)));
        }
    }

    #[test]
    fn remarks_come_out_but_bare_numbers_stay_in_the_way() {
        assert_eq!(
            without_remarks("05 (năm) hồ sơ (mới)").as_deref(),
            Ok("05 hồ sơ")
        );
        assert_eq!(without_remarks("(năm) hồ sơ").as_deref(), Ok("(năm) hồ sơ"));
        assert_eq!(without_remarks("5 (sáu").as_deref(), Ok("5 (sáu"));
        assert_eq!(without_remarks("119 (120)"), Err(NumberError::Broken));
    }

    #[test]
    fn a_share_beside_a_fraction_comes_off() {
        assert_eq!(without_share("7/20 = 35%"), "7/20");
        assert_eq!(without_share("7/20 cơ sở, đạt 35%"), "7/20 cơ sở");
        assert_eq!(without_share("7 đạt 35%"), "7 đạt 35%");
    }
}
