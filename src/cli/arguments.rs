//! The command line as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Language;
use crate::text::date::Date;

/// Trình biên dịch số liệu tiến độ công khai: từ bảng số liệu và bài viết thành trang web tĩnh đã kiểm tra.
#[derive(Debug, Parser)]
#[command(
    name = "tiendo",
    version,
    propagate_version = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    /// Thư mục của trang (có site.toml)
    #[arg(long, global = true, default_value = ".", value_name = "THƯ MỤC")]
    pub(super) root: PathBuf,
    /// Ngày lấy làm mốc để xét hạn, dạng 2026-09-30
    #[arg(long, global = true, value_name = "NGÀY", value_parser = iso_date)]
    pub(super) as_of: Option<Date>,
    /// Số luồng chạy song song
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
    /// Ngôn ngữ của thông báo
    #[arg(long, global = true, value_enum, default_value = "vi")]
    lang: Lang,
    /// Chỉ in lỗi
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// In thêm thời gian từng bước và các phát hiện đã được chấp nhận
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Kiểm tra rồi dựng trang vào thư mục đích
    Build(BuildOptions),
    /// Chỉ kiểm tra, không dựng trang
    Check(CheckOptions),
    /// Xem một tệp bảng tính, đề xuất cách đọc; chỉ ghi khi được yêu cầu
    Import(ImportOptions),
    /// Ghi nhận số liệu của một kỳ là đã công bố; số nào đổi về sau đều phải có đính chính
    Release(ReleaseOptions),
    /// So hai kỳ, hai bản đã dựng, hai thư mục trang hoặc hai bản ghi git: số nào tăng, giảm, đổi, ai mới, ai im lặng
    Diff(DiffOptions),
    /// Giải thích một mã phát hiện, ví dụ ratio-differs
    Explain {
        /// Mã phát hiện; bỏ trống để xem danh sách các mã
        code: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct BuildOptions {
    /// Thư mục đích
    #[arg(long, short, value_name = "THƯ MỤC")]
    pub(super) output: Option<PathBuf>,
    /// Địa chỉ của trang khi công bố, thay cho `base_url` trong site.toml
    #[arg(long, value_name = "ĐỊA CHỈ", value_parser = web_address)]
    pub(super) base_url: Option<String>,
    /// Coi cảnh báo như lỗi
    #[arg(long, value_enum, value_name = "LOẠI")]
    pub(super) deny: Option<Deny>,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// Dạng kết quả; docx và markdown là phiếu gửi lại đơn vị báo cáo
    #[arg(long, value_enum, default_value = "human", value_name = "DẠNG")]
    pub(super) format: Format,
    /// Chỉ những phát hiện của một đơn vị và các đơn vị bên dưới
    #[arg(long, value_name = "ĐƠN VỊ")]
    pub(super) unit: Option<String>,
    /// Ghi kết quả vào tệp
    #[arg(long, short, value_name = "TỆP")]
    pub(super) output: Option<PathBuf>,
    /// Coi cảnh báo như lỗi
    #[arg(long, value_enum, value_name = "LOẠI")]
    pub(super) deny: Option<Deny>,
}

#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// Tệp cần xem: CSV, TSV, JSON, XLSX, XLS, ODS
    #[arg(value_name = "TỆP")]
    pub(super) file: PathBuf,
    /// Chỉ xem trang tính này (tên hoặc số thứ tự)
    #[arg(long, value_name = "TRANG")]
    pub(super) sheet: Option<String>,
    /// Ghi đề xuất vào data/mappings/TÊN.toml
    #[arg(long, value_name = "TÊN", num_args = 0..=1, default_missing_value = "")]
    pub(super) write: Option<String>,
    /// Ghi đè tệp đã có
    #[arg(long, requires = "write")]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReleaseOptions {
    /// Mã kỳ, ví dụ 2026-10
    #[arg(value_name = "KỲ")]
    pub(super) period: String,
    /// Kỳ đã công bố: ghi mọi số đã đổi vào data/revisions.toml, chờ ghi lý do
    #[arg(long)]
    pub(super) revise: bool,
    /// Lý do chung cho các đính chính được ghi
    #[arg(long, value_name = "LÝ DO", requires = "revise")]
    pub(super) reason: Option<String>,
    /// Người quyết định các đính chính được ghi
    #[arg(long, value_name = "NGƯỜI", requires = "revise")]
    pub(super) by: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct DiffOptions {
    /// Bên cũ: mã kỳ, thư mục đã dựng, thư mục của trang, hoặc bản ghi git (HEAD, v1.0, 3f2a…)
    #[arg(value_name = "CŨ")]
    pub(super) old: String,
    /// Bên mới, như trên
    #[arg(value_name = "MỚI")]
    pub(super) new: String,
    /// Dạng kết quả
    #[arg(long, value_enum, default_value = "human", value_name = "DẠNG")]
    pub(super) format: DiffFormat,
    /// Số dòng nhiều nhất của mỗi bảng; 0 là không giới hạn
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(super) limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// Cho người đọc
    Human,
    /// Bảng Markdown, cho bình luận của một đề nghị hợp nhất
    Markdown,
    /// JSON đầy đủ, cho chương trình khác
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Cho người đọc
    Human,
    /// Mỗi phát hiện một dòng
    Short,
    /// JSON, cho chương trình khác
    Json,
    /// Chú thích của GitHub Actions
    Github,
    /// SARIF 2.1.0, cho các dịch vụ quét mã
    Sarif,
    /// Phiếu đề nghị kiểm tra số liệu, dạng Markdown (cần --unit)
    Markdown,
    /// Phiếu đề nghị kiểm tra số liệu, dạng Word (cần --unit)
    Docx,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Cảnh báo
    Warnings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lang {
    Vi,
    En,
}

impl Arguments {
    pub(super) fn language(&self) -> Language {
        match self.lang {
            Lang::Vi => Language::Vietnamese,
            Lang::En => Language::English,
        }
    }
}

fn iso_date(text: &str) -> Result<Date, String> {
    Date::parse_iso(text).ok_or_else(|| "cần một ngày có thật, dạng 2026-09-30".to_owned())
}

fn web_address(text: &str) -> Result<String, String> {
    let fits = (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(|c: char| c.is_whitespace() || "\"'<>`".contains(c));
    if !fits {
        return Err("cần một địa chỉ bắt đầu bằng https:// hoặc http://".to_owned());
    }
    Ok(if text.ends_with('/') {
        text.to_owned()
    } else {
        format!("{text}/")
    })
}
