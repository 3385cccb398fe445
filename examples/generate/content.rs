//! The settings of the site, and its narrative with figures bound to the data.

use std::io::Write;

use super::folder::Folder;
use super::plan::Plan;
use super::units::Level;

/// Writes `site.toml` and the pages.
///
/// # Errors
/// The disk refuses.
pub(crate) fn write(plan: &Plan, folder: &Folder) -> Result<(), String> {
    let page = |name: &str, text: &str| folder.file(name, |out| out.write_all(text.as_bytes()));
    page("site.toml", SITE)?;
    page("content/index.md", INDEX)?;
    page("content/phuong-phap.md", METHOD)?;
    page(
        &format!("content/ky/{}.md", plan.newest_month().id()),
        &newest(plan),
    )
}

const SITE: &str = r#"title = "Số liệu minh họa"
subtitle = "Mọi đơn vị và con số đều được đặt ra"
language = "vi"
base_url = "https://minh-hoa.example/"
illustrative = true
theme = "default"
number_style = "vi"

[publisher]
name = "Chương trình tạo số liệu minh họa của tiendo"
note = "Số liệu do máy đặt ra để thử chương trình, không phải của cơ quan nào."

[home]
indicators = ["ty-le-hs-truc-tuyen", "ty-le-dung-han", "ho-so-tiep-nhan", "ty-le-kich-hoat"]
"#;

const INDEX: &str = r#"+++
title = "Số liệu minh họa để thử trang ở đúng cỡ thật"
description = "Tên đơn vị và mọi con số trên trang này đều được đặt ra."
+++

Trang này cho thấy số liệu hằng tháng trình bày ra sao khi có đủ đơn vị, dịch vụ và tháng. Tên đơn vị được đặt ra, mọi con số do máy tạo.
"#;

const METHOD: &str = r#"+++
title = "Mọi con số trên trang này do máy đặt ra"
description = "Số liệu minh họa được tạo thế nào và được tính thế nào."
+++

## Số liệu được tạo thế nào?

Mỗi xã, phường và mỗi cơ quan có một số dân, một mức trực tuyến và một mức đúng hạn ban đầu. Từng tháng, các mức này tăng dần, cộng thêm mùa vụ và nhiễu. Chạy lại chương trình thì được đúng các con số cũ.

## Khi nào một đơn vị chưa báo cáo?

Vài báo cáo được bỏ trống có chủ ý, để thấy trang ghi “chưa báo cáo” chứ không ghi số không.

## Tỷ lệ được tính thế nào?

Tỷ lệ là tổng chia cho tổng. Tỷ lệ của đơn vị cấp trên bằng tổng hồ sơ đạt của các đơn vị bên dưới chia cho tổng hồ sơ của các đơn vị đó, không phải trung bình của các tỷ lệ.
"#;

fn newest(plan: &Plan) -> String {
    let (top, month) = (plan.top(), plan.newest_month());
    let ranking = match top.level {
        Level::Country => ranking("tinh", &top.id),
        Level::Province => ranking("xa", &top.id),
        Level::Commune | Level::Agency => {
            r#"{{ table("ho-so-tiep-nhan", "ty-le-hs-truc-tuyen", by="service") }}"#.to_owned()
        }
    };
    format!(
        r#"+++
title = "Hồ sơ nộp trực tuyến được theo dõi từng tháng, ở từng đơn vị"
description = "{}: hồ sơ tiếp nhận, trực tuyến và đúng hạn theo số liệu minh họa."
+++

- Trong kỳ có {{{{ value("ho-so-tiep-nhan") }}}}, trong đó {{{{ value("ty-le-hs-truc-tuyen") }}}} nộp trực tuyến.
- Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn là {{{{ value("ty-le-dung-han") }}}}.

{ranking}
"#,
        month.label()
    )
}

fn ranking(level: &str, parent: &str) -> String {
    format!(
        r#"{{{{ ranking("ty-le-hs-truc-tuyen", level="{level}", parent="{parent}", top=5) }}}}"#
    )
}
