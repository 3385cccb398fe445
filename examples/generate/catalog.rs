//! The catalogue: units, blocks, services, measures, indicators, targets.

use std::io::{self, Write};

use super::folder::Folder;
use super::month::Month;
use super::plan::Plan;
use super::units::Level;

/// Writes `data/catalog/`.
///
/// # Errors
/// The disk refuses.
pub(crate) fn write(plan: &Plan, folder: &Folder) -> Result<(), String> {
    folder.file("data/catalog/units.csv", |out| units(out, plan))?;
    folder.file("data/catalog/services.csv", |out| services(out, plan))?;
    folder.file("data/catalog/measures.toml", |out| {
        out.write_all(MEASURES.as_bytes())
    })?;
    folder.file("data/catalog/indicators.toml", |out| {
        out.write_all(INDICATORS.as_bytes())
    })?;
    folder.file("data/catalog/targets.csv", |out| targets(out, plan))?;
    // A single commune has no blocks, and a table without rows would be a finding.
    if plan.top().level != Level::Commune {
        folder.file("data/catalog/blocks.csv", |out| blocks(out, plan))?;
    }
    Ok(())
}

fn units(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    writeln!(
        out,
        "id,code,portal_code,name,short_name,level,parent,valid_from,valid_to,aliases"
    )?;
    for u in &plan.units {
        let (name, short) = (field(&u.name), field(&u.short_name));
        writeln!(
            out,
            "{},{},,{name},{short},{},{},,,",
            u.id,
            u.code,
            u.level.as_str(),
            u.parent
        )?;
    }
    Ok(())
}

fn blocks(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    writeln!(out, "id,name,short_name,parent,level,members,aliases")?;
    let top = &plan.top().id;
    writeln!(
        out,
        "{top}/khoi-so-nganh,\"Khối sở, ngành\",\"Khối sở, ngành\",{top},co-quan,,"
    )?;
    writeln!(
        out,
        "{top}/khoi-xa-phuong,\"Khối xã, phường\",\"Khối xã, phường\",{top},xa,,"
    )
}

fn services(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    writeln!(
        out,
        "id,name,short_name,kind,members,authority,levels,valid_from,valid_to,basis,aliases"
    )?;
    for s in &plan.services {
        let (name, short, authority) = (field(&s.name), field(&s.short_name), field(&s.authority));
        writeln!(out, "{},{name},{short},service,,{authority},,,,,", s.id)?;
    }
    Ok(())
}

/// A cell, in quotes where it has a comma.
fn field(text: &str) -> String {
    if text.contains(',') {
        format!("\"{text}\"")
    } else {
        text.to_owned()
    }
}

/// The month whose report sets the present targets.
const DECIDED: Month = Month {
    year: 2026,
    month: 1,
};

fn targets(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    writeln!(
        out,
        "period,indicator,unit,service,level,each,operator,value,as_written,from,deadline,deadline_as_written,\
         deadline_kind,basis,document_place,status,note"
    )?;
    let first = plan.first_month();
    let decided = if first.number() < DECIDED.number() {
        DECIDED
    } else {
        first
    };
    let (old, new) = (first.id(), decided.id());
    for unit in plan.with_targets() {
        let id = &unit.id;
        if first.number() < decided.number() {
            writeln!(
                out,
                "{old},ty-le-hs-truc-tuyen,{id},,,,>=,70,tối thiểu 70%,,2025-12-31,đến ngày 31/12/2025,by,\
                 Kế hoạch minh họa thứ nhất,,superseded,Được thay bằng mức 80% của kế hoạch minh họa thứ hai."
            )?;
        }
        writeln!(
            out,
            "{new},ty-le-hs-truc-tuyen,{id},,,,>=,80,tối thiểu 80%,,2026-12-31,đến ngày 31/12/2026,by,\
             Kế hoạch minh họa thứ hai,,,"
        )?;
    }
    let top = &plan.top().id;
    writeln!(
        out,
        "{new},ty-le-dung-han,{top},,,,>=,95,từ 95% trở lên,,,thường xuyên,regular,Kế hoạch minh họa thứ hai,,,"
    )
}

const MEASURES: &str = r#"[ho-so-tiep-nhan]
label = "Hồ sơ tiếp nhận"
unit = "hồ sơ"
type = "count"
nature = "flow"
aliases = ["Tổng số"]
parts = [["ho-so-dung-han", "ho-so-qua-han"]]
definition = "Số hồ sơ được tiếp nhận trong kỳ, cả trực tuyến và trực tiếp."

[ho-so-truc-tuyen]
label = "Hồ sơ trực tuyến"
unit = "hồ sơ"
type = "count"
nature = "flow"
aliases = ["Trực tuyến"]
within = ["ho-so-tiep-nhan"]
definition = "Số hồ sơ nộp trực tuyến trong kỳ."

[ho-so-dung-han]
label = "Hồ sơ đúng hạn, trước hạn"
unit = "hồ sơ"
type = "count"
nature = "flow"
aliases = ["Đúng hạn"]
definition = "Số hồ sơ giải quyết đúng hạn hoặc trước hạn trong kỳ."

[ho-so-qua-han]
label = "Hồ sơ quá hạn"
unit = "hồ sơ"
type = "count"
nature = "flow"
aliases = ["Quá hạn"]
definition = "Số hồ sơ quá hạn giải quyết trong kỳ."

[cong-dan-du-dieu-kien]
label = "Công dân đủ điều kiện"
unit = "người"
type = "count"
nature = "stock"
definition = "Số công dân đủ điều kiện có tài khoản định danh điện tử mức 2, đến cuối kỳ."

[tk-dinh-danh-muc2]
label = "Tài khoản định danh mức 2"
unit = "tài khoản"
type = "count"
nature = "stock"
within = ["cong-dan-du-dieu-kien"]
definition = "Số tài khoản định danh điện tử mức 2 đã kích hoạt, đến cuối kỳ."
"#;

const INDICATORS: &str = r#"[ty-le-hs-truc-tuyen]
label = "Tỷ lệ hồ sơ trực tuyến"
short_label = "Trực tuyến"
kind = "ratio"
numerator = ["ho-so-truc-tuyen"]
denominator = ["ho-so-tiep-nhan"]
of_whom = "hồ sơ tiếp nhận"
unit = "%"
direction = "up"
decimals = 2
definition = "Số hồ sơ nộp trực tuyến chia cho số hồ sơ tiếp nhận trong kỳ."

[ty-le-dung-han]
label = "Tỷ lệ hồ sơ giải quyết đúng hạn"
short_label = "Đúng hạn"
kind = "ratio"
numerator = ["ho-so-dung-han"]
denominator = ["ho-so-tiep-nhan"]
of_whom = "hồ sơ tiếp nhận"
unit = "%"
direction = "up"
decimals = 2
definition = "Số hồ sơ giải quyết đúng hạn, trước hạn chia cho số hồ sơ tiếp nhận trong kỳ."

[ty-le-kich-hoat]
label = "Tỷ lệ kích hoạt tài khoản định danh"
short_label = "Kích hoạt định danh"
kind = "ratio"
numerator = ["tk-dinh-danh-muc2"]
denominator = ["cong-dan-du-dieu-kien"]
of_whom = "công dân đủ điều kiện"
one_each = "mỗi công dân một tài khoản"
unit = "%"
direction = "up"
decimals = 2
definition = "Số tài khoản định danh điện tử mức 2 đã kích hoạt chia cho số công dân đủ điều kiện."
"#;
