//! Which addresses a link may have.

use pulldown_cmark::LinkType;

use super::marks::is_reserved;

/// The address of a link.
pub(super) enum Address<'a> {
    /// A path of the site, and its query or fragment.
    Site(&'a str, &'a str),
    /// Written as it is.
    Web,
}

/// What kind of address a link has; `None` where it is not safe.
pub(super) fn address(dest: &str, link_type: LinkType) -> Option<Address<'_>> {
    let strange = |c: char| c.is_whitespace() || c.is_control() || c == '\\' || is_reserved(c);
    if dest.contains(strange) || dest.starts_with("//") {
        return None;
    }
    if link_type == LinkType::Email {
        return Some(Address::Web);
    }
    if dest.starts_with('/') {
        let (path, rest) = dest.split_at(dest.find(['#', '?']).unwrap_or(dest.len()));
        return (!path.contains("..")).then_some(Address::Site(path, rest));
    }
    let before = dest.split(['/', '?', '#']).next().unwrap_or_default();
    match before.split_once(':') {
        None => (!dest.is_empty()).then_some(Address::Web),
        Some((scheme, _)) => {
            let known = ["http", "https", "mailto"]
                .iter()
                .any(|s| scheme.eq_ignore_ascii_case(s));
            known.then_some(Address::Web)
        }
    }
}
