//! A small site, and what its narratives become.

use proptest::prelude::*;

use super::*;
use crate::catalog;
use crate::config::Config;
use crate::ingest;

const UNITS: &str = "id,code,portal_code,name,short_name,level,parent,valid_from,valid_to,aliases
binh-dinh,,,Tỉnh Bình Định,Bình Định,tinh,,,,
binh-dinh/a,,,Xã An,An,xa,binh-dinh,,,
binh-dinh/b,,,Xã Bình,Bình,xa,binh-dinh,,,
binh-dinh/c,,,Xã Cát,Cát,xa,binh-dinh,,,
phu-tho,,,Tỉnh Phú Thọ,Phú Thọ,tinh,,,,
";
const SERVICES: &str =
    "id,name,short_name,kind,members,authority,levels,valid_from,valid_to,basis,aliases
khai-sinh,Đăng ký khai sinh,Khai sinh,service,,,,,,,
";
const MEASURES: &str = "[tiep-nhan]\nlabel = \"Hồ sơ tiếp nhận\"\nunit = \"hồ sơ\"\nunit_en = \"dossiers\"\ntype = \"count\"\nnature = \"flow\"
[dung-han]\nlabel = \"Hồ sơ đúng hạn\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"flow\"\nwithin = [\"tiep-nhan\"]
[van-ban]\nlabel = \"Văn bản\"\nunit = \"văn bản\"\ntype = \"count\"\nnature = \"flow\"
[cap-do]\nlabel = \"Cấp độ an toàn\"\nunit = \"cấp độ\"\ntype = \"level\"\nnature = \"stock\"\n";
const INDICATORS: &str = "[ty-le]\nlabel = \"Tỷ lệ đúng hạn\"\nkind = \"ratio\"\nnumerator = [\"dung-han\"]
denominator = [\"tiep-nhan\"]\nof_whom = \"hồ sơ\"\nunit = \"%\"\ndirection = \"up\"\ndecimals = 1
[hai-long]\nlabel = \"Tỷ lệ hài lòng\"\nkind = \"ratio\"\nunit = \"%\"\ndirection = \"up\"\ndecimals = 2\n";
const TARGETS: &str =
    "period,indicator,unit,service,operator,value,as_written,deadline,deadline_kind
2024-08,ty-le,binh-dinh,,>=,80,80%,2023-06-30,by
2024-08,tiep-nhan,binh-dinh,,<=,1200,,,
";

fn period(id: &str, label: &str, start: &str, end: &str) -> String {
    format!(
        "period = \"{id}\"\nlabel = \"{label}\"\nstart = {start}\nend = {end}\ncadence = \"thang\"\nunit = \"binh-dinh\"\n"
    )
}

/// What a narrative at `path` becomes, and what is found in it.
pub(super) fn read_at(path: &str, markdown: &str) -> (Vec<Narrative>, Vec<Diagnostic>) {
    let before = "đơn vị,tiep-nhan,dung-han,van-ban,hai-long\nbinh-dinh,1269,1000,,99,9%\n"
        .replace("99,9%", "\"99,5%\"");
    let now = "đơn vị,dịch vụ,tiep-nhan,dung-han,van-ban,cap-do,hai-long
binh-dinh,,1.281,1.178,hơn 60,cấp độ 3,\"99,90%\"
binh-dinh/a,,100,90,chưa báo cáo,,
binh-dinh/b,,200,180,không áp dụng,,
binh-dinh/c,,0,0,3–4,,
binh-dinh,khai-sinh,40,30,,,
";
    let sources = Sources::new(vec![
        SourceFile::new("data/catalog/units.csv", UNITS),
        SourceFile::new("data/catalog/services.csv", SERVICES),
        SourceFile::new("data/catalog/measures.toml", MEASURES),
        SourceFile::new("data/catalog/indicators.toml", INDICATORS),
        SourceFile::new("data/catalog/targets.csv", TARGETS),
        SourceFile::new(
            "data/a/period.toml",
            period("2024-08", "Tháng 8/2024", "2024-08-01", "2024-08-31"),
        ),
        SourceFile::new("data/a/x.csv", before),
        SourceFile::new(
            "data/b/period.toml",
            period("2024-09", "Tháng 9/2024", "2024-09-01", "2024-09-30"),
        ),
        SourceFile::new("data/b/x.csv", now),
        SourceFile::new(path, markdown),
    ]);
    let mut findings = Vec::new();
    let config = Config {
        number_style: Some(crate::text::number::Style::Vietnamese),
        ..Config::default()
    };
    let catalog = catalog::read(&sources).take(&mut findings);
    let periods = ingest::read_periods(&sources, &catalog).take(&mut findings);
    let targets = catalog::read_targets(&sources, &catalog, &periods.list).take(&mut findings);
    let mut ingested = ingest::read(&sources, &catalog, &config, &periods, &[]).take(&mut findings);
    assert_eq!(findings, [], "the site itself is sound");
    if markdown.contains("doubtful") {
        for ix in ingested.facts.indices() {
            ingested.facts.mark_doubtful(ix);
        }
    }
    let analysis = Analysis::new(&catalog, &config, &periods, &ingested, &targets, None);
    let link = |target: LinkTarget<'_>, _: &PageTarget| match target {
        LinkTarget::Site(path) => format!("..{path}"),
        LinkTarget::Unit(unit) => format!("../don-vi/{}/", catalog.units.get(unit).id),
        other => format!("{other:?}"),
    };
    let exists = |path: &str, _: &PageTarget| path.starts_with("/doi-chieu/");
    let addresses = Addresses {
        href: &link,
        exists: &exists,
    };
    let words = crate::theme::read_words(&crate::theme::ThemeFiles::new());
    let others = [std::sync::Arc::clone(words.of("en"))];
    let checked = crate::render::with_voices(&analysis, words.of("vi"), &others, |voices| {
        read(&sources, &analysis, addresses, voices)
    });
    (checked.value, checked.diagnostics)
}

pub(super) const PATH: &str = "content/ky/2024-09.md";

/// The HTML of a sound text.
fn html(markdown: &str) -> String {
    let (narratives, findings) = read_at(PATH, markdown);
    assert_eq!(findings, [], "{markdown}");
    shown(&narratives)
}

fn shown(narratives: &[Narrative]) -> String {
    let segments = narratives.iter().flat_map(|n| &n.segments);
    let texts = segments.map(|s| match s {
        Segment::Html(html) => html.clone(),
        Segment::Block(block) => format!("[{block:?}]\n"),
    });
    texts.collect()
}

/// The text of one binding.
fn says(binding: &str) -> String {
    let html = html(&format!("{{{{ {binding} }}}}"));
    html.trim()
        .trim_start_matches("<p>")
        .trim_end_matches("</p>")
        .replace('\u{a0}', "_")
}

/// Code, place and suggestion of each finding.
pub(super) fn found(markdown: &str) -> Vec<String> {
    let (_, findings) = read_at(PATH, markdown);
    let words = |d: &Diagnostic| {
        let place = d.place.shown().trim_start_matches(PATH).to_owned();
        let near = d
            .suggestion
            .as_ref()
            .map(|s| format!(" → {s}"))
            .unwrap_or_default();
        format!("{}{place}{near}", d.code)
    };
    findings.iter().map(words).collect()
}

#[test]
fn figures_have_their_words() {
    for (binding, wanted) in [
        ("value(\"tiep-nhan\")", "1.281_hồ sơ"),
        ("value(\"tiep-nhan\", form=\"number\")", "1.281"),
        ("value(\"tiep-nhan\", service=\"khai-sinh\")", "40_hồ sơ"),
        ("value(\"tiep-nhan\", period=\"2024-08\")", "1.269_hồ sơ"),
        ("value(\"ty-le\")", "92,0%"),
        (
            "value(\"ty-le\", form=\"of-whom\")",
            "1.178 trong 1.281_hồ sơ",
        ),
        ("value(\"ty-le\", unit=\"binh-dinh/c\")", "không phát sinh"),
        ("value(\"hai-long\")", "99,90%"),
        ("value(\"hai-long\", form=\"as-written\")", "99,90%"),
        ("value(\"van-ban\")", "hơn 60_văn bản"),
        ("value(\"van-ban\", form=\"as-written\")", "hơn 60"),
        ("value(\"van-ban\", unit=\"binh-dinh/a\")", "chưa báo cáo"),
        ("value(\"van-ban\", unit=\"binh-dinh/b\")", "không áp dụng"),
        (
            "value(\"van-ban\", unit=\"binh-dinh/c\")",
            "3 đến 4_văn bản",
        ),
        ("value(\"cap-do\")", "cấp độ_3"),
        ("change(\"ty-le\")", "tăng 13,2_điểm phần trăm"),
        ("change(\"tiep-nhan\")", "tăng 12_hồ sơ (0,9%)"),
        (
            "change(\"tiep-nhan\", period=\"2024-08\")",
            "chưa có kỳ trước để so sánh",
        ),
        ("change(\"van-ban\")", "không so sánh được"),
        (
            "rank(\"ty-le\", unit=\"binh-dinh/a\")",
            "đồng hạng 1 với 1 đơn vị khác",
        ),
        ("rank(\"ty-le\", unit=\"binh-dinh/c\")", "chưa xếp hạng"),
        ("rank(\"ty-le\")", "chưa xếp hạng"),
        ("target(\"ty-le\")", "ít nhất 80%, hạn 30/6/2023"),
        ("target(\"tiep-nhan\")", "nhiều nhất 1.200_hồ sơ"),
        (
            "link(\"binh-dinh/a\")",
            "<a href=\"../don-vi/binh-dinh/a/\">Xã An</a>",
        ),
        (
            "link(\"binh-dinh/a\", \"<b>\")",
            "<a href=\"../don-vi/binh-dinh/a/\">&lt;b&gt;</a>",
        ),
    ] {
        assert_eq!(says(binding), wanted, "{binding}");
    }
}

#[test]
fn a_doubtful_figure_says_so() {
    let html = html("doubtful: {{ value(\"tiep-nhan\") }}");
    assert!(html.contains("1.281\u{a0}hồ sơ (cần đối chiếu)"), "{html}");
}

#[test]
fn each_slip_is_reported_at_its_place() {
    for (markdown, wanted) in [
        ("a\n{{ value(tiep-nhan) }}", "binding-syntax:2:10"),
        ("{{ value(\"tiep-nhan\"", "binding-syntax:1:1"),
        ("{{ value() }}", "binding-syntax:1:1"),
        ("{{ valeu(\"tiep-nhan\") }}", "function-unknown:1:4 → value"),
        (
            "{{ value(\"tiep-nhan\", unti=\"binh-dinh\") }}",
            "argument-unknown:1:23 → unit",
        ),
        (
            "{{ value(\"tiep-nhan\", form=\"x\") }}",
            "argument-invalid:1:28",
        ),
        ("{{ tasks(limit=0) }}", "argument-invalid:1:16"),
        (
            "{{ chart(\"tiep-nhan\", kind=\"line\", by=\"unit\") }}",
            "argument-invalid:1:39",
        ),
        (
            "{{ chart(\"tiep-nhan\", kind=\"stacked\", by=\"unit\") }}",
            "argument-invalid:1:42",
        ),
        (
            "{{ chart(\"tiep-nhan\", by=\"period\") }}",
            "argument-invalid:1:26",
        ),
        (
            "{{ chart(\"ty-le\", kind=\"bullet\", by=\"period\") }}",
            "argument-invalid:1:37",
        ),
        (
            "{{ value(\"tiep-nham\") }}",
            "name-unknown:1:10 → tiep-nhan",
        ),
        (
            "{{ value(\"tiep-nhan\", unit=\"binh-din\") }}",
            "name-unknown:1:28 → binh-dinh",
        ),
        (
            "{{ value(\"tiep-nhan\", service=\"khai-sin\") }}",
            "name-unknown:1:31 → khai-sinh",
        ),
        (
            "{{ value(\"tiep-nhan\", period=\"2024-19\") }}",
            "name-unknown:1:30 → 2024-09",
        ),
        (
            "Có {{ value(\"tiep-nhan\", unit=\"phu-tho\") }}.",
            "figure-missing:1:4",
        ),
        ("{{ target(\"dung-han\") }}", "figure-missing:1:1"),
        ("{{ link(\"phu-tho\") }}", "name-unknown:1:9"),
        (
            "{{ link(\"binh-dinh/d\") }}",
            "name-unknown:1:9 → binh-dinh/a",
        ),
        ("Xem {{ tasks() }}.", "binding-syntax:1:5"),
        ("{{ ranking(\"ty-le\") }}", "binding-syntax:1:1"),
        (
            "{{ ranking(\"tiep-nhan\", level=\"xa\") }}",
            "argument-invalid:1:12",
        ),
        ("{{ value(\"ty-le\") }} <b>đậm</b", "raw-html"),
        ("[a](javascript:alert)", "link-unsafe:1:1"),
        ("{{ value(\"ty-le\") }} [a](//x.vn)", "link-unsafe:1:22"),
        ("+++\ntitel = \"A\"\n+++\n", "key-unknown:2:1 → title"),
        (
            "+++\ntitle = \"A\"\nunit = \"binh-din\"\n+++\n",
            "name-unknown:3:8 → binh-dinh",
        ),
        ("+++\ntitle = \"A\nunit\n+++\n", "front-matter:3:5"),
        ("+++\ntitle = \"A\"\n", "front-matter:1:1"),
    ] {
        let found = found(markdown);
        assert!(
            found.first().is_some_and(|f| f.starts_with(wanted)),
            "{markdown}: {found:?}"
        );
    }
}

#[test]
fn a_text_without_a_page_is_left_out() {
    for path in [
        "content/ky/2024-10.md",
        "content/xa.md",
        "content/don-vi/x.md",
        "content/dich-vu/x.md",
    ] {
        let (narratives, findings) = read_at(path, "a");
        assert_eq!((narratives.len(), findings.len()), (0, 1), "{path}");
        assert_eq!(findings[0].code, codes::PAGE_UNKNOWN);
    }
    let (narratives, findings) = read_at(
        "content/don-vi/binh-dinh/a.en.md",
        "{{ value(\"tiep-nhan\") }}",
    );
    assert_eq!((findings, narratives[0].lang.as_str()), (Vec::new(), "en"));
    assert!(shown(&narratives).contains("100\u{a0}dossiers"));
}

/// What the English catalogue does not have is marked as of the language of the data.
#[test]
fn figures_of_an_english_text_have_english_words() {
    for (call, expected) in [
        ("value(\"tiep-nhan\")", "1,281_dossiers"),
        (
            "value(\"ty-le\", form=\"of-whom\")",
            "1,178 of 1,281_[hồ sơ]",
        ),
        ("value(\"van-ban\")", "more than 60_[văn bản]"),
        ("value(\"van-ban\", unit=\"binh-dinh/a\")", "not reported"),
        ("value(\"van-ban\", unit=\"binh-dinh/b\")", "not applicable"),
        (
            "value(\"van-ban\", unit=\"binh-dinh/c\")",
            "3 to 4_[văn bản]",
        ),
        ("value(\"ty-le\", unit=\"binh-dinh/c\")", "no cases"),
        ("change(\"tiep-nhan\")", "up 12_dossiers (0.9%)"),
        ("target(\"ty-le\")", "at least 80% by 30 June 2023"),
        ("target(\"tiep-nhan\")", "at most 1,200_dossiers"),
        (
            "rank(\"ty-le\", unit=\"binh-dinh/a\")",
            "rank 1, shared with one other",
        ),
        (
            "link(\"2024-09\")",
            "<a href=\"Edition(PeriodIx(1))\">September 2024</a>",
        ),
    ] {
        let text = format!("{{{{ {call} }}}}");
        let (narratives, findings) = read_at("content/ky/2024-09.en.md", &text);
        assert_eq!(findings, [], "{call}");
        let html = shown(&narratives);
        let said = html.trim().trim_start_matches("<p>");
        let said = said.trim_end_matches("</p>").replace('\u{a0}', "_");
        let said = said.replace('\u{e000}', "[").replace('\u{e001}', "]");
        assert_eq!(said, expected, "{call}");
    }
}

#[test]
fn front_matter_sets_title_and_defaults() {
    let text = "+++\r\ntitle = \"Một\"\r\nunit = \"binh-dinh/a\"\r\nperiod = \"2024-09\"\r\n+++\r\n{{ value(\"tiep-nhan\") }}\r\n";
    let (narratives, findings) = read_at("content/index.md", text);
    assert_eq!(findings, []);
    assert_eq!(
        (narratives[0].title.as_deref(), narratives[0].target),
        (Some("Một"), PageTarget::Home)
    );
    assert_eq!(shown(&narratives), "<p>100\u{a0}hồ sơ</p>\n");
}

#[test]
fn blocks_stand_between_the_text() {
    let text = "Một[^1]\n\n{{ chart(\"tiep-nhan\", kind=\"line\", title=\"T\") }}\n\n[^1]: Hai\n\n\
        {{ ranking(\"ty-le\", level=\"xa\", top=5) }}\n{{ tasks(status=\"dang-thuc-hien\", limit=10) }}\n\n\
        {{ table(\"tiep-nhan\", \"ty-le\", by=\"unit\") }}\n";
    let (narratives, findings) = read_at(PATH, text);
    assert_eq!(findings, []);
    let kinds: Vec<&str> = (narratives[0].segments.iter())
        .map(|s| match s {
            Segment::Html(_) => "html",
            Segment::Block(Block::Chart {
                kind: ChartKind::Line,
                by: By::Period,
                ..
            }) => "chart",
            Segment::Block(Block::Table { by: By::Unit, .. }) => "table",
            Segment::Block(Block::Ranking { top: Some(5), .. }) => "ranking",
            Segment::Block(Block::Tasks {
                status: Some(TaskStatus::InProgress),
                period: Some(_),
                ..
            }) => "tasks",
            Segment::Block(_) => "other",
        })
        .collect();
    assert_eq!(
        kinds,
        ["html", "chart", "html", "ranking", "tasks", "table"]
    );
}

#[test]
fn headings_begin_at_the_second_level_and_have_ids() {
    let html = html("# Ưu điểm\n\n## Ưu điểm\n\n### Có {{ value(\"tiep-nhan\") }}\n\n## ?\n");
    for wanted in [
        "<h2 id=\"uu-diem\">",
        "<h2 id=\"uu-diem-2\">",
        "<h3 id=\"co\">Có 1.281",
        "<h2 id=\"muc\">",
    ] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
}

#[test]
fn links_inside_the_site_are_made_by_the_renderer() {
    assert_eq!(
        html("[x](/doi-chieu/#a)"),
        "<p><a href=\"../doi-chieu/#a\">x</a></p>\n"
    );
    assert_eq!(
        html("![x](https://a.vn/b.png \"t\")"),
        "<p><a href=\"https://a.vn/b.png\">x</a></p>\n"
    );
    assert_eq!(
        html("<a@b.vn>"),
        "<p><a href=\"mailto:a@b.vn\">a@b.vn</a></p>\n"
    );
}

#[test]
fn bindings_in_code_are_left_alone() {
    let html = html("`{{ value(x) }}`\n\n```toml\n{{ y }}\n```\n\n`a` {{ value(\"ty-le\") }}\n");
    assert!(
        html.contains("<code>{{ value(x) }}</code>")
            && html.contains("{{ y }}")
            && html.contains("92,0%"),
        "{html}"
    );
}

#[test]
fn bindings_hold_within_tables_and_emphasis() {
    let html = html(
        "| a | b |\n|---|--:|\n| **{{ value(\"ty-le\") }}** | {{ value(\"tiep-nhan\", form=\"number\") }} |\n",
    );
    assert!(
        html.contains("<td><strong>92,0%</strong></td><td>1.281</td>"),
        "{html}"
    );
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn nothing_harmful_reaches_the_page() {
    for markdown in [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](java\\\nscript:alert(1))",
        "[a]( \u{1}javascript:alert(1))",
        "<javascript:alert(1)>",
        "![a](javascript:alert(1))",
        "![a](data:text/html,x)",
        "[a]\n\n[a]: javascript:alert(1)\n",
        "[a](vbscript:x)",
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<div onclick=\"x\">\na\n</div>",
        "<iframe src=\"https://x.vn\"></iframe>",
        "<style>a{}</style>",
        "<!-- x -->",
        "[a](<{{ value(\"ty-le\") }}>)",
        "[![a](javascript:x)](javascript:y)",
        "{{ link(\"binh-dinh\", \"<script>\") }} <svg onload=x>",
    ] {
        let (narratives, findings) = read_at(PATH, markdown);
        let html = shown(&narratives);
        for bad in [
            "href=\"java",
            "href=\"data",
            "href=\"vb",
            "<script",
            "<img",
            "<div",
            "<iframe",
            "<style",
            "<svg",
            "<!--",
        ] {
            assert!(!html.to_lowercase().contains(bad), "{markdown}: {html}");
        }
        let told = findings
            .iter()
            .any(|d| [codes::RAW_HTML, codes::LINK_UNSAFE].contains(&d.code));
        assert!(told || !html.contains("<a "), "{markdown}: {html}");
    }
}

#[test]
fn reserved_signs_cannot_be_forged() {
    let text = "{{ tasks() }}\n\n&#xE002;0&#xE003; \u{e002}0\u{e003} &#xE000;0&#xE001; `\u{e000}0\u{e001}`\n";
    let (narratives, findings) = read_at(PATH, text);
    assert_eq!((findings.len(), narratives[0].segments.len()), (0, 2));
    assert!(!shown(&narratives).contains(|c| ('\u{e000}'..='\u{e003}').contains(&c)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        read_at(PATH, &text);
    }

    #[test]
    fn no_markdown_panics(parts in proptest::collection::vec(
        "\\{\\{|\\}\\}| value\\(|\"ty-le\"|, ?|form=|\\)|`|```|\n|\n\n|<b>|<!--|# |- |\\||---|\\[|\\]|\\(|\\+\\+\\+|\u{e000}|&#xE000;|\\*|x|đ|    ",
        0..40,
    )) {
        let (narratives, _) = read_at(PATH, &parts.concat());
        let html = shown(&narratives);
        prop_assert!(!html.contains("<b>") && !html.contains("<!--"));
    }
}
