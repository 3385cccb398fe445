//! What a command says when it fails.

use std::path::Path;

use crate::diagnostic::Language;
use crate::error::{Action, Error};

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
