//! Tasks, data, method, not found, and the page that leads to the newest edition.

use super::{crumbs, description, frame};
use crate::content::{Narrative, PageTarget};
use crate::export::figures::HEADER;
use crate::model::{MeasureType, Nature, Stat};
use crate::render::context::{
    Cell, Column, Data, Definition, FileEntry, FileGroup, Fill, Link, Method, NotFound, Page,
    Redirect, Row, Table, TableSection, Tasks, TextSection,
};
use crate::render::tasks::{self, Shown};
use crate::render::view::View;
use crate::render::words::upper_first;
use crate::render::{figures, kilobytes, narrative, rankings};
use crate::text::order;
use crate::theme::{Theme, ThemeError};

/// All tasks, by state.
pub(in crate::render) fn tasks(view: &View<'_>) -> (Page, Tasks) {
    let path = format!("{}/", view.analysis.config.paths.tasks);
    let mut page = frame(view, "tasks", "tasks", &path, &view.t("page.tasks", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.tasks", &[]));
    let all = tasks::select(view, |_, _| true);
    let overdue = all.iter().filter(|(_, _, s)| *s == Shown::Overdue).count();
    page.message = match (all.len(), overdue) {
        (0, _) => "Chưa có nhiệm vụ nào trong các văn bản".into(),
        (n, 0) => format!("{n} nhiệm vụ, không nhiệm vụ nào quá hạn theo báo cáo"),
        (n, o) => format!("{n} nhiệm vụ; {o} nhiệm vụ quá hạn theo báo cáo"),
    };
    let as_of = view
        .analysis
        .as_of
        .map_or_else(String::new, crate::text::date::Date::format_vi);
    page.lead = Some(format!(
        "Tình trạng lấy từ báo cáo; hạn được xét đến ngày {as_of}. Nhiệm vụ mà văn bản không nêu kết quả ghi là chưa báo cáo và không tính là quá hạn."
    ));
    page.description = description(&format!(
        "{}. {}",
        page.message,
        page.lead.clone().unwrap_or_default()
    ));
    let sections = Shown::ALL
        .iter()
        .filter_map(|state| {
            let list: Vec<_> = all.iter().filter(|(_, _, s)| s == state).collect();
            if list.is_empty() {
                return None;
            }
            Some(crate::render::context::TaskSection {
                id: format!("trang-thai-{}", crate::text::slug::slug(&state.words(view))),
                title: format!("{} ({})", upper_first(&state.words(view)), list.len()),
                note: Some(state.meaning(view)),
                rows: list
                    .iter()
                    .map(|(i, t, _)| tasks::row(view, *i, t, true))
                    .collect(),
                more: None,
            })
        })
        .collect();
    let body = Tasks {
        chart: chart(view, &all),
        sections,
        definitions: Vec::new(),
        downloads: vec![FileEntry {
            kind: "file".into(),
            name: "Nhiệm vụ".into(),
            href: format!("{}/nhiem-vu.csv", view.analysis.config.paths.data),
            format: "CSV".into(),
            size: kilobytes(view.tasks_size),
            note: None,
        }],
    };
    (page, body)
}

/// Counts by report and state: finished, overdue, not finished or not known, not reported.
fn chart(
    view: &View<'_>,
    all: &[(usize, &crate::model::Task, Shown)],
) -> Option<crate::render::context::ChartFigure> {
    let mut rows: Vec<(String, Vec<u32>)> = Vec::new();
    for report in &view.analysis.periods.reports {
        let mut counts = vec![0u32; 4];
        for (_, task, state) in all {
            if std::ptr::eq(tasks::report_of(view, task), report) {
                let at = match state {
                    Shown::Done => 0,
                    Shown::Overdue => 1,
                    Shown::Open
                    | Shown::Regular
                    | Shown::Blocked
                    | Shown::NotStarted
                    | Shown::Unconfirmed => 2,
                    Shown::NotReported => 3,
                };
                counts[at] += 1;
            }
        }
        if counts.iter().sum::<u32>() > 0 {
            rows.push((view.unit_short(report.unit).to_owned(), counts));
        }
    }
    if rows.is_empty() {
        return None;
    }
    rows.sort_by(|a, b| {
        b.1.iter()
            .sum::<u32>()
            .cmp(&a.1.iter().sum())
            .then(a.0.cmp(&b.0))
    });
    rows.truncate(12);
    let labels = [
        ("Hoàn thành", Fill::First),
        ("Quá hạn", Fill::Second),
        ("Chưa xong hoặc chưa rõ", Fill::Third),
        ("Chưa báo cáo", Fill::Fourth),
    ];
    let n = rows.len();
    let mut figure = figures::counts(
        &format!("Nhiệm vụ của {n} văn bản theo tình trạng"),
        "Số nhiệm vụ, theo đơn vị báo cáo.".into(),
        "Đơn vị",
        &labels,
        &rows,
    );
    figure.id = Some("theo-tinh-trang".into());
    Some(figure)
}

/// Everything to take away, and what its columns mean.
pub(in crate::render) fn data(view: &View<'_>) -> (Page, Data) {
    let data = &view.analysis.config.paths.data;
    let path = format!("{data}/");
    let mut page = frame(view, "data", "data", &path, &view.t("page.data", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.data", &[]));
    page.description = "Mọi số liệu, chỉ tiêu và phát hiện đối chiếu của trang này, dạng CSV và JSON, kèm từ điển.".into();
    page.lead = Some(page.description.clone());
    let whole = FileGroup {
        id: "toan-bo".into(),
        title: "Toàn bộ".into(),
        note: None,
        files: vec![
            FileEntry {
                kind: "file".into(),
                name: "Mọi số liệu của mọi kỳ".into(),
                href: format!("{data}/so-lieu.csv"),
                format: "CSV".into(),
                size: kilobytes(view.whole_size),
                note: Some(
                    "UTF-8, dấu phẩy; mỗi dòng một số liệu, tỷ lệ, chỉ tiêu hoặc số theo báo cáo"
                        .into(),
                ),
            },
            FileEntry {
                kind: "file".into(),
                name: "Phát hiện đối chiếu".into(),
                href: format!("{data}/doi-chieu.json"),
                format: "JSON".into(),
                size: kilobytes(view.findings_size),
                note: None,
            },
            FileEntry {
                kind: "file".into(),
                name: "Nhiệm vụ".into(),
                href: format!("{data}/nhiem-vu.csv"),
                format: "CSV".into(),
                size: kilobytes(view.tasks_size),
                note: None,
            },
            super::revisions::file(view),
            FileEntry {
                kind: "file".into(),
                name: "Tóm tắt bằng lời của từng đơn vị, dịch vụ, kỳ".into(),
                href: format!("{data}/tom-tat.csv"),
                format: "CSV".into(),
                size: kilobytes(view.summaries_size),
                note: Some("Tiếng Việt và tiếng Anh, chép dùng được ngay".into()),
            },
        ],
    };
    let editions = FileGroup {
        id: "theo-ky".into(),
        title: "Theo kỳ".into(),
        note: None,
        files: view
            .analysis
            .period_indices()
            .rev()
            .map(|p| FileEntry {
                kind: "file".into(),
                ..figures::data_file(view, p)
            })
            .collect(),
    };
    let licence = &view.analysis.config.licence;
    let terms = if licence.name.is_empty() {
        view.t("footer.reuse", &[])
    } else {
        licence.name.clone()
    };
    let body = Data {
        files: vec![whole, editions],
        dictionary: vec![
            columns_table(),
            revision_columns(view),
            measures_table(view),
            indicators_table(view),
        ],
        definitions: vec![
            Definition {
                term: "Dùng lại".into(),
                text: format!("{}.", terms.trim_end_matches('.')),
                link: None,
            },
            Definition {
                term: "Trích dẫn".into(),
                text: format!(
                    "{}, kỳ công bố, ngày của số liệu, địa chỉ trang.",
                    view.analysis.config.title
                ),
                link: None,
            },
        ],
    };
    (page, body)
}

/// What each column of the CSV means.
fn columns_table() -> TableSection {
    const MEANINGS: [&str; 24] = [
        "mã kỳ",
        "ngày đầu mà số liệu nói tới",
        "ngày cuối mà số liệu nói tới",
        "mã đơn vị hoặc khối",
        "tên đơn vị",
        "mã dịch vụ, trống nếu không riêng dịch vụ nào",
        "tên dịch vụ",
        "measure: số đo; indicator: tính lại; claim: theo báo cáo; score: điểm; target: chỉ tiêu",
        "mã số đo hoặc chỉ tiêu",
        "giá trị, dấu chấm thập phân; tỷ lệ tính bằng phần trăm",
        "cận trên nếu là một khoảng",
        "=, >, ≥, <, ≤, ≈",
        "chữ như văn bản ghi",
        "đơn vị tính",
        "tử số của tỷ lệ tính lại",
        "mẫu số của tỷ lệ tính lại",
        "mẫu số đếm ai hoặc cái gì",
        "phép so của chỉ tiêu",
        "hạn của chỉ tiêu",
        "căn cứ",
        "provisional, final, revised, no-activity, not-reported, not-applicable, not-comparable, suppressed, unreadable",
        "tệp nguồn",
        "dòng:cột trong tệp nguồn",
        "ghi chú, chỗ trong văn bản gốc",
    ];
    let rows = HEADER
        .iter()
        .zip(MEANINGS)
        .map(|(name, meaning)| Row {
            head: (*name).to_owned(),
            cells: vec![Cell::word(meaning)],
            ..Row::default()
        })
        .collect();
    section(
        "cot",
        "Các cột của so-lieu.csv",
        vec![Column::words("Cột"), Column::words("Nghĩa")],
        rows,
    )
}

/// What each column of the revisions means.
fn revision_columns(view: &View<'_>) -> TableSection {
    let rows = crate::export::revisions::HEADER
        .iter()
        .map(|name| Row {
            head: (*name).to_owned(),
            cells: vec![Cell::word(&view.t(&format!("revision.column_{name}"), &[]))],
            ..Row::default()
        })
        .collect();
    section(
        "cot-dinh-chinh",
        &view.t("revision.columns", &[]),
        vec![
            Column::words(&view.t("revision.column", &[])),
            Column::words(&view.t("revision.meaning", &[])),
        ],
        rows,
    )
}

fn section(id: &str, title: &str, columns: Vec<Column>, rows: Vec<Row>) -> TableSection {
    TableSection {
        id: id.to_owned(),
        title: title.to_owned(),
        note: None,
        table: Table {
            caption: Some(title.to_owned()),
            columns,
            rows,
            stacked: true,
        },
        source: None,
        downloads: Vec::new(),
    }
}

fn measures_table(view: &View<'_>) -> TableSection {
    let mut list: Vec<&crate::model::Measure> = view.analysis.catalog.measures.iter().collect();
    list.sort_by(|a, b| order::compare(&a.label, &b.label));
    let rows = list
        .iter()
        .map(|m| {
            let nature = match m.nature {
                Nature::Flow => "trong kỳ",
                Nature::YearToDate => "lũy kế từ đầu năm",
                Nature::Stock => "tại cuối kỳ",
            };
            let unit = if m.kind == MeasureType::YesNo {
                "có/không"
            } else {
                &m.unit
            };
            Row {
                head: m.label.clone(),
                note: Some(m.id.clone()),
                cells: vec![
                    Cell::word(unit),
                    Cell::word(nature),
                    Cell::word(&m.definition),
                ],
                ..Row::default()
            }
        })
        .collect();
    let columns = vec![
        Column::words("Số đo"),
        Column::words("Đơn vị tính"),
        Column::words("Tính"),
        Column::words("Nghĩa"),
    ];
    section("so-do", "Số đo", columns, rows)
}

fn indicators_table(view: &View<'_>) -> TableSection {
    let mut list: Vec<crate::model::IndicatorIx> =
        view.analysis.catalog.indicator_indices().collect();
    list.sort_by(|a, b| {
        order::compare(
            view.label(Stat::Indicator(*a)),
            view.label(Stat::Indicator(*b)),
        )
    });
    let rows = list
        .iter()
        .map(|i| {
            let d = view.analysis.catalog.indicator(*i);
            Row {
                head: d.label.clone(),
                href: Some(view.indicator_href(*i)),
                note: Some(d.id.clone()),
                cells: vec![
                    Cell::word(&d.of_whom),
                    Cell::word(&rankings::definition_text(d)),
                ],
                ..Row::default()
            }
        })
        .collect();
    section(
        "chi-tieu",
        "Chỉ tiêu",
        vec![
            Column::words("Chỉ tiêu"),
            Column::words("Tính trên"),
            Column::words("Nghĩa"),
        ],
        rows,
    )
}

/// How the figures are made: the office's own words.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(in crate::render) fn method(
    view: &View<'_>,
    theme: &Theme,
    narratives: &[Narrative],
) -> Result<(Page, Method), ThemeError> {
    let path = format!("{}/", view.analysis.config.paths.method);
    let mut page = frame(view, "method", "method", &path, &view.t("page.method", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.method", &[]));
    page.description = "Số liệu lấy từ đâu, tỷ lệ tính thế nào, xếp hạng ra sao, và chỗ chưa khớp được xử lý thế nào.".into();
    page.lead = Some(page.description.clone());
    let mut body = Method::default();
    if let Some(n) = narratives.iter().find(|n| n.target == PageTarget::Method) {
        if let Some(title) = &n.title {
            page.message.clone_from(title);
        }
        body.narrative = Some(narrative::html_as_it_is(view, theme, n, &page.root)?);
    } else {
        body.questions = vec![TextSection {
            id: "cach-tinh".into(),
            title: "Tỷ lệ được tính thế nào?".into(),
            html: crate::render::context::Html(
                "<p>Tỷ lệ là tổng chia tổng, làm tròn nửa lên; không lấy trung bình của các tỷ lệ.</p>".into(),
            ),
        }];
    }
    body.definitions = vec![
        Definition {
            term: "Bốn cách không có số".into(),
            text: view.t("state.meaning", &[]),
            link: None,
        },
        Definition {
            term: upper_first(&view.t("state.stated", &[])),
            text: view.t("state.stated_meaning", &[]),
            link: None,
        },
    ];
    if !view.analysis.targets.is_empty() {
        body.definitions.push(Definition {
            term: view.t("target.states_title", &[]),
            text: view.t("target.states", &[]),
            link: None,
        });
    }
    let has_bands = (0..view.rankings.len()).any(|at| {
        let entries = &view.ranked(at).ranking.entries;
        entries.iter().any(|e| e.band.is_some())
    });
    if has_bands {
        body.definitions.push(Definition {
            term: view.t("rank.band_head", &[]),
            text: view.t("rank.band_method", &[]),
            link: None,
        });
    }
    let below = view.analysis.config.suppression.below;
    if below > 0 {
        body.definitions.push(Definition {
            term: view.t("suppression.term", &[]),
            text: view.t("suppression.meaning", &[("n", &(below - 1).to_string())]),
            link: None,
        });
    }
    Ok((page, body))
}

/// The page that hosts show for an address that does not exist.
pub(in crate::render) fn not_found(view: &View<'_>) -> (Page, NotFound) {
    let mut page = frame(view, "404", "", "404.html", &view.t("page.not_found", &[]));
    page.lead = Some(view.t("page.not_found_lead", &[]));
    page.description = page.message.clone();
    page.noindex = true;
    page.canonical = None;
    page.root = root_of(&view.analysis.config.base_url);
    let links = vec![
        Link {
            text: view.t("nav.home", &[]),
            href: String::new(),
        },
        Link {
            text: view.t("nav.units", &[]),
            href: format!("{}/", view.analysis.config.paths.unit),
        },
        Link {
            text: view.t("nav.editions", &[]),
            href: format!("{}/", view.analysis.config.paths.edition),
        },
    ];
    (page, NotFound { links })
}

/// The path of the site on its host: the page for missing addresses is shown at any depth.
fn root_of(base_url: &str) -> String {
    let after = base_url.split_once("://").map_or("", |(_, rest)| rest);
    after
        .find('/')
        .map_or_else(|| "/".to_owned(), |i| after[i..].to_owned())
}

/// The page that leads to the newest edition.
pub(in crate::render) fn latest(view: &View<'_>) -> Option<(Page, Redirect)> {
    let newest = view.analysis.period_indices().next_back()?;
    let path = format!("{}/", view.analysis.config.paths.latest);
    let mut page = frame(
        view,
        "redirect",
        "editions",
        &path,
        &view.t("page.moved", &[]),
    );
    page.canonical = view.canonical(&view.edition_href(newest));
    page.noindex = true;
    let target = View::link(
        &view.analysis.period(newest).label,
        view.edition_href(newest),
    );
    Some((page, Redirect { target }))
}
