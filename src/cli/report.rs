//! What a command says when it fails.

use std::io;
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
                    "lỗi: không {verb_vi} được {}: {}\n   = trang đã công bố vẫn nguyên vẹn",
                    show(path),
                    reason(source)
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
/// Why the operating system refused, in words of ours where it is something that happens in offices.
fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::NotFound => "không có tệp hoặc thư mục này (vừa bị xóa hay đổi tên?)",
        Kind::PermissionDenied => {
            "không có quyền; hỏi người quản trị máy, hoặc đóng chương trình đang giữ tệp"
        }
        Kind::StorageFull => "ổ đĩa đã đầy",
        Kind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        Kind::FileTooLarge => "tệp lớn hơn 512 MB; tách tệp ra",
        Kind::IsADirectory => "đây là thư mục, không phải tệp",
        Kind::NotADirectory => "đây là tệp, không phải thư mục",
        _ => return error.to_string(),
    };
    words.to_owned()
}
