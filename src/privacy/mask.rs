//! What may be shown of a number or address: its first three signs, `001*********`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Hint, Hit, Kind, canonical, plain, runs, scan};

/// The text of a hit as it may be shown. It is as long as the text, so that marks under it stay in place.
///
/// Of a number the first three digits stay, of an address its first letter.
pub fn mask(kind: Kind, text: &str) -> String {
    let mut kept = if kind == Kind::Email { 1 } else { 3 };
    text.chars()
        .map(|c| match (kind, c) {
            (Kind::Email, '@') => '@',
            (_, c) if c.is_alphanumeric() && kept > 0 => {
                kept -= 1;
                c
            }
            (Kind::Email, _) => '*',
            (_, c) if c.is_ascii_digit() => '*',
            (_, c) => c,
        })
        .collect()
}

/// The text with all that surely belongs to a person masked, as long as before.
pub fn veil(text: &str) -> Cow<'_, str> {
    let searched = plain(text);
    let hits = scan(&searched, Hint::None, None);
    veiled(text, &searched, &hits)
}

/// The text with everything masked that could belong to a person in the right place: every run of nine digits too.
pub fn veil_all(text: &str) -> Cow<'_, str> {
    let searched = plain(text);
    let mut hits = scan(&searched, Hint::Identity, None);
    for run in runs::runs(searched.as_bytes()) {
        let groups = runs::groups(searched.as_bytes(), run);
        let long = groups.into_iter().filter(|g| g.digits >= 9);
        hits.extend(long.map(|g| Hit {
            kind: Kind::OldCitizenId,
            range: g.range,
            is_sure: true,
        }));
    }
    for hit in &mut hits {
        hit.is_sure = true;
    }
    veiled(text, &searched, &hits)
}

/// The text with every number or address masked whose canonical form is `known`, and all that [`veil`] masks.
pub fn veil_known<'t>(text: &'t str, known: &BTreeSet<String>) -> Cow<'t, str> {
    let searched = plain(text);
    let mut hits = scan(&searched, Hint::None, None);
    for run in runs::runs(searched.as_bytes()) {
        let groups = runs::groups(searched.as_bytes(), run);
        for first in 0..groups.len() {
            for last in first..groups.len().min(first + 6) {
                let range = groups[first].range.start..groups[last].range.end;
                let number = &searched[range.clone()];
                let forms = [Kind::CitizenId, Kind::Phone].map(|k| canonical(k, number));
                if forms.iter().any(|f| known.contains(f)) {
                    hits.push(Hit {
                        kind: Kind::CitizenId,
                        range,
                        is_sure: true,
                    });
                }
            }
        }
    }
    veiled(text, &searched, &hits)
}

/// Masks the sure hits of `searched` in `text`, which has as many characters.
fn veiled<'t>(text: &'t str, searched: &str, hits: &[Hit]) -> Cow<'t, str> {
    let mut sure = hits.iter().filter(|h| h.is_sure).peekable();
    if sure.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out: Vec<char> = text.chars().collect();
    for hit in sure {
        let from = searched[..hit.range.start].chars().count();
        let masked = mask(hit.kind, &searched[hit.range.clone()]);
        for (place, c) in out[from..].iter_mut().zip(masked.chars()) {
            // What one hit has masked stays so.
            if *place != '*' {
                *place = c;
            }
        }
    }
    Cow::Owned(out.into_iter().collect())
}
