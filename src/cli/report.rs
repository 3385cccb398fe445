//! What a command says: findings, failures, explanations.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use crate::diagnostic::{Code, Language, codes, explain as explanation};
use crate::error::{Action, Error};
use crate::text::suggest::suggest;

/// A failure of the machine in one or two lines, with a way to mend it.
pub(super) fn failure(error: &Error, language: Language) -> String {
    let vi = language == Language::Vietnamese;
    let show = |p: &Path| p.display().to_string();
    match error {
        Error::Io {
            action,
            path,
            source,
        } => {
            let (verb_vi, verb_en) = match action {
                Action::Read => ("đọc", "read"),
                Action::Write => ("ghi", "write"),
            };
            if vi {
                format!(
                    "lỗi: không {verb_vi} được {}: {source}\n   = trang đã công bố vẫn nguyên vẹn",
                    show(path)
                )
            } else {
                format!(
                    "error: cannot {verb_en} {}: {source}\n   = the published site is untouched",
                    show(path)
                )
            }
        }
        Error::NoSite(path) if vi => format!(
            "lỗi: {} không có site.toml\n   = gợi ý: chạy trong thư mục của trang, hoặc chỉ ra bằng --root",
            show(path)
        ),
        Error::NoSite(path) => {
            format!(
                "error: there is no site.toml in {}\n   = hint: run in the site's folder or give --root",
                show(path)
            )
        }
        Error::ForeignOutput(path) if vi => format!(
            "lỗi: thư mục {} có tệp không do tiendo tạo ra nên không bị ghi đè\n   = gợi ý: chọn thư mục khác bằng --output",
            show(path)
        ),
        Error::ForeignOutput(path) => format!(
            "error: {} holds files that tiendo did not make, so it is left alone\n   = hint: choose another folder with --output",
            show(path)
        ),
        Error::OutputCoversSite(path) if vi => format!(
            "lỗi: thư mục đích {} trùng với dữ liệu của trang\n   = gợi ý: chọn thư mục khác bằng --output",
            show(path)
        ),
        Error::OutputCoversSite(path) => format!(
            "error: the output {} would cover the site itself\n   = hint: choose another folder with --output",
            show(path)
        ),
        Error::Usage(text) | Error::Theme(text) if vi => format!("lỗi: {text}"),
        Error::Usage(text) | Error::Theme(text) => format!("error: {text}"),
    }
}

/// `tiendo explain CODE`.
pub(super) fn explain(name: &str, language: Language, out: &mut dyn Write) -> Result<u8, Error> {
    let found = Code::find(name).and_then(|c| explanation(c, language));
    let Some(e) = found else {
        let near = suggest(name, codes::ALL.iter().map(|c| c.as_str()));
        let text = match (language, near) {
            (Language::Vietnamese, Some(n)) => {
                format!("không có mã `{name}`; có phải ý bạn là `{n}`?")
            }
            (Language::Vietnamese, None) => format!("không có mã `{name}`"),
            (Language::English, Some(n)) => {
                format!("there is no code `{name}`; did you mean `{n}`?")
            }
            (Language::English, None) => format!("there is no code `{name}`"),
        };
        return Err(Error::Usage(text));
    };
    let labels = match language {
        Language::Vietnamese => ["Thông báo", "Vì sao", "Cách xử lý"],
        Language::English => ["Message", "Why", "How to mend"],
    };
    let mut text = format!(
        "{name}\n\n{}: {}\n{}: {}\n",
        labels[0], e.message, labels[1], e.why
    );
    if let Some(hint) = e.hint.filter(|h| !h.starts_with("{reading}")) {
        let _ = writeln!(text, "{}: {hint}", labels[2]);
    }
    out.write_all(text.as_bytes())
        .map_err(|e| Error::write(Path::new("stdout"), e))?;
    Ok(super::DONE)
}
