//! The two tables of text, line by line.

const AFTER: &str = include_str!("tu-2025-07.csv");
const BEFORE: &str = include_str!("truoc-2025-07.csv");

/// A line: a unit, below the last line of a shorter code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The code: two digits for a province, three for a district, five for a commune.
    pub(super) code: &'static str,
    /// The full name.
    pub(super) name: &'static str,
    /// Since July 2025 the code on the portal, before what became of it.
    pub(super) last: &'static str,
}

/// The units since 1 July 2025.
pub(super) fn after() -> impl Iterator<Item = Line> {
    lines(AFTER)
}

/// The units before 1 July 2025.
pub(super) fn before() -> impl Iterator<Item = Line> {
    lines(BEFORE)
}

fn lines(text: &'static str) -> impl Iterator<Item = Line> {
    let rows = text.lines().filter(|l| !l.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let (code, rest) = row.split_once(',')?;
        let (name, last) = rest.rsplit_once(',')?;
        Some(Line { code, name, last })
    })
}

impl Line {
    pub(super) fn is_province(&self) -> bool {
        self.code.len() == 2
    }

    pub(super) fn is_district(&self) -> bool {
        self.code.len() == 3
    }

    /// Whether a province before went on unchanged.
    pub(super) fn is_unchanged(&self) -> bool {
        self.last == "="
    }

    /// The province of today that a province before belongs to.
    pub(super) fn heir(&self) -> &'static str {
        if self.is_unchanged() {
            self.code
        } else {
            self.last
        }
    }

    /// The codes of the units that it went into, each with whether only a part of it did.
    pub(super) fn heirs(&self) -> impl Iterator<Item = (&'static str, bool)> + use<> {
        let codes = self.last.split('|').filter(|c| !c.is_empty());
        codes.map(|c| match c.strip_prefix('~') {
            Some(part) => (part, true),
            None => (c, false),
        })
    }
}
