//! Numbers as pages write them.

use crate::decimal::Decimal;

/// Writes a number the Vietnamese way, `1.234.567,8`; its decimals are kept, also where they are zeros, and the
/// minus is a true one (U+2212).
pub fn format_vi(number: Decimal) -> String {
    with_marks(number, '.', ',')
}

/// Writes a number the English way, `1,234,567.8`; otherwise as [`format_vi`] does.
pub fn format_en(number: Decimal) -> String {
    with_marks(number, ',', '.')
}

fn with_marks(number: Decimal, thousands: char, decimal: char) -> String {
    let plain = number.to_plain();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |d| ("−", d));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::with_capacity(plain.len() + 8);
    out.push_str(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(c);
    }
    if !decimals.is_empty() {
        out.push(decimal);
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(plain: &str, vietnamese: &str, english: &str) {
        let number = Decimal::parse_plain(plain).unwrap();
        assert_eq!(
            (format_vi(number).as_str(), format_en(number).as_str()),
            (vietnamese, english)
        );
    }

    #[test]
    fn thousands_are_grouped_and_decimals_kept() {
        check("1234567.80", "1.234.567,80", "1,234,567.80");
        check("-999", "−999", "−999");
        check("1000", "1.000", "1,000");
        check("0.05", "0,05", "0.05");
        check("-123456.1234", "−123.456,1234", "−123,456.1234");
    }
}
