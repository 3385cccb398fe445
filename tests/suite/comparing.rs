//! Units beside each other: chosen by a reader, prepared for those without script, and found on any part of a ranking.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use tiendo::pipeline::{self, Options};
use tiendo::publish::Memory;
use tiendo::source::{SourceFile, Sources};

use crate::browser::browser;
use crate::finding::{province, size, used};
use crate::support::{built, repository, write_site};
use crate::tags::{tags, unescaped};

/// What is said of all units in one language: folder, first keys, statistics, periods, words.
fn index(files: &BTreeMap<String, Vec<u8>>, lang: &str) -> Value {
    let text = std::str::from_utf8(&files[&format!("assets/so-{lang}.js")]).unwrap();
    let inside = text.strip_prefix("tiendo.give('so',").unwrap();
    let inside = inside.strip_suffix(");\n").unwrap();
    serde_json::from_str(&format!("[{inside}]")).unwrap()
}

/// The lines of all units, by key.
fn lines(files: &BTreeMap<String, Vec<u8>>, index: &Value) -> BTreeMap<String, Vec<String>> {
    let folder = index[0].as_str().unwrap();
    let mut out = BTreeMap::new();
    for i in 0..index[1].as_str().unwrap().split('|').count() {
        let text = std::str::from_utf8(&files[&format!("assets/{folder}/{i}.js")]).unwrap();
        let inside = text
            .strip_prefix(&format!("tiendo.give('so/{i}',"))
            .unwrap();
        let inside = inside.strip_suffix(");\n").unwrap();
        let piece: String = serde_json::from_str(inside).unwrap();
        for line in piece.split('\n') {
            let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
            out.insert(fields[0].clone(), fields);
        }
    }
    out
}

/// The key figures of a unit's page: label, then figure and of how many.
fn tiles(html: &str) -> BTreeMap<String, (String, String)> {
    let text = |part: &str| -> String {
        let pieces = part.split('<').enumerate();
        let texts = pieces.filter_map(|(i, p)| {
            if i == 0 {
                Some(p)
            } else {
                p.split_once('>').map(|(_, t)| t)
            }
        });
        unescaped(&texts.collect::<String>()).trim().to_owned()
    };
    let inside = |part: &str, from: &str, to: &str| -> String {
        let rest = part.split_once(from).map_or("", |(_, r)| r);
        let rest = rest.split_once('>').map_or("", |(_, r)| r);
        text(rest.split_once(to).map_or("", |(r, _)| r))
    };
    let list = html.split("<li class=\"kf\">").skip(1);
    let list = list.map(|part| part.split("</li>").next().unwrap_or(""));
    let one = |part: &str| {
        let label = inside(part, "<h2", "</h2>");
        let figure = inside(part, "<p class=\"fig", "</p>");
        let whom = part.split_once("<p>").map_or("", |(_, r)| r);
        let whom = text(whom.split_once("</p>").map_or("", |(r, _)| r));
        (label, (figure, whom))
    };
    list.map(one).collect()
}

/// Figures without the zeros after the decimal mark that columns keep.
fn trimmed(figure: &str) -> String {
    let (number, sign) = figure.strip_suffix('%').map_or((figure, ""), |n| (n, "%"));
    match number.split_once(',') {
        Some(_) => format!(
            "{}{sign}",
            number.trim_end_matches('0').trim_end_matches(',')
        ),
        None => figure.to_owned(),
    }
}

/// Every cell of the pieces that stands among the key figures of the unit's page too says the same.
fn check_against_pages(files: &BTreeMap<String, Vec<u8>>) -> usize {
    let index = index(files, "vi");
    let stats = index[2].as_array().unwrap();
    let mut compared = 0;
    for (key, fields) in lines(files, &index) {
        let Some(page) = files.get(&format!("don-vi/{key}/index.html")) else {
            assert!(key.contains('@'), "{key} has a page");
            continue;
        };
        let page = String::from_utf8_lossy(page);
        let period = index[3][fields[3].parse::<usize>().unwrap()]
            .as_str()
            .unwrap();
        let title = page
            .split_once("<title>")
            .unwrap()
            .1
            .split_once("</title>")
            .unwrap()
            .0;
        if !title.contains(period) {
            continue;
        }
        let tiles = tiles(&page);
        for (at, stat) in stats.iter().enumerate() {
            let Some(cell) = fields.get(5 + at).filter(|c| !c.is_empty()) else {
                continue;
            };
            let Some((figure, whom)) = tiles.get(stat[0].as_str().unwrap()) else {
                continue;
            };
            let mut parts = cell.split('|');
            let own = trimmed(&parts.next().unwrap()[1..]);
            assert_eq!(own, *figure, "{key} {stat}");
            let note = parts.next().unwrap_or("");
            let whom = whom
                .trim_start_matches("theo báo cáo")
                .trim_start_matches(", ");
            assert!(note.starts_with(whom), "{key} {stat}: {note:?} {whom:?}");
            compared += 1;
        }
    }
    compared
}

#[test]
fn the_pieces_hold_what_the_pages_of_units_say() {
    let folder = tempfile::tempdir().unwrap();
    let files = built(&repository(), &folder.path().join("public"));
    assert!(check_against_pages(&files) > 20);
    let english = lines(&files, &index(&files, "en"));
    let vietnamese = lines(&files, &index(&files, "vi"));
    assert!(english.keys().eq(vietnamese.keys()));
    province(folder.path());
    let files = built(&folder.path().join("site"), &folder.path().join("phu-tho"));
    assert!(check_against_pages(&files) > 140);
}

/// Six communes in every state a figure can be in.
fn states(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = [
        (
            "site.toml",
            "title = \"Thử\"\n\n[suppression]\nbelow = 5\nmeasures = [\"dung\"]\n\n[ranking]\nminimum_base = 0\n\n[home]\nindicators = [\"ty-le\", \"nhan\"]\n",
        ),
        (
            "data/catalog/units.csv",
            "id,name,level,parent\ntinh,Tỉnh Thử,tinh,\nxa-du,Xã Đủ,xa,tinh\nxa-khong,Xã Không,xa,tinh\nxa-vang,Xã Vắng,xa,tinh\nxa-khac,Xã Khác,xa,tinh\nxa-rieng,Xã Riêng,xa,tinh\nxa-thoi,Xã Thôi,xa,tinh\nxa-cu,Xã Cũ,xa,tinh\n",
        ),
        (
            "data/catalog/measures.toml",
            "[nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n[dung]\nlabel = \"Đúng hạn\"\nunit = \"hồ sơ\"\n",
        ),
        (
            "data/catalog/indicators.toml",
            "[ty-le]\nlabel = \"Tỷ lệ đúng hạn\"\nnumerator = [\"dung\"]\ndenominator = [\"nhan\"]\n",
        ),
        (
            "data/2024-08/period.toml",
            "period = \"2024-08\"\nlabel = \"Tháng 8/2024\"\nstart = 2024-08-01\nend = 2024-08-31\nunit = \"tinh\"\ncadence = \"thang\"\n",
        ),
        (
            "data/2024-08/a.csv",
            "Mã đơn vị,Tiếp nhận,Đúng hạn\nxa-cu,100,60\nxa-du,50,40\n",
        ),
        (
            "data/2024-09/period.toml",
            "period = \"2024-09\"\nlabel = \"Tháng 9/2024\"\nstart = 2024-09-01\nend = 2024-09-30\nunit = \"tinh\"\ncadence = \"thang\"\n",
        ),
        (
            "data/2024-09/a.csv",
            "Mã đơn vị,Tiếp nhận,Đúng hạn,Từ ngày,Trạng thái\nxa-du,80,72,,sơ bộ\nxa-khong,90,0,,\nxa-khac,70,63,2024-09-10,\nxa-rieng,60,3,,\nxa-thoi,không áp dụng,không áp dụng,,\n",
        ),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(p, t)| (*p, t.as_bytes())).collect();
    write_site(&root.join("site"), &files);
    built(&root.join("site"), &root.join("public"))
}

#[test]
fn every_state_of_a_figure_reads_differently() {
    let folder = tempfile::tempdir().unwrap();
    let files = states(folder.path());
    let index = index(&files, "vi");
    let lines = lines(&files, &index);
    assert_eq!(
        index[2],
        json!([["Tỷ lệ đúng hạn", "chi-tieu/ty-le/"], ["Tiếp nhận", ""]])
    );
    let cell = |unit: &str, at: usize| lines[unit].get(5 + at).cloned().unwrap_or_default();
    let place = "hạng\u{a0}1/2";
    assert_eq!(
        cell("xa-du", 0),
        format!("=90,00%|72 trong 80\u{a0}trường hợp; sơ bộ; {place}")
    );
    assert!(cell("xa-khong", 0).starts_with("=0,00%|0 trong 90\u{a0}trường hợp"));
    // The second is hidden too: the whole less the others would tell the first.
    for unit in ["xa-rieng", "xa-khac"] {
        assert_eq!(cell(unit, 0), "-được ẩn để bảo vệ thông tin cá nhân");
    }
    assert_eq!(cell("xa-thoi", 0), "-không áp dụng");
    assert_eq!(cell("xa-cu", 0), "");
    assert_eq!(
        (cell("xa-du", 1), cell("xa-khac", 1)),
        ("=80|hồ sơ; sơ bộ".into(), "=70|hồ sơ|1".into())
    );
    for unit in ["xa-du", "xa-khong"] {
        assert_eq!(lines[unit][2], "tinh");
    }
    // The page without script says the same, with the unit above first.
    let page = String::from_utf8_lossy(&files["so-sanh/tinh/xa/index.html"]).into_owned();
    let at = |text: &str| {
        page.find(text)
            .unwrap_or_else(|| panic!("no {text} in {page}"))
    };
    assert!(at(">Tỉnh Thử</a></th>") < at(">Xã Đủ</a></th>"));
    for text in [
        "72 trong 80\u{a0}trường hợp; sơ bộ",
        "0,00%",
        "được ẩn để bảo vệ thông tin cá nhân",
        "không áp dụng",
        "chưa báo cáo",
        "không so sánh được: số liệu chốt ngày khác: từ 10/9/2024 đến 30/9/2024",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let unit = String::from_utf8_lossy(&files["don-vi/xa-du/index.html"]).into_owned();
    assert!(unit.contains("href=\"../../so-sanh/tinh/xa/index.html?dv=xa-du\">So sánh với các xã, phường của tỉnh Thử</a>"));
}

#[test]
fn what_is_not_comparable_is_said_where_units_are_chosen() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    states(folder.path());
    let script = r##"
        const f = await open("so-sanh/index.html?dv=xa-du,xa-khac,xa-rieng,xa-thoi,xa-khong");
        await until(() => one(f, ".tb tbody tr"));
        out.rows = all(f, "#so-sanh + .tb tbody tr").map((r) => [...r.cells].map((c) => c.textContent));
        out.heads = all(f, "#so-sanh + .tb thead th").map((c) => c.textContent);
        out.none = all(f, "#so-sanh + .tb td.no").length;"##;
    let out = used(browser, &folder.path().join("public"), script);
    assert_eq!(
        out["heads"],
        json!([
            "Chỉ tiêu",
            "Tỉnh Thử",
            "Xã Đủ",
            "Xã Khác",
            "Xã Riêng",
            "Xã Thôi"
        ]),
        "at most four"
    );
    let place = "hạng\u{a0}1/2";
    let own = format!("90,00%72 trong 80\u{a0}trường hợp; sơ bộ; {place}");
    let spaces = |v: &Value| v.as_str().unwrap().replace("&nbsp;", "\u{a0}");
    assert_eq!(spaces(&out["rows"][0][2]), own);
    let hidden = "được ẩn để bảo vệ thông tin cá nhân";
    assert_eq!(
        (&out["rows"][0][3], &out["rows"][0][4]),
        (&json!(hidden), &json!(hidden))
    );
    let days = "70hồ sơkhông so sánh được: chốt ngày khác hoặc tính cách khác";
    assert_eq!(
        (&out["rows"][1][3], &out["rows"][1][5]),
        (&json!(days), &json!("không áp dụng"))
    );
    assert_eq!(out["none"], 4);
}

#[test]
fn units_are_chosen_by_keyboard_and_the_address_keeps_them() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    province(folder.path());
    let script = r##"
        const table = (g) => all(g, "#so-sanh + .tb tr").map((r) => [...r.cells].map((c) => c.firstChild.textContent));
        const heads = (g) => all(g, "#so-sanh + .tb thead th").map((c) => c.textContent);
        const said = (g) => one(g, "#so-sanh > [role=status]").textContent;
        const links = (g) => all(g, "#so-sanh + .tb thead a").map((a) => a.href.replace(/.*\/don-vi/, "don-vi"));
        const f = await open("so-sanh/index.html"), dv = one(f, "#dv");
        const choose = async (text, name) => {
            type(f, dv, text);
            const at = () => all(f, "#dv-goi-y li").findIndex((l) => l.textContent.startsWith(name)) + 1;
            await until(at);
            for (let i = at(); i; i--) key(f, dv, "ArrowDown");
            key(f, dv, "Enter");
            await until(() => heads(f).includes(name));
        };
        out.before = loaded(f).filter((n) => n.includes("/so"));
        out.label = dv.labels[0].textContent; out.role = dv.getAttribute("role");
        await choose("viet tri", "Phường Việt Trì");
        out.one = heads(f); out.said = said(f);
        await choose("thanh ba", "Xã Thanh Ba");
        out.two = heads(f); out.saidTwo = said(f);
        out.live = one(f, "#so-sanh > [role=status]").getAttribute("role");
        out.search = f.contentWindow.location.search;
        out.links = links(f);
        const g = await open("so-sanh/index.html" + out.search);
        await until(() => heads(g).length > 3);
        out.kept = table(g); out.same = table(f);
        const unit = await open("don-vi/phu-tho/viet-tri/index.html"), a = all(unit, "a").find((a) => a.textContent.startsWith("So sánh với"));
        const h = await open(a.href);
        await until(() => heads(h).length > 2);
        out.fromUnit = heads(h);
        out.prepared = all(h, "section .tb tbody tr").length;
        one(f, "#so-sanh .picked button").click();
        await until(() => heads(f).length === 3);
        out.left = heads(f); out.saidLeft = said(f); out.searchLeft = f.contentWindow.location.search;
        out.focus = f.contentDocument.activeElement.id;
        one(f, "#so-sanh .picked button").click();
        await until(() => one(f, "#so-sanh + .tb").hidden);
        out.end = [one(f, "#so-sanh + .tb").hidden, f.contentWindow.location.search];
        const p = await open("so-sanh/index.html", { scripts: false });
        out.plain = [one(p, "#so-sanh").textContent, all(p, "main li a").map((a) => a.textContent)];
        const n = await open("so-sanh/phu-tho/xa/index.html", { width: 320 });
        out.narrow = n.contentDocument.documentElement.scrollWidth <= 320;
        const s = await open("so-sanh/index.html" + out.search, { width: 320 });
        await until(() => heads(s).length > 3);
        out.narrowChosen = s.contentDocument.documentElement.scrollWidth <= 320;"##;
    let out = used(browser, &folder.path().join("public"), script);
    assert_eq!(
        out["before"],
        json!([]),
        "nothing is loaded before a unit is chosen"
    );
    assert_eq!(out["label"], "Thêm đơn vị để so sánh (tối đa bốn)");
    assert_eq!(
        (&out["role"], &out["live"]),
        (&json!("combobox"), &json!("status"))
    );
    assert_eq!(
        out["one"],
        json!(["Chỉ tiêu", "Tỉnh Phú Thọ", "Phường Việt Trì"])
    );
    assert_eq!(
        out["said"],
        "Đã thêm Phường Việt Trì; đang so sánh 1 đơn vị"
    );
    assert_eq!(
        out["two"],
        json!(["Chỉ tiêu", "Tỉnh Phú Thọ", "Phường Việt Trì", "Xã Thanh Ba"])
    );
    assert_eq!(out["saidTwo"], "Đã thêm Xã Thanh Ba; đang so sánh 2 đơn vị");
    assert_eq!(out["search"], "?dv=phu-tho/viet-tri,phu-tho/thanh-ba");
    assert_eq!(out["links"][1], "don-vi/phu-tho/viet-tri/index.html");
    assert_eq!(out["kept"], out["same"], "a reload brings the choice back");
    assert!(out["kept"].as_array().unwrap().len() > 1, "{out:#}");
    assert_eq!(
        out["fromUnit"],
        json!(["Chỉ tiêu", "Tỉnh Phú Thọ", "Phường Việt Trì"])
    );
    assert_eq!(out["prepared"], 149);
    assert_eq!(
        out["left"],
        json!(["Chỉ tiêu", "Tỉnh Phú Thọ", "Xã Thanh Ba"])
    );
    assert_eq!(out["saidLeft"], "Đã bỏ Phường Việt Trì; còn 1 đơn vị");
    assert_eq!(
        (&out["searchLeft"], &out["focus"]),
        (&json!("?dv=phu-tho/thanh-ba"), &json!("dv"))
    );
    assert_eq!(out["end"], json!([true, ""]));
    assert_eq!(out["plain"], json!(["", ["Xã, phường của tỉnh Phú Thọ"]]));
    assert_eq!(
        (&out["narrow"], &out["narrowChosen"]),
        (&json!(true), &json!(true))
    );
}

#[test]
fn without_script_the_prepared_page_holds_the_numbers() {
    let folder = tempfile::tempdir().unwrap();
    province(folder.path());
    let files = built(&folder.path().join("site"), &folder.path().join("public"));
    let page = String::from_utf8_lossy(&files["so-sanh/phu-tho/xa/index.html"]).into_owned();
    let index = index(&files, "vi");
    let lines = lines(&files, &index);
    let mut checked = 0;
    for (key, fields) in &lines {
        let Some(row) = page
            .split("<tr")
            .find(|r| r.contains(&format!("/don-vi/{key}/index.html\"")))
        else {
            assert_eq!(key, "viet-nam");
            continue;
        };
        for cell in fields[5..].iter().filter(|c| !c.is_empty()) {
            let figure = cell
                .split('|')
                .next()
                .unwrap()
                .trim_start_matches(['=', '-', '~', '?']);
            assert!(row.contains(figure), "{key}: {figure} in {row}");
            checked += 1;
        }
    }
    assert!(checked > 148, "{checked}");
    assert!(size(page.as_bytes()) < 60_000, "{}", size(page.as_bytes()));
    assert!(tags(&page).iter().any(|t| t.get("id") == Some("so-sanh")));
}

/// A site of so many communes of the nation with one ranking of them all.
fn nation(n: usize) -> Vec<(&'static str, String)> {
    let catalogue =
        std::fs::read_to_string(repository().join("src/catalog/vietnam/tu-2025-07.csv"));
    let catalogue = catalogue.unwrap();
    let codes = catalogue.lines().filter_map(|l| l.split(',').next());
    let codes = codes.filter(|c| c.len() == 5 && c.bytes().all(|b| b.is_ascii_digit()));
    let mut table = "Đơn vị,Tiếp nhận,Trực tuyến\n".to_owned();
    for (i, code) in codes.take(n).enumerate() {
        let (all, online) = (900 + 17 * i, (937 * i * i + 300) % 900);
        // One of them is too small for a rank.
        let all = if i == 7 { 12 } else { all };
        let _ = writeln!(table, "{code},{all},{}", online.min(all));
    }
    vec![
        ("site.toml", "title = \"Thử\"\n[units]\nparent = \"all\"\n[ranking]\nminimum_coverage = 0\n[home]\nindicators = [\"ty-le\", \"tiep-nhan\", \"truc-tuyen\"]\n".to_owned()),
        (
            "data/catalog/measures.toml",
            "[tiep-nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n[truc-tuyen]\nlabel = \"Trực tuyến\"\nunit = \"hồ sơ\"\n".to_owned(),
        ),
        (
            "data/catalog/indicators.toml",
            "[ty-le]\nlabel = \"Tỷ lệ trực tuyến\"\nnumerator = [\"truc-tuyen\"]\ndenominator = [\"tiep-nhan\"]\n".to_owned(),
        ),
        (
            "data/2025-08/period.toml",
            "period = \"2025-08\"\nlabel = \"Tháng 8/2025\"\nstart = 2025-08-01\nend = 2025-08-31\nunit = \"viet-nam\"\ncadence = \"thang\"\n".to_owned(),
        ),
        ("data/2025-08/a.csv", table),
    ]
}

#[test]
fn a_choice_of_the_nation_is_light() {
    let files = nation(3321);
    let files = files.iter().map(|(p, t)| SourceFile::new(p, t.as_bytes()));
    let sources = Sources::new(files.collect());
    let loaded = pipeline::load(&sources, &Options::default());
    let analysis = loaded.analysis();
    let theme = tiendo::theme::load(&BTreeMap::new(), &tiendo::theme::Tokens::default()).unwrap();
    let made = || {
        let sink = Memory::default();
        tiendo::render::compared_units(&analysis, &theme, &sink).unwrap();
        sink.into_files()
    };
    let files = made();
    assert_eq!(files, made(), "the same twice");
    let index = size(&files["assets/so-vi.js"]);
    let mut pieces: Vec<usize> = files.values().map(|b| size(b)).collect();
    pieces.sort_unstable();
    // The index, a piece for each of four units, one for the unit above.
    let five: usize = pieces.iter().rev().take(6).sum();
    assert!(index + five < 30_000, "{index} {five} {pieces:?}");
    let lines = lines(&files, &self::index(&files, "vi"));
    assert_eq!(lines.keys().filter(|k| k.contains('/')).count(), 3321);
}

#[test]
fn a_unit_is_found_on_any_part_of_a_long_ranking() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let files = nation(700);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(p, t)| (*p, t.as_bytes())).collect();
    write_site(&folder.path().join("site"), &files);
    let site = folder.path().join("public");
    let files = built(&folder.path().join("site"), &site);
    let part = |n: &str| {
        String::from_utf8_lossy(&files[&format!("xep-hang/ty-le/viet-nam/xa/{n}index.html")])
            .into_owned()
    };
    let rows = |html: &str| -> Vec<String> {
        let ids = tags(html)
            .into_iter()
            .filter_map(|t| t.get("id").map(str::to_owned));
        ids.filter(|id| id.starts_with("u-") || id.starts_with("x-"))
            .collect()
    };
    let (second, last) = (rows(&part("2/")), rows(&part("9/")));
    assert_eq!((second.len(), last.len()), (80, 60));
    let script = r##"
        const find = async (page, id) => {
            const f = await open(`xep-hang/ty-le/viet-nam/xa/${page}index.html`), dv = one(f, "#dv");
            const name = names[id];
            type(f, dv, name);
            await until(() => one(f, "#dv-goi-y li"));
            out.offered = all(f, "#dv-goi-y li").map((l) => l.textContent);
            const at = all(f, "#dv-goi-y li").findIndex((l) => l.textContent === name);
            for (let i = 0; i <= at; i++) key(f, dv, "ArrowDown");
            key(f, dv, "Enter");
            await until(() => f.contentWindow.location.hash && f.contentDocument.readyState === "complete" && f.contentDocument.querySelector(":target"));
            const row = f.contentDocument.querySelector(":target");
            return [f.contentWindow.location.pathname.replace(/.*\/xa\//, ""), row?.id, row?.querySelector("th").textContent.trim()];
        };
        out.second = await find("", second);
        out.last = await find("2/", last);
        out.unranked = await find("", small);
        const f = await open("xep-hang/ty-le/viet-nam/xa/index.html", { scripts: false });
        out.plain = all(f, ".tools *").length;
        const g = await open("xep-hang/ty-le/viet-nam/xa/index.html", { width: 320 });
        out.label = one(g, "#dv").labels[0].textContent;
        out.narrow = g.contentDocument.documentElement.scrollWidth <= 320;"##;
    let unit = |id: &str, html: &str| -> String {
        let row = html
            .split("<tr id=\"")
            .find(|r| r.starts_with(&format!("{id}\"")));
        let link = row.unwrap().split_once("<a href=\"").unwrap().1;
        link.split_once('>')
            .unwrap()
            .1
            .split_once('<')
            .unwrap()
            .0
            .to_owned()
    };
    // The name with its province, as it is offered.
    let offered = |id: &str, html: &str| -> String {
        let row = html
            .split("<tr id=\"")
            .find(|r| r.starts_with(&format!("{id}\"")))
            .unwrap();
        let link = row.split_once("don-vi/").unwrap().1;
        let province = link.split_once('/').unwrap().0;
        let page = &files[&format!("don-vi/{province}/index.html")];
        let page = String::from_utf8_lossy(page);
        let crumb = page.rsplit_once("aria-current=\"page\">").unwrap().1;
        format!("{} {}", unit(id, html), crumb.split_once('<').unwrap().0)
    };
    let small = last.last().unwrap();
    let (a, b) = (&second[50], &last[50]);
    let names = json!({
        a.as_str(): offered(a, &part("2/")),
        b.as_str(): offered(b, &part("9/")),
        small.as_str(): offered(small, &part("9/")),
    });
    let script = format!(
        "const names = {names}, second = {}, last = {}, small = {};{script}",
        json!(a),
        json!(b),
        json!(small)
    );
    let out = used(browser, &site, &script);
    assert_eq!(
        out["second"],
        json!(["2/index.html", a, unit(a, &part("2/"))]),
        "{out:#}"
    );
    assert_eq!(
        out["last"],
        json!(["9/index.html", b, unit(b, &part("9/"))]),
        "{out:#}"
    );
    assert_eq!(
        out["unranked"],
        json!(["9/index.html", small, unit(small, &part("9/"))]),
        "{out:#}"
    );
    assert_eq!(out["plain"], 0);
    assert_eq!(out["label"], "Tìm trong cả 699 đơn vị được xếp hạng");
    assert_eq!(out["narrow"], true);
}
