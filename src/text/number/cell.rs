//! A cell with digits: footnotes and remarks off, then a fraction, a range or one number.

use super::notes::{without_footnote, without_remarks, without_share};
use super::{Cell, Expect, NumberError, Reading, digits, phrase};
use crate::decimal::Decimal;
use crate::text::normal::nfc;

/// Returns the text in NFC and lower case, with a plain minus. White space is one plain space, or one U+00A0
/// where a no-break space stands between digits; invisible signs are gone.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = nfc(text)
        .chars()
        .flat_map(char::to_lowercase)
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}'
                if out.ends_with(|c: char| c.is_ascii_digit())
                    && chars.peek().is_some_and(char::is_ascii_digit) =>
            {
                out.push('\u{a0}');
            }
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '−' => out.push('-'),
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Reads a tidy text that has digits.
pub(super) fn parse(text: &str, expect: Expect) -> Result<Cell, NumberError> {
    let (text, footnote) = without_footnote(text.trim_end_matches(['.', ';', ':', ',', ' ']));
    let text = without_remarks(text)?;
    let text = text.trim_end_matches(['.', ';', ':', ',', ' ']);
    if expect.yes_no {
        return yes_or_no(text, expect, footnote);
    }
    if let Some((low, high)) = range(text) {
        return between(low, high, expect, footnote);
    }
    if let Some(readings) = alternatives(text, expect) {
        return Err(NumberError::Ambiguous { readings });
    }
    if text.contains('/') {
        return fraction(text, expect, footnote);
    }
    phrase::parse(text, expect).map(|r| Cell::Number(Reading { footnote, ..r }))
}

fn yes_or_no(text: &str, expect: Expect, footnote: Option<String>) -> Result<Cell, NumberError> {
    let reading = phrase::parse(
        text,
        Expect {
            whole: true,
            ..expect
        },
    )?;
    let is_either = reading.value.is_zero() || reading.value == Decimal::from_int(1);
    if is_either {
        Ok(Cell::Number(Reading {
            footnote,
            ..reading
        }))
    } else {
        Err(NumberError::NotANumber)
    }
}

/// The two ends of `3..4`, `3–4`, `từ 3 đến 4`.
fn range(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix("từ ").unwrap_or(text);
    let (low, high) = ["..", "–", "—", " đến "]
        .iter()
        .find_map(|mark| text.split_once(mark))?;
    let (low, high) = (low.trim(), high.trim());
    let begins = |t: &str| t.starts_with(|c: char| c.is_ascii_digit());
    (begins(low) && begins(high)).then_some((low, high))
}

fn between(
    low: &str,
    high: &str,
    expect: Expect,
    footnote: Option<String>,
) -> Result<Cell, NumberError> {
    let words = digits::split(high).map_or("", |(_, words)| words);
    if low.ends_with(|c: char| c.is_ascii_digit()) && words.contains(|c: char| c.is_ascii_digit()) {
        return Err(NumberError::Broken);
    }
    // What stands after the second number holds for both: "2–3 triệu", "80–85%".
    let is_bare = digits::split(low).is_some_and(|(_, words)| words.is_empty());
    let low = if is_bare {
        format!("{low}{words}")
    } else {
        low.to_owned()
    };
    let (low, high) = (phrase::parse(&low, expect)?, phrase::parse(high, expect)?);
    if low.value >= high.value || low.percent_sign != high.percent_sign {
        return Err(NumberError::Broken);
    }
    let style_note = low.style_note || high.style_note;
    let decimals = low.decimals.max(high.decimals);
    Ok(Cell::Number(Reading {
        max: Some(high.value),
        footnote,
        decimals,
        style_note,
        ..low
    }))
}

/// The two numbers of `3, 4`, `3 hoặc 4` and `3-4`, which may be a choice, a range or a list.
fn alternatives(text: &str, expect: Expect) -> Option<[Decimal; 2]> {
    let (a, b) = [", ", " hoặc ", "-"]
        .iter()
        .find_map(|mark| text.split_once(mark))?;
    let number = |t: &str| {
        let whole = phrase::parse(t.trim(), expect)
            .ok()
            .filter(|r| r.value.is_integer() && !r.value.is_negative());
        whole.map(|r| r.value)
    };
    a.ends_with(|c: char| c.is_ascii_digit() || c == ' ')
        .then_some(())?;
    Some([number(a)?, number(b)?])
}

/// `119/119 cơ sở`, `8.271 lượt/13.544 tổng lượt`, `7/20 = 35%`.
fn fraction(text: &str, expect: Expect, footnote: Option<String>) -> Result<Cell, NumberError> {
    let (a, b) = without_share(text)
        .split_once('/')
        .ok_or(NumberError::NotANumber)?;
    let expect = Expect {
        whole: true,
        share: false,
        ..expect
    };
    let sides = (
        phrase::parse(a.trim(), expect),
        phrase::parse(b.trim(), expect),
    );
    // A code such as `11 422/QĐ-TTg` is none, however odd its first part.
    if sides.1 == Err(NumberError::NotANumber) {
        return Err(NumberError::NotANumber);
    }
    let (numerator, denominator) = (sides.0?, sides.1?);
    if numerator.value.is_negative() || denominator.value.is_negative() {
        return Err(NumberError::NotANumber);
    }
    Ok(Cell::Fraction {
        numerator: Reading {
            footnote,
            ..numerator
        },
        denominator,
    })
}

#[cfg(test)]
mod tests {
    use crate::text::number::{Cell, Expect, NumberError, Style, parse_cell};

    const COUNT: Expect = Expect {
        whole: true,
        share: false,
        style: Some(Style::Vietnamese),
        yes_no: false,
    };
    const AMOUNT: Expect = Expect {
        whole: false,
        ..COUNT
    };
    const SHARE: Expect = Expect {
        share: true,
        ..AMOUNT
    };

    fn check(expect: Expect, cases: &[(&str, &str)]) {
        for (text, wanted) in cases {
            let found = match parse_cell(text, &expect) {
                Ok(Cell::Number(r)) => {
                    let max = r.max.map_or(String::new(), |m| format!("..{m}"));
                    let note = r.footnote.map_or(String::new(), |n| format!(" note {n}"));
                    format!(
                        "{}{max}{}{note}",
                        r.value,
                        if r.percent_sign { "%" } else { "" }
                    )
                }
                Ok(Cell::Fraction {
                    numerator: n,
                    denominator: d,
                }) => {
                    format!(
                        "{}/{}{}",
                        n.value,
                        d.value,
                        n.footnote.map_or(String::new(), |n| format!(" note {n}"))
                    )
                }
                Ok(Cell::Absent(absence)) => format!("{absence:?}"),
                Err(NumberError::Ambiguous { readings: [a, b] }) => format!("{a} | {b}"),
                Err(e) => format!("{e:?}"),
            };
            assert_eq!(found, *wanted, "{text}");
        }
    }

    #[test]
    fn spaces_and_letter_case_do_not_matter() {
        check(
            COUNT,
            &[
                (" 482 ", "482"),
                ("1\u{a0}234", "1234"),
                ("12\u{202f}345\u{202f}678 lượt", "12345678"),
                ("1 234 567", "1234567"),
                ("CẤP ĐỘ 3", "3"),
                ("Ho\u{31b}n 60", "60"),
                ("\u{2212}5", "-5"),
                ("15 hồ sơ.", "15"),
                ("02", "2"),
                ("100200300400500", "100200300400500"),
            ],
        );
    }

    #[test]
    fn fractions_of_the_reports() {
        check(
            COUNT,
            &[
                ("119/119 cơ sở (đạt 100%)", "119/119"),
                ("09/11 thủ tục", "9/11"),
                ("8.271 lượt/13.544 tổng lượt", "8271/13544"),
                ("173.962/682.055 nhân khẩu", "173962/682055"),
                ("29/138 xã, phường, thị trấn", "29/138"),
                ("7/20 = 35%", "7/20"),
                ("7 / 20, đạt 35%", "7/20"),
                ("đạt 0/0", "0/0"),
                ("37/138*", "37/138 note *"),
            ],
        );
        check(SHARE, &[("1.250/2.500", "1250/2500")]);
    }

    #[test]
    fn dates_and_codes_are_no_numbers() {
        for text in [
            "07/02/2024",
            "07-02-2024",
            "2024-02-07",
            "422/QĐ-TTg",
            "11 422/QĐ-TTg",
            "48-NQ/TU",
            "24/7/2",
            "C06",
            "(5)",
            "12 lượt/ngày",
            "Tháng 9/2024",
            "H44.100",
            "5%/10%",
            "VP UBND TP (2,3,4,7)",
            "2,3,4,7",
        ] {
            check(COUNT, &[(text, "NotANumber")]);
        }
    }

    #[test]
    fn ranges_have_two_ends() {
        check(
            COUNT,
            &[
                ("3..4", "3..4"),
                ("3–4", "3..4"),
                ("3 – 4 ngày", "3..4"),
                ("từ 3 đến 4 ngày", "3..4"),
                ("2–3 triệu", "2000000..3000000"),
                ("4..3", "Broken"),
                ("1–2 tỷ 500 triệu", "Broken"),
            ],
        );
        check(
            SHARE,
            &[("80–85,5%", "80..85.5%"), ("80% – 85%", "80..85%")],
        );
    }

    #[test]
    fn a_list_of_two_asks() {
        check(
            COUNT,
            &[
                ("3, 4", "3 | 4"),
                ("3 hoặc 4 ngày", "3 | 4"),
                ("3-4", "3 | 4"),
                ("3,4", "3 | 4"),
            ],
        );
        check(AMOUNT, &[("3,4 ngày", "3 | 4"), ("3,6 ngày", "3.6")]);
    }

    #[test]
    fn notes_and_remarks_stand_aside() {
        check(
            COUNT,
            &[
                ("119*", "119 note *"),
                ("119\\*", "119 note *"),
                ("119 (1)", "119 note (1)"),
                ("119²", "119 note ²"),
                ("50 m²", "50"),
                ("05 (năm) hồ sơ", "5"),
                ("1.178 (đạt 92%)", "1178"),
                ("119 (120)", "Broken"),
                ("không có 5 hồ sơ", "NotANumber"),
            ],
        );
        check(SHARE, &[("99,9%*", "99.9% note *")]);
    }
}
