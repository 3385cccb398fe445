//! E-mail addresses.

use super::{Hit, Kind};

/// Every address in a text. Names of files such as `anh@2x.png` are none.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut hits: Vec<Hit> = Vec::new();
    for at in memchr::memchr_iter(b'@', bytes) {
        let local = bytes[..at]
            .iter()
            .rev()
            .take_while(|b| is_local(**b))
            .count();
        let lead = bytes[at - local..at]
            .iter()
            .take_while(|b| !b.is_ascii_alphanumeric())
            .count();
        let domain = domain_length(&text[at + 1..]);
        let start = at - local + lead;
        if start < at && domain > 0 && hits.last().is_none_or(|h| h.range.end <= start) {
            hits.push(Hit {
                kind: Kind::Email,
                range: start..at + 1 + domain,
                is_sure: true,
            });
        }
    }
    hits
}

fn is_local(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"._%+-".contains(&b)
}

/// The length of the domain that a text begins with; zero where it is none.
fn domain_length(text: &str) -> usize {
    const FILES: [&str; 8] = ["png", "jpg", "jpeg", "svg", "webp", "css", "js", "gif"];
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'.' || *b == b'-';
    let length = text.bytes().take_while(is_part).count();
    let domain = text[..length].trim_end_matches(['.', '-']);
    let Some((host, top)) = domain.rsplit_once('.') else {
        return 0;
    };
    let is_top = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let is_file = FILES.contains(&top.to_ascii_lowercase().as_str());
    if host.is_empty() || !is_top || is_file {
        0
    } else {
        domain.len()
    }
}
