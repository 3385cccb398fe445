//! The words in which a proposal is told, Vietnamese and English.

use std::fmt::Write as _;
use std::path::Path;

use crate::diagnostic::{Language, Summary};
use crate::ingest::{ProposedColumn, ProposedSheet, ProposedTable, Reason, Sureness};
use crate::table::layout::{Line, column_letters};

/// The language of a proposal.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) Language);

/// The longest text that is shown of a line, in characters.
const LONGEST: usize = 90;

impl Words {
    fn pick<'t>(self, vi: &'t str, en: &'t str) -> &'t str {
        if self.is_vietnamese() { vi } else { en }
    }

    pub(super) fn no_table(self, path: &Path) -> String {
        let path = path.display();
        if self.is_vietnamese() {
            format!("{path} không phải tệp bảng (csv, tsv, json, xlsx, xlsm, xls, ods)")
        } else {
            format!("{path} is no table file (csv, tsv, json, xlsx, xlsm, xls, ods)")
        }
    }

    pub(super) fn nothing_to_write(self) -> String {
        self.pick(
            "không có bảng nào để ghi cách đọc",
            "there is no table to write a mapping for",
        )
        .to_owned()
    }

    pub(super) fn exists(self, path: &Path) -> String {
        let path = path.display();
        if self.is_vietnamese() {
            format!("{path} đã có; thêm --force để ghi đè, hoặc đặt tên khác sau --write")
        } else {
            format!(
                "{path} exists; add --force to overwrite it, or give another name after --write"
            )
        }
    }

    pub(super) fn written(self, paths: &str) -> String {
        if self.is_vietnamese() {
            format!("Đã ghi {paths}. Chạy `tiendo check` để kiểm tra.")
        } else {
            format!("Wrote {paths}. Run `tiendo check` next.")
        }
    }

    pub(super) fn no_table_found(self) -> String {
        self.pick(
            "Không tìm thấy bảng nào: không có dòng tiêu đề đứng trên các dòng số liệu.\n",
            "No table was found: no header row stands above rows of figures.\n",
        )
        .to_owned()
    }

    pub(super) fn sheet(self, sheet: &ProposedSheet) -> String {
        let Some(name) = &sheet.name else {
            return String::new();
        };
        let hidden = if sheet.hidden {
            self.pick(
                " (trang ẩn: chỉ được đọc khi bản khai nêu tên)",
                " (hidden: only read where a mapping names it)",
            )
        } else {
            ""
        };
        let rows = sheet.rows;
        let mut out = if self.is_vietnamese() {
            format!("Trang tính “{name}”{hidden}: {rows} dòng có nội dung\n")
        } else {
            format!("Sheet “{name}”{hidden}: {rows} rows with content\n")
        };
        if !sheet.hidden_rows.is_empty() {
            let label = self.pick("dòng ẩn, không đọc", "hidden rows, not read");
            let _ = writeln!(out, "  {label}: {}", numbers(&sheet.hidden_rows));
        }
        if !sheet.hidden_columns.is_empty() {
            let label = self.pick("cột ẩn, không đọc", "hidden columns, not read");
            let letters: Vec<String> = sheet
                .hidden_columns
                .iter()
                .map(|c| column_letters(*c))
                .collect();
            let _ = writeln!(out, "  {label}: {}", letters.join(", "));
        }
        out
    }

    /// What stands where.
    pub(super) fn layout(self, out: &mut String, number: usize, table: &ProposedTable) {
        let label = self.pick("Bảng", "Table");
        let _ = writeln!(out, "\n{label} {number}");
        let mut say = |vi: &str, en: &str, text: String| {
            if !text.is_empty() {
                let _ = writeln!(out, "  {}: {text}", self.pick(vi, en));
            }
        };
        say("dòng tựa", "title lines", lines(&table.title));
        say(
            "đơn vị tính",
            "unit of measure",
            table.unit_of_measure.clone().unwrap_or_default(),
        );
        say("dòng tiêu đề", "header rows", numbers(&table.header_rows));
        say(
            "dòng đánh số cột",
            "rows that number columns",
            numbers(&table.legend_rows),
        );
        let rows = match (table.rows.first(), table.rows.last()) {
            (Some(first), Some(last)) => {
                format!("{} ({}–{})", table.rows.len(), first + 1, last + 1)
            }
            _ => "0".to_owned(),
        };
        say("dòng số liệu", "rows of figures", rows);
        say(
            "dòng nhóm, không phải đơn vị",
            "groups, no units",
            lines(&table.groups),
        );
        say(
            "dòng tổng, chỉ để kiểm tra",
            "sums, only checked",
            lines(&table.totals),
        );
        say(
            "tiêu đề lặp lại",
            "repeated headers",
            numbers(&table.repeated),
        );
        say("ghi chú dưới bảng", "notes below", lines(&table.notes));
    }

    /// What each column may mean, and why.
    pub(super) fn columns(self, out: &mut String, table: &ProposedTable) {
        let label = self.pick("Các cột", "Columns");
        let _ = writeln!(out, "\n{label}");
        for column in &table.columns {
            let _ = writeln!(out, "  {}", self.column(column));
        }
    }

    fn column(self, column: &ProposedColumn) -> String {
        let letter = &column.letter;
        let name = if column.name.is_empty() {
            self.pick("không có tiêu đề", "no header").to_owned()
        } else {
            format!("“{}”", short(&column.name))
        };
        let head = format!("{} {letter} {name}", self.pick("cột", "column"));
        let about = column.about.as_ref().map_or_else(String::new, |(key, id)| {
            let noun = match *key {
                "service" => self.pick("của dịch vụ", "of the service"),
                _ => self.pick("của đơn vị", "of the unit"),
            };
            format!(" {noun} {id}")
        });
        let field = match (&column.field, column.sureness) {
            (Some(field), Sureness::Known) => format!(" → {field}"),
            (Some(field), _) => format!(" → {field}{about}?"),
            (None, _) => format!(" → {}", self.pick("chưa rõ", "unclear")),
        };
        let reasons: Vec<String> = column
            .reasons
            .iter()
            .map(|r| self.reason(letter, r))
            .collect();
        if reasons.is_empty() {
            return head + &field;
        }
        format!(
            "{head}{field} {} {}",
            self.pick("vì", "because"),
            reasons.join("; ")
        )
    }

    fn reason(self, letter: &str, reason: &Reason) -> String {
        let vi = self.is_vietnamese();
        match reason {
            Reason::Header => self
                .pick("tiêu đề là từ quen dùng", "the header is a known word")
                .to_owned(),
            Reason::LastPart(word) if vi => {
                format!("phần cuối của tiêu đề là “{word}”, một tên gọi trong danh mục")
            }
            Reason::LastPart(word) => {
                format!("the last part of the header is “{word}”, a name of the catalogue")
            }
            Reason::Names(part) if vi => {
                format!("phần “{}” là tên một dịch vụ hay đơn vị", short(part))
            }
            Reason::Names(part) => {
                format!("its part “{}” names a service or unit", short(part))
            }
            Reason::Sum(a, b, holds, rows) if vi => {
                format!("{a}+{b}={letter} ở {holds}/{rows} dòng")
            }
            Reason::Sum(a, b, holds, rows) => {
                format!("{a}+{b}={letter} in {holds} of {rows} rows")
            }
            Reason::Share(a, b, holds, rows) if vi => {
                format!("{letter}={a}/{b} theo phần trăm ở {holds}/{rows} dòng")
            }
            Reason::Share(a, b, holds, rows) => {
                format!("{letter}={a}/{b} in per cent in {holds} of {rows} rows")
            }
            Reason::Units(n, all) if vi => format!("{n}/{all} ô là tên hoặc mã đơn vị"),
            Reason::Units(n, all) => format!("{n} of {all} cells are names or codes of units"),
            Reason::Services(n, all) if vi => format!("{n}/{all} ô là tên dịch vụ"),
            Reason::Services(n, all) => format!("{n} of {all} cells are names of services"),
            Reason::Numbers => self
                .pick("cột đánh số thứ tự", "it numbers the rows")
                .to_owned(),
            Reason::Empty => self
                .pick("cả cột trống", "the whole column is empty")
                .to_owned(),
            Reason::Shared(other) if vi => format!("cột {other} cũng có thể mang nghĩa này"),
            Reason::Shared(other) => format!("column {other} may mean the same"),
            Reason::Near(word) if vi => format!("gần giống “{word}”"),
            Reason::Near(word) => format!("it is near to “{word}”"),
        }
    }

    pub(super) fn would_read(self, facts: usize, claims: usize) -> String {
        if self.is_vietnamese() {
            format!("\nSẽ đọc được {facts} số liệu và {claims} số theo báo cáo, bắt đầu bằng:\n")
        } else {
            format!(
                "\nWould read {facts} figures and {claims} stated ratios or scores, beginning with:\n"
            )
        }
    }

    pub(super) fn no_value(self) -> &'static str {
        if self.is_vietnamese() {
            "không có số"
        } else {
            "no number"
        }
    }

    pub(super) fn unclear(self, columns: &[&str], found: Summary) -> String {
        if columns.is_empty() && found.errors == 0 && found.warnings == 0 {
            let text = self.pick("Không còn chỗ nào chưa rõ.", "Nothing remains unclear.");
            return format!("\n{text}\n");
        }
        let mut out = format!("\n{}\n", self.pick("Còn chưa rõ:", "Still unclear:"));
        if !columns.is_empty() {
            let label = self.pick(
                "các cột cần bạn quyết định (bỏ dấu # trong bản khai rồi sửa)",
                "columns for you to decide (take away the # in the mapping and correct it)",
            );
            let _ = writeln!(out, "  {label}: {}", columns.join(", "));
        }
        out
    }

    pub(super) fn no_mapping_needed(self) -> &'static str {
        if self.is_vietnamese() {
            "\nBảng này không cần bản khai: mọi tiêu đề là từ quen dùng.\n"
        } else {
            "\nThis table needs no mapping: all its headers are known words.\n"
        }
    }

    pub(super) fn mapping(self) -> &'static str {
        if self.is_vietnamese() {
            "\nBản khai đề xuất (data/mappings/….toml; thêm --write để ghi):\n\n"
        } else {
            "\nProposed mapping (data/mappings/….toml; add --write to write it):\n\n"
        }
    }
}

/// Row numbers from 1, the first few of them.
fn numbers(list: &[u32]) -> String {
    let shown: Vec<String> = list.iter().take(10).map(|l| (l + 1).to_string()).collect();
    let more = if list.len() > 10 { ", …" } else { "" };
    shown.join(", ") + more
}

/// Lines with their row numbers, the first few of them.
fn lines(list: &[Line]) -> String {
    let shown: Vec<String> = list
        .iter()
        .take(6)
        .map(|l| format!("{} “{}”", l.line + 1, short(&l.text)))
        .collect();
    let more = if list.len() > 6 { "; …" } else { "" };
    shown.join("; ") + more
}

fn short(text: &str) -> String {
    let mut out: String = text.chars().take(LONGEST).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
