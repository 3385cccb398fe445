//! Citizen numbers and telephone numbers.
//!
//! A citizen number has twelve digits: the code of the province where the birth was registered (three, of the list
//! of 63), the century and sex (one), the year (two), and six more. Source: circular 59/2021/TT-BCA, articles 5
//! and 6, and decree 137/2015/ND-CP, article 13. Telephone numbers: circular 22/2014/TT-BTTTT with the area codes of
//! 2017 and the mobile prefixes of 2018.

use std::ops::Range;

use super::runs::{Gap, Group, groups, runs};
use super::{Hint, Hit, Kind, words};

/// The most groups that one number is written in.
const MOST_GROUPS: usize = 6;

/// The codes of the 63 provinces of before July 2025, which numbers keep.
const PROVINCES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// How people group the ten digits of a mobile number.
const MOBILE_GROUPS: [&[usize]; 15] = [
    &[10],
    &[4, 3, 3],
    &[3, 3, 4],
    &[3, 4, 3],
    &[4, 6],
    &[3, 7],
    &[4, 2, 4],
    &[4, 2, 2, 2],
    &[5, 5],
    &[2, 4, 4],
    &[2, 2, 2, 2, 2],
    &[3, 3, 2, 2],
    &[4, 4, 2],
    &[6, 4],
    &[7, 3],
];

/// How people group the twelve digits of a citizen number.
const CITIZEN_GROUPS: [&[usize]; 9] = [
    &[12],
    &[3, 3, 3, 3],
    &[3, 3, 6],
    &[3, 1, 2, 6],
    &[3, 9],
    &[4, 4, 4],
    &[6, 6],
    &[4, 8],
    &[3, 1, 2, 3, 3],
];

/// The digits of a text.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The digits of a telephone number, `0` for the country code.
pub(super) fn national(text: &str) -> String {
    let all = digits(text);
    let bare = all.strip_prefix("00").unwrap_or(&all);
    match bare.strip_prefix("84") {
        Some(rest) if bare.len() >= 11 => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        _ => all,
    }
}

/// Every number of a person in a text.
pub(super) fn find(text: &str, hint: Hint, year: Option<u16>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for run in runs(text.as_bytes()) {
        let groups = groups(text.as_bytes(), run);
        let mut at = 0;
        while at < groups.len() {
            let mut longest_first = (at..groups.len().min(at + MOST_GROUPS)).rev();
            let found = longest_first.find_map(|last| {
                let window = Window::new(text, &groups, at, last)?;
                let (kind, is_sure) = window.kind(hint, year)?;
                Some((last, window.range(), kind, is_sure))
            });
            match found {
                Some((last, range, kind, is_sure)) => {
                    hits.push(Hit {
                        kind,
                        range,
                        is_sure,
                    });
                    at = last + 1;
                }
                None => at += 1,
            }
        }
    }
    hits
}

/// Some groups of a run, taken as one number.
struct Window<'t> {
    text: &'t str,
    groups: &'t [Group],
    /// The group before.
    previous: Option<&'t Group>,
    /// The group after.
    next: Option<&'t Group>,
    digits: String,
}

impl<'t> Window<'t> {
    /// The groups from `first` to `last`, if one number can be written so.
    fn new(text: &'t str, groups: &'t [Group], first: usize, last: usize) -> Option<Self> {
        let own = &groups[first..=last];
        let total: usize = own.iter().map(|g| g.digits).sum();
        if !(9..=14).contains(&total) || own[1..].iter().any(|g| g.gap == Gap::Break) {
            return None;
        }
        // After an area code another sign may follow than between the other groups.
        let rest = own.get(2..).unwrap_or_default();
        if rest.iter().any(|g| g.gap != rest[0].gap) {
            return None;
        }
        Some(Self {
            text,
            groups: own,
            previous: first.checked_sub(1).map(|at| &groups[at]),
            next: groups.get(last + 1),
            digits: digits(&text[own[0].range.start..own[own.len() - 1].range.end]),
        })
    }

    fn range(&self) -> Range<usize> {
        let (first, last) = (&self.groups[0], &self.groups[self.groups.len() - 1]);
        first.range.start..last.range.end
    }

    fn sizes(&self) -> Vec<usize> {
        self.groups.iter().map(|g| g.digits).collect()
    }

    fn is_uniform(&self) -> bool {
        let gaps = &self.groups[1..];
        gaps.iter()
            .all(|g| g.gap == gaps[0].gap && g.gap != Gap::Bracket)
    }

    /// What the number is, and whether that is sure.
    fn kind(&self, hint: Hint, year: Option<u16>) -> Option<(Kind, bool)> {
        if !self.is_whole() {
            return None;
        }
        let near = words::before(self.sentence(), false);
        let said = if near == Hint::None { hint } else { near };
        if self.digits.len() == 9 {
            return self.is_old(hint).then_some((Kind::OldCitizenId, true));
        }
        let is_other = said == Hint::Other || words::is_money(self.after());
        if self.is_citizen(year) {
            return Some((Kind::CitizenId, !is_other));
        }
        if hint == Hint::Identity && self.groups.len() == 1 && is_shortened(&self.digits, year) {
            return Some((Kind::CitizenId, true));
        }
        let is_phone = self.is_international()
            || self.is_bracketed()
            || !is_other && (self.is_mobile() || self.is_landline())
            || said == Hint::Phone && self.is_announced();
        is_phone.then_some((Kind::Phone, true))
    }

    fn is_citizen(&self, year: Option<u16>) -> bool {
        self.is_uniform()
            && CITIZEN_GROUPS.contains(&self.sizes().as_slice())
            && is_citizen_number(&self.digits, year)
    }

    /// Nine digits beside telling words.
    fn is_old(&self, hint: Hint) -> bool {
        let sentence = self.sentence();
        let is_grouped = self.sizes() == [3, 3, 3] && self.is_uniform();
        if !is_grouped && self.groups.len() > 1 || words::is_counted(self.after()) {
            return false;
        }
        let is_alone = self.text.trim().len() == self.range().len();
        if hint == Hint::Identity && is_alone && !is_grouped {
            return true;
        }
        words::before(sentence, !is_grouped) == Hint::Identity && !words::counts(sentence)
    }

    fn is_mobile(&self) -> bool {
        is_mobile_number(&self.digits)
            && self.is_uniform()
            && MOBILE_GROUPS.contains(&self.sizes().as_slice())
    }

    fn is_landline(&self) -> bool {
        let sizes = self.sizes();
        let shaped = sizes.len() == 1 || (3..=5).contains(&sizes[0]);
        shaped && sizes.iter().all(|n| *n >= 2) && is_landline_number(&self.digits)
    }

    /// A country code before a number of this country.
    fn is_international(&self) -> bool {
        let before = &self.text[..self.range().start];
        let is_marked =
            before.ends_with('+') || before.ends_with("(84") || self.digits.starts_with("0084");
        let number = national(&self.digits);
        is_marked
            && number.len() < self.digits.len()
            && (is_mobile_number(&number) || is_landline_number(&number))
    }

    /// `(0256) 3822 294`: an area code in brackets, also one of before 2017.
    fn is_bracketed(&self) -> bool {
        let opens = self.text[..self.range().start].ends_with('(');
        let closes = self.groups.get(1).is_some_and(|g| g.gap == Gap::Bracket);
        let area = self.groups[0].digits;
        opens
            && closes
            && self.digits.starts_with('0')
            && (2..=4).contains(&area)
            && self.digits.len() <= 11
            || opens && closes && self.is_international()
    }

    /// A number after "điện thoại": former prefixes too.
    fn is_announced(&self) -> bool {
        let is_national = self.digits.starts_with('0') && self.digits.len() <= 11;
        let number = national(&self.digits);
        let is_abroad = number.len() < self.digits.len() && is_mobile_number(&number);
        is_national && self.groups.iter().all(|g| g.digits >= 2) || is_abroad
    }

    /// Whether nothing that belongs to the number, or makes it part of a code, stands before or after it.
    fn is_whole(&self) -> bool {
        self.begins_whole() && self.ends_whole()
    }

    fn begins_whole(&self) -> bool {
        let before = &self.text[..self.range().start];
        if let Some(previous) = self.previous {
            return match self.groups[0].gap {
                Gap::Point => false,
                Gap::Hyphen => previous.digits >= 9,
                // `1 091 234 567 890` is one figure.
                Gap::Space => {
                    let is_thousands = previous.digits <= 3 && self.groups[0].digits == 3;
                    !(is_thousands && self.groups.len() > 1)
                }
                _ => true,
            };
        }
        let mut signs = before.chars().rev();
        match (signs.next(), signs.clone().next()) {
            (Some('#' | '&' | '%'), _) => false,
            (Some('/'), _) => {
                let digits = signs.take_while(char::is_ascii_digit).count();
                digits == 0 || digits >= 9
            }
            (Some('-'), Some(c)) | (Some(c), _) if c.is_alphanumeric() => {
                words::ends_with_label(before.trim_end_matches('-'))
            }
            _ => true,
        }
    }

    fn ends_whole(&self) -> bool {
        if let Some(next) = self.next {
            match next.gap {
                Gap::Point => return false,
                Gap::Hyphen => return next.digits >= 9,
                _ => {}
            }
        }
        let after = &self.text[self.range().end..];
        let mut signs = after.chars();
        match signs.next() {
            Some('%' | '@') => false,
            Some('.') => !signs
                .next()
                .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()),
            Some('/') => {
                let digits = signs.take_while(char::is_ascii_digit).count();
                digits == 0 || digits >= 9
            }
            Some(c) => !c.is_alphanumeric(),
            None => true,
        }
    }

    /// What stands before the number in its sentence, at most some hundred characters.
    fn sentence(&self) -> &'t str {
        let before = &self.text[..self.range().start];
        let far = before.char_indices().rev().nth(100).map_or(0, |(at, _)| at);
        let near = &before[far..];
        let ends = ["\n", ";", "|", "\t", ". ", "\",", "\","];
        let start = ends
            .iter()
            .filter_map(|end| near.rfind(end).map(|at| at + end.len()))
            .max()
            .unwrap_or(0);
        &near[start..]
    }

    fn after(&self) -> &'t str {
        let after = &self.text[self.range().end..];
        let end = after
            .char_indices()
            .nth(25)
            .map_or(after.len(), |(at, _)| at);
        after[..end].split('\n').next().unwrap_or_default()
    }
}

/// Whether twelve digits can be the number of a person alive in `year`.
fn is_citizen_number(digits: &str, year: Option<u16>) -> bool {
    let number = |range: Range<usize>| digits.get(range).and_then(|d| d.parse::<u16>().ok());
    let (Some(province), Some(century), Some(born)) = (number(0..3), number(3..4), number(4..6))
    else {
        return false;
    };
    let is_province = u8::try_from(province).is_ok_and(|p| PROVINCES.binary_search(&p).is_ok());
    let born = 1900 + 100 * (century / 2) + born;
    let year = year.unwrap_or(2099);
    digits.len() == 12
        && is_province
        && century <= 3
        && born <= year
        && born + 120 >= year.min(2040)
}

/// Whether a number cell of a spreadsheet has lost the zeros of a citizen number.
fn is_shortened(digits: &str, year: Option<u16>) -> bool {
    (10..12).contains(&digits.len()) && is_citizen_number(&format!("{digits:0>12}"), year)
}

fn is_mobile_number(digits: &str) -> bool {
    digits.len() == 10
        && digits.starts_with('0')
        && matches!(digits.as_bytes()[1], b'3' | b'5' | b'7'..=b'9')
}

/// Eleven digits that begin with an area code of since 2017.
fn is_landline_number(digits: &str) -> bool {
    if digits.len() != 11 || !digits.starts_with("02") {
        return false;
    }
    match digits[2..4].parse::<u8>().unwrap_or(0) {
        40..=49 | 80..=89 => true,
        area => matches!(area, 3..=29 | 32..=39 | 51..=63 | 69..=77 | 90..=99),
    }
}
