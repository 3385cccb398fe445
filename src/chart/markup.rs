//! Numbers, classes and text as they stand in SVG, in as few bytes as can be.

use std::fmt::Write as _;

/// Writes the attribute of a class, if there is one.
pub(super) fn write_class(out: &mut String, class: &str) {
    if !class.is_empty() {
        write_out(out, format_args!(" class=\"{class}\""));
    }
}

/// Writes the attribute of a dash, if there is one.
pub(super) fn write_dash(out: &mut String, dash: &str) {
    if !dash.is_empty() {
        write_out(out, format_args!(" stroke-dasharray=\"{dash}\""));
    }
}

/// Writes a number after another one: a minus is separator enough.
pub(super) fn write_number(out: &mut String, value: i32) {
    if value >= 0 {
        out.push(' ');
    }
    write_out(out, format_args!("{value}"));
}

/// Writes `units / denominator` without trailing zeros. The denominator is 10 or 100.
pub(super) fn write_decimal(out: &mut String, units: i32, denominator: i32) {
    let (whole, rest) = (units.abs() / denominator, units.abs() % denominator);
    if units < 0 {
        out.push('-');
    }
    if whole != 0 || rest == 0 {
        write_out(out, format_args!("{whole}"));
    }
    match rest {
        0 => {}
        _ if denominator == 10 => write_out(out, format_args!(".{rest}")),
        _ if rest % 10 == 0 => write_out(out, format_args!(".{}", rest / 10)),
        _ => write_out(out, format_args!(".{rest:02}")),
    }
}

/// Writes text with the signs of markup escaped.
pub(super) fn write_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

/// Appends formatted text.
pub(super) fn write_out(out: &mut String, arguments: std::fmt::Arguments) {
    let written = out.write_fmt(arguments);
    debug_assert!(written.is_ok(), "a string takes every text");
}

#[cfg(test)]
mod tests {
    use super::write_decimal;

    #[test]
    fn writes_short_decimals() {
        let check = |units, denominator, expected: &str| {
            let mut out = String::new();
            write_decimal(&mut out, units, denominator);
            assert_eq!(out, expected);
        };
        check(0, 100, "0");
        check(10_000, 100, "100");
        check(3902, 100, "39.02");
        check(3900, 100, "39");
        check(3950, 100, "39.5");
        check(-5, 100, "-.05");
        check(2067, 10, "206.7");
    }
}
