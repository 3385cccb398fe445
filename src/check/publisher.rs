//! What the footer of a state site must say, and does not.

use crate::config::{Config, Publisher};
use crate::diagnostic::{Diagnostic, Phrase, codes, phrase};

/// One finding with every duty that is missing.
///
/// A site of example data belongs to nobody, one that says so to no state office, and one with neither an address nor a
/// word about who publishes it is not published yet.
pub(super) fn check(config: &Config) -> Option<Diagnostic> {
    let p = &config.publisher;
    let is_public = !config.base_url.is_empty() || p.is_declared;
    if config.illustrative || p.state_office == Some(false) || !is_public {
        return None;
    }
    let list = |rest: Phrase, first: Phrase| {
        let both = phrase("duty-list").with("first", first);
        both.with("rest", rest)
    };
    let missing = missing(p).into_iter().rev().map(phrase).reduce(list)?;
    Some(Diagnostic::new(codes::PUBLISHER_INCOMPLETE, p.place.clone()).with("missing", missing))
}

/// The duties that are missing, in the order of the footer, as words with their keys.
fn missing(p: &Publisher) -> Vec<&'static str> {
    // A number goes with its day; words such as "không thuộc diện cấp phép", or with the day in them, stand alone.
    let number = &p.licence_number;
    let has_day = p.licence_date.is_some() || number.contains("ngày");
    let is_dated = has_day || !number.contains(|c: char| c.is_ascii_digit());
    let duties = [
        (!p.governing_body.is_empty(), "duty-governing-body"),
        (!p.responsible.is_empty(), "duty-responsible"),
        (!p.address.is_empty(), "duty-address"),
        (!p.phone.is_empty(), "duty-phone"),
        (!p.email.is_empty(), "duty-email"),
        (!number.is_empty(), "duty-licence"),
        (number.is_empty() || is_dated, "duty-licence-date"),
    ];
    let missing = duties.into_iter().filter(|(is_said, _)| !is_said);
    missing.map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    fn check(text: &str) -> Option<String> {
        let text = format!("title = \"A\"\n{text}");
        let file = crate::source::SourceFile::new("site.toml", text);
        let config = crate::config::read(&file);
        assert_eq!(config.diagnostics, []);
        let finding = super::check(&config.value)?;
        Some(finding.message(crate::diagnostic::Language::English))
    }

    const WHOLE: &str = "[publisher]\ngoverning_body = \"A\"\nresponsible = \"B\"\naddress = \"C\"\nphone = \"(0256) 3 000 000\"\nemail = \"a@vi-du.gov.vn\"\n";

    #[test]
    fn what_is_missing_is_named_once() {
        let found = check("[publisher]\nname = \"A\"\nphone = \"(0256) 3 000 000\"\n").unwrap();
        assert!(found.contains("`governing_body`") && found.contains("`licence_number`"));
        assert!(!found.contains("`phone`") && !found.contains("`licence_date`"));
        let no_day = check(&format!("{WHOLE}licence_number = \"12/GP\"\n")).unwrap();
        assert!(no_day.contains("`licence_date`") && !no_day.contains("`email`"));
        assert!(check("base_url = \"https://a.vn/\"\n").is_some());
    }

    #[test]
    fn sites_that_owe_nothing_are_not_asked() {
        for text in [
            String::new(),
            "illustrative = true\n[publisher]\nname = \"A\"\n".into(),
            "base_url = \"https://a.vn/\"\n[publisher]\nstate_office = false\n".into(),
            format!("{WHOLE}licence_number = \"12/GP\"\nlicence_date = 2024-09-14\n"),
            format!("{WHOLE}licence_number = \"số 12 ngày 14/9/2024\"\n"),
            format!("{WHOLE}licence_number = \"không thuộc diện cấp phép\"\n"),
        ] {
            assert_eq!(check(&text), None, "{text}");
        }
    }
}
