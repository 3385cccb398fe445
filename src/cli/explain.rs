//! `explain`: one rule in full, or the list of all.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use super::DONE;
use crate::diagnostic::{
    Code, Language, Severity, codes, example, explain as explanation, severity_of,
};
use crate::error::Error;
use crate::text::suggest::suggest;

/// `tiendo explain [CODE]`.
pub(super) fn explain(
    name: Option<&str>,
    language: Language,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let text = match name {
        Some(name) => match Code::find(name) {
            Some(code) => one(code, language),
            None => return Err(Error::Usage(unknown(name, language))),
        },
        None => all(language),
    };
    out.write_all(text.as_bytes())
        .map_err(|e| Error::write(Path::new("stdout"), e))?;
    Ok(DONE)
}

fn one(code: Code, language: Language) -> String {
    let labels = match language {
        Language::Vietnamese => ["Thông báo", "Vì sao", "Cách xử lý", "Ví dụ", "Sửa thành"],
        Language::English => ["Message", "Why", "How to mend", "Example", "Mended"],
    };
    let mut text = format!("{code} ({})\n", severity(code, language));
    if let Some(e) = explanation(code, language) {
        let _ = writeln!(
            text,
            "\n{}: {}\n{}: {}",
            labels[0], e.message, labels[1], e.why
        );
        if let Some(hint) = e.hint {
            let _ = writeln!(text, "{}: {hint}", labels[2]);
        }
    }
    if let Some(e) = example(code) {
        let indented = |lines: &str| format!("    {}\n", lines.replace('\n', "\n    "));
        let _ = write!(
            text,
            "\n{}:\n{}{}:\n{}",
            labels[3],
            indented(e.bad),
            labels[4],
            indented(e.good)
        );
    }
    text
}

/// Every rule under its family, with its severity and why it exists.
fn all(language: Language) -> String {
    let mut text = String::new();
    let mut before = "";
    let width = codes::ALL
        .iter()
        .map(|c| c.as_str().len())
        .max()
        .unwrap_or(0);
    for code in codes::ALL {
        if code.family() != before {
            before = code.family();
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", family(before, language));
        }
        // The first sentence says what the rule is about without the names that a message needs.
        let why = explanation(*code, language).map_or("", |e| e.why);
        let about = why
            .split_once(". ")
            .map_or(why, |(first, _)| first)
            .trim_end_matches('.');
        let _ = writeln!(
            text,
            "  {:<width$}  {}: {about}",
            code.as_str(),
            severity(*code, language)
        );
    }
    text
}

fn severity(code: Code, language: Language) -> &'static str {
    match (severity_of(code), language) {
        (Severity::Error, Language::Vietnamese) => "lỗi",
        (Severity::Warning, Language::Vietnamese) => "cảnh báo",
        (Severity::Info, Language::Vietnamese) => "lưu ý",
        (severity, Language::English) => severity.as_str(),
    }
}

/// What a family of rules is called; its own name where there are no words for it.
fn family(name: &'static str, language: Language) -> &'static str {
    let (vi, en) = match name {
        "reading" => ("Đọc tệp", "Reading"),
        "identity" => ("Tên và mã", "Identity"),
        "arithmetic" => ("Phép tính", "Arithmetic"),
        "time" => ("Thời gian", "Time"),
        "completeness" => ("Đầy đủ", "Completeness"),
        "target" | "targets" => ("Mục tiêu", "Targets"),
        "waivers" => ("Miễn trừ", "Waivers"),
        "revisions" => ("Công bố và đính chính", "Releases and revisions"),
        "narrative" => ("Bài viết", "Narrative"),
        "documents" => ("Văn bản", "Documents"),
        "privacy" => ("Dữ liệu cá nhân", "Privacy"),
        "chart" | "charts" => ("Biểu đồ", "Charts"),
        other => (other, other),
    };
    match language {
        Language::Vietnamese => vi,
        Language::English => en,
    }
}

fn unknown(name: &str, language: Language) -> String {
    let near = suggest(name, codes::ALL.iter().map(|c| c.as_str()));
    match (language, near) {
        (Language::Vietnamese, Some(n)) => format!("không có mã `{name}`; có phải ý bạn là `{n}`?"),
        (Language::Vietnamese, None) => format!("không có mã `{name}`"),
        (Language::English, Some(n)) => format!("there is no code `{name}`; did you mean `{n}`?"),
        (Language::English, None) => format!("there is no code `{name}`"),
    }
}
