//! Sample pages of words: editions, tasks, data, reconciliation, method, and those that lead elsewhere.

use super::editions::{edition, report};
use super::parts::{
    blocks_chart, caveats, columns, csv, define, entry, figure, numbers, row, tag, tasks,
};
use super::{Samples, frame};
use crate::render::context::{
    Caveat, CaveatGroup, Cell, Changes, Column, Crumb, Data, Edition, Editions, FileEntry,
    FileGroup, Html, Link, LinkGroup, Method, NotFound, Page, Pager, Reconciliation, Redirect,
    Revisions, State, Table, TableSection, Tasks, TextSection,
};

pub(super) fn add(samples: &mut Samples) {
    let pager = Pager {
        previous: Some(Crumb {
            text: "Kỳ trước: chưa có số liệu".into(),
            href: None,
        }),
        next: None,
        latest: Some(Crumb {
            text: "Kỳ mới nhất: tháng 8/2026".into(),
            href: Some("ky/2026-08/".into()),
        }),
    };
    let page = Page {
        kicker: Some("Kỳ báo cáo · Tỉnh Bình Định · Tháng 9/2024, từ 15/8 đến 14/9/2024".into()),
        lead: Some("Trong kỳ, toàn tỉnh tiếp nhận 68.164 hồ sơ; 67.073 hồ sơ được xác thực định danh với Cơ sở dữ liệu quốc gia về dân cư (98,4%).".into()),
        pager: Some(pager.clone()),
        ..frame("edition", "editions", "ky/2024-09/", "97,1% kết quả ở cấp xã có bản điện tử; ở cấp tỉnh là 56,8%")
    };
    samples.add(
        &page,
        &Edition {
            reports: vec![report("Tỉnh Bình Định", "binh-dinh")],
            ..edition()
        },
    );
    let page = Page {
        pager: Some(pager),
        ..frame(
            "edition",
            "editions",
            "ky/2022/",
            "Hai báo cáo năm 2022: Cần Thơ và Tuyên Quang",
        )
    };
    let reports = vec![
        report("Thành phố Cần Thơ", "can-tho"),
        report("Tỉnh Tuyên Quang", "tuyen-quang"),
    ];
    samples.add(
        &page,
        &Edition {
            reports,
            ..edition()
        },
    );
    let groups = vec![LinkGroup {
        id: "2024".into(),
        title: "2024".into(),
        rows: vec![entry(
            "Tháng 9/2024",
            "ky/2024-09/",
            "Bình Định",
            "68.164 hồ sơ",
        )],
        ..LinkGroup::default()
    }];
    samples.add(
        &frame("editions", "editions", "ky/", "Các kỳ báo cáo đã công bố"),
        &Editions { groups },
    );
    let page = frame(
        "tasks",
        "tasks",
        "nhiem-vu/",
        "2 trong 10 nhiệm vụ đã quá hạn",
    );
    let chart = Some(figure(
        "Năm nhiệm vụ còn hạn",
        "Số nhiệm vụ theo tình trạng.",
        include_str!("bars.svg"),
    ));
    samples.add(
        &page,
        &Tasks {
            chart,
            sections: vec![tasks()],
            definitions: vec![define(
                "Quá hạn",
                "Hạn đã qua vào ngày của số liệu mà báo cáo chưa ghi hoàn thành.",
            )],
            downloads: csv("3 kB"),
        },
    );
    samples.add(
        &frame("data", "data", "du-lieu/", "Dữ liệu mở của trang này"),
        &data(),
    );
    let page = Page {
        lead: Some("Mỗi tổng và tỷ lệ có đủ số liệu đều được tính lại. Chỗ khác nhau được công bố cạnh nhau; số của cơ quan báo cáo không bị sửa.".into()),
        ..frame("reconciliation", "reconciliation", "doi-chieu/", "70 trong 86 phép tính khớp; 16 phép tính cho kết quả khác báo cáo")
    };
    samples.add(&page, &reconciliation());
    let page = frame(
        "revisions",
        "revisions",
        "dinh-chinh/",
        "1 số liệu đã thay đổi sau khi công bố",
    );
    samples.add(&page, &revisions());
    let page = frame(
        "changes",
        "editions",
        "ky/2024-09/thay-doi/",
        "Thay đổi của tháng 9/2024 so với tháng 8/2024",
    );
    samples.add(&page, &changes());
    samples.add(
        &frame(
            "method",
            "method",
            "phuong-phap/",
            "Số liệu được làm ra thế nào",
        ),
        &method(),
    );
    let page = Page {
        root: "/trang/".into(),
        canonical: None,
        noindex: true,
        crumbs: Vec::new(),
        as_of: Vec::new(),
        tags: Vec::new(),
        citation: None,
        lead: Some(
            "Có thể địa chỉ đã đổi sau khi đơn vị hợp nhất. Tìm theo tên, hoặc về trang đầu."
                .into(),
        ),
        ..frame("404", "", "404.html", "Không có trang này")
    };
    samples.add(
        &page,
        &NotFound {
            links: vec![
                Link {
                    text: "Trang đầu".into(),
                    href: String::new(),
                },
                Link {
                    text: "Tìm theo tỉnh".into(),
                    href: "don-vi/".into(),
                },
            ],
        },
    );
    let page = Page {
        noindex: true,
        crumbs: Vec::new(),
        as_of: Vec::new(),
        tags: Vec::new(),
        citation: None,
        ..frame(
            "redirect",
            "editions",
            "moi-nhat/",
            "Trang này ở địa chỉ khác",
        )
    };
    samples.add(
        &page,
        &Redirect {
            target: Link {
                text: "Đến kỳ tháng 8/2026".into(),
                href: "ky/2026-08/".into(),
            },
        },
    );
    english(samples);
}

fn english(samples: &mut Samples) {
    let page = Page {
        lang: "en".into(),
        ..frame(
            "method",
            "method",
            "en/phuong-phap/",
            "How the figures are made",
        )
    };
    samples.add(&page, &Method::default());
}

fn data() -> Data {
    let file = |name: &str, format: &str, size: &str, note: &str| FileEntry {
        kind: "file".into(),
        name: name.into(),
        href: "du-lieu/so-lieu.csv".into(),
        format: format.into(),
        size: size.into(),
        note: Some(note.into()),
    };
    Data {
        files: vec![
            FileGroup {
                id: "tat-ca".into(),
                title: "Toàn bộ số liệu".into(),
                note: None,
                files: vec![
                    file(
                        "so-lieu.csv",
                        "CSV",
                        "210 kB",
                        "1.204 dòng, mỗi dòng một số liệu",
                    ),
                    file("so-lieu.xlsx", "XLSX", "96 kB", "Cho Excel"),
                ],
            },
            FileGroup {
                id: "theo-ky".into(),
                title: "Theo kỳ".into(),
                note: Some("Mỗi kỳ một tệp, cùng khuôn.".into()),
                files: csv("6 kB"),
            },
        ],
        dictionary: vec![TableSection {
            id: "tu-dien".into(),
            title: "Từ điển số liệu".into(),
            table: Table {
                caption: None,
                columns: vec![Column::words("Cột"), Column::words("Nghĩa")],
                rows: vec![
                    row("period", vec![Cell::word("Kỳ")]),
                    row("unit", vec![Cell::word("Đơn vị")]),
                ],
                stacked: true,
            },
            ..TableSection::default()
        }],
        definitions: vec![
            define("Giấy phép", "CC BY 4.0: dùng lại tự do, ghi rõ nguồn."),
            define(
                "Cách trích dẫn",
                "Tiến độ Đề án 06, kỳ tháng 9/2024, số liệu đến ngày 14/9/2024.",
            ),
        ],
    }
}

fn reconciliation() -> Reconciliation {
    let mut items: Vec<Caveat> = caveats();
    for item in &mut items {
        item.letter = None;
        item.about = Some("Bình Định, tháng 9/2024".into());
        item.tag = Some(tag(State::Warn, "Chưa khớp"));
        item.place = Some("Báo cáo số 767/BC-VPUBND, dòng 47".into());
        item.code = Some("parts-differ".into());
        item.waiver =
            Some("Được công bố kèm lưu ý đến ngày 31/12/2027: chờ đơn vị xác nhận.".into());
        item.link = Some(Link {
            text: "Xem trang số liệu".into(),
            href: "don-vi/binh-dinh/".into(),
        });
    }
    items[1].tag = Some(tag(State::Ok, "Khớp khi làm tròn"));
    items[1].pair = None;
    Reconciliation {
        chart: Some(blocks_chart()),
        definitions: vec![define(
            "Chưa khớp",
            "Hai số cùng báo cáo không thể cùng đúng. Trang này không đoán số nào đúng.",
        )],
        groups: vec![CaveatGroup {
            id: "binh-dinh".into(),
            title: "Bình Định, tháng 9/2024".into(),
            note: Some("4 chỗ chưa khớp trong 30 phép tính.".into()),
            items,
        }],
        decisions: None,
        rules: Some(Table {
            columns: columns("Loại kiểm tra", &["Số chỗ"]),
            rows: vec![row("Hai phần cộng lại khác tổng", numbers(&["3"]))],
            ..Table::default()
        }),
        downloads: csv("4 kB"),
    }
}

fn revised() -> TableSection {
    let mut rows = vec![row("Tỉnh Bình Định", numbers(&["79"]))];
    rows[0].cells[0].old = Some("80".into());
    TableSection {
        id: "ky-2024-09".into(),
        title: "Tháng 9/2024".into(),
        table: Table {
            columns: columns("Đơn vị", &["Nay"]),
            rows,
            ..Table::default()
        },
        ..TableSection::default()
    }
}

fn revisions() -> Revisions {
    Revisions {
        sections: vec![revised()],
        released: Some(Table {
            columns: columns("Kỳ", &["Số đã đổi"]),
            rows: vec![row("Tháng 9/2024", numbers(&["1"]))],
            ..Table::default()
        }),
        definitions: vec![define(
            "Đính chính",
            "Số đã công bố được thay bằng số khác.",
        )],
        feed: Some(Link {
            text: "Nhận tin khi có đính chính (Atom)".into(),
            href: "dinh-chinh/atom.xml".into(),
        }),
        downloads: csv("1 kB"),
    }
}

fn changes() -> Changes {
    Changes {
        sections: vec![TableSection {
            id: "tang".into(),
            title: "1 số tăng".into(),
            table: Table {
                columns: columns("Đơn vị", &["Tháng 8/2024", "Tháng 9/2024"]),
                rows: vec![row("Tỉnh Bình Định", numbers(&["70", "80"]))],
                ..Table::default()
            },
            ..TableSection::default()
        }],
        groups: vec![LinkGroup {
            id: "im-lang".into(),
            title: "Không báo cáo kỳ này (1)".into(),
            rows: vec![entry("Xã An Tây", "don-vi/an-tay/", "", "")],
            ..LinkGroup::default()
        }],
        revisions: Some(TableSection {
            id: "dinh-chinh".into(),
            ..revised()
        }),
        note: Some("Không có số liệu nào khác.".into()),
        downloads: csv("6 kB"),
    }
}

fn method() -> Method {
    Method {
        narrative: Some(Html("<p>Trang này được dựng từ báo cáo gốc.</p>".into())),
        questions: vec![TextSection {
            id: "lam-tron".into(),
            title: "Số được làm tròn thế nào?".into(),
            html: Html("<p>Nửa đơn vị làm tròn ra xa số không.</p>".into()),
        }],
        definitions: vec![define(
            "Không phát sinh",
            "Không có hồ sơ nào trong kỳ, nên không có tỷ lệ.",
        )],
        checks: None,
    }
}
