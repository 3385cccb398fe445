//! Parts of one reference that disagree.

use super::super::Slip;
use super::DocRef;
use crate::diagnostic::{codes, phrase};

/// Bodies as suffixes name them, and words that name the same body. A suffix begins with its body.
const BODIES: [(&str, &[&str]); 18] = [
    ("TTg", &["thu tuong"]),
    ("CP", &["chinh phu"]),
    ("QH", &["quoc hoi"]),
    (
        "UBND",
        &[
            "ubnd",
            "uy ban nhan dan",
            "chu tich ubnd",
            "chu tich uy ban nhan dan",
            "chu tich",
        ],
    ),
    ("HĐND", &["hdnd", "hoi dong nhan dan"]),
    ("VPCP", &["van phong chinh phu"]),
    (
        "VPUBND",
        &["van phong ubnd", "van phong uy ban nhan dan", "van phong"],
    ),
    ("BCA", &["bo cong an"]),
    ("BTP", &["bo tu phap"]),
    ("BNV", &["bo noi vu"]),
    ("BYT", &["bo y te"]),
    ("BTC", &["bo tai chinh"]),
    ("BTTTT", &["bo thong tin"]),
    ("BGDĐT", &["bo giao duc"]),
    ("STP", &["so tu phap"]),
    ("UBQGCĐS", &["uy ban quoc gia"]),
    ("TU", &["tinh uy", "thanh uy", "ban thuong vu"]),
    ("TCT", &["to cong tac", "to truong to cong tac"]),
];

/// Types that are never numbered without their year.
const DATED_TYPES: [&str; 3] = ["NĐ", "TT", "TTLT"];

/// What is wrong with a reference.
pub(crate) fn judge(reference: &DocRef) -> Vec<Slip> {
    let slip = |code| Slip::new(code, reference.span.clone()).with("value", &reference.text);
    let mut slips = Vec::new();
    if let Some(stray) = &reference.stray {
        let rest = reference.text.replacen(&format!("{stray} "), "", 1);
        slips.push(
            slip(codes::DOCREF_FORM)
                .with("reason", phrase("docref-stray").with("digits", stray))
                .suggest(Some(rest)),
        );
    }
    let differs = !reference.kinds.is_empty()
        && !reference.kind.is_empty()
        && !reference.kinds.contains(&reference.kind.as_str());
    if differs {
        let reason = phrase("docref-word")
            .with("word", reference.kind_word.to_lowercase())
            .with("kind", &reference.kind);
        slips.push(slip(codes::DOCREF_FORM).with("reason", reason));
    }
    if reference.year.is_none() && DATED_TYPES.contains(&reference.kind.as_str()) {
        slips.push(slip(codes::DOCREF_YEAR));
    }
    if let Some(body) = other_issuer(reference) {
        slips.push(
            slip(codes::DOCREF_ISSUER)
                .with("body", body)
                .with("issuer", &reference.issuer_as_written),
        );
    }
    slips
}

/// The body of the suffix, where the body after "của" is another one. Both must be known.
fn other_issuer(reference: &DocRef) -> Option<&str> {
    let issuer = reference.issuer.as_deref()?;
    let named = BODIES.iter().filter_map(|(body, words)| {
        let longest = words
            .iter()
            .filter(|w| begins(issuer, w))
            .map(|w| w.len())
            .max()?;
        Some((longest, *body))
    });
    let (_, named) = named.max()?;
    let body = BODIES
        .iter()
        .filter(|(b, _)| reference.body.starts_with(b))
        .max_by_key(|(b, _)| b.len())?;
    let fits = body.1.iter().any(|w| begins(issuer, w)) || body.0 == named;
    (!fits).then_some(reference.body.as_str())
}

/// Whether a folded text begins with whole words.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
