//! Finding one's own: the search as a reader types it, its index at the size of the nation, sorting and filtering.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;

use serde_json::{Value, json};
use tiendo::pipeline::{self, Options};
use tiendo::publish::Memory;
use tiendo::source::{SourceFile, Sources};

use crate::browser::{browser, opened, result};
use crate::support::{built, repository, write_site};
use crate::tags::tags;

const DRIVER: &str = include_str!("finding.html");
const PERIOD: &str = "period = \"2025-08\"\nlabel = \"Tháng 8/2025\"\nstart = 2025-08-01\nend = 2025-08-31\nunit = \"viet-nam\"\ncadence = \"thang\"\n";
const MEASURES: &str = "[tiep-nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n";

/// Seven communes named Tân Tiến, Việt Trì, Bến Thành.
const CODES: [&str; 9] = [
    "01051", "06019", "12583", "16108", "24526", "25318", "32188", "07900", "26743",
];

fn site_of(codes: &[&str]) -> Vec<(&'static str, String)> {
    let mut table = "Đơn vị,Dịch vụ,Tiếp nhận\n".to_owned();
    for (i, code) in codes.iter().enumerate() {
        let _ = writeln!(table, "{code},Khai sinh,{}", 100 + i);
    }
    vec![
        (
            "site.toml",
            "title = \"Thử\"\n[units]\nparent = \"all\"\n".into(),
        ),
        ("data/catalog/measures.toml", MEASURES.into()),
        (
            "data/catalog/services.csv",
            "id,name,short_name,kind\nkhai-sinh,Đăng ký khai sinh,Khai sinh,service\n".into(),
        ),
        ("data/2025-08/period.toml", PERIOD.into()),
        ("data/2025-08/a.csv", table),
    ]
}

/// The site of some communes, built below `root`.
fn communes(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = site_of(&CODES);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(p, t)| (*p, t.as_bytes())).collect();
    write_site(&root.join("site"), &files);
    built(&root.join("site"), &root.join("public"))
}

/// What a script does with the pages of a built site, as files.
pub(crate) fn used(browser: &str, site: &Path, script: &str) -> Value {
    let driver = site.join("finding.html");
    fs::write(&driver, DRIVER.replace("/* script */", script)).unwrap();
    let out = result(browser, &format!("file://{}", driver.display()));
    assert_eq!(out.get("failed"), None, "{out:#}");
    out
}

#[test]
fn names_are_found_without_accents_by_initials_and_by_what_they_were_called() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    communes(folder.path());
    let script = r##"
        const f = await open("phuong-phap/index.html");
        for (const q of ["viet tri", "việt trì", "Việt Trì", "VIETTRI", "vt", "trì", "phuong ben thanh", "bt",
            "p. bến thành", "duu lau", "07888", "07900", "khai sinh", "tan tien", "tan tien ca mau", "xã tân tiến cà mau", "t", "zzz", ""])
            out[q] = await offered(f, q);
        out.expanded = one(f, "#q").getAttribute("aria-expanded");"##;
    let out = used(browser, &folder.path().join("public"), script);
    let list = |q: &str| -> Vec<String> {
        let list = out[q]["list"].as_array().unwrap();
        list.iter()
            .map(|l| l.as_str().unwrap().to_owned())
            .collect()
    };
    for q in ["viet tri", "việt trì", "Việt Trì", "VIETTRI", "vt", "07900"] {
        assert_eq!(
            list(q).first().map(String::as_str),
            Some("Phường Việt Trì Tỉnh Phú Thọ"),
            "{q}: {out:#}"
        );
    }
    assert_eq!(list("trì")[0], "Phường Việt Trì Tỉnh Phú Thọ");
    for q in ["phuong ben thanh", "bt", "p. bến thành"] {
        assert_eq!(list(q)[0], "Phường Bến Thành Thành phố Hồ Chí Minh", "{q}");
    }
    // A ward that became a part of today's.
    for q in ["duu lau", "07888"] {
        let now = "Phường Dữu Lâu nay thuộc Phường Việt Trì, Tỉnh Phú Thọ";
        assert_eq!(list(q)[0], now, "{q}");
    }
    assert_eq!(list("khai sinh")[0], "Đăng ký khai sinh Dịch vụ");
    let same = list("tan tien");
    assert_eq!(same.len(), 7, "{same:?}");
    assert_eq!(
        same.iter()
            .filter(|l| l.starts_with("Xã Tân Tiến "))
            .count(),
        7,
        "{same:?}"
    );
    for q in ["tan tien ca mau", "xã tân tiến cà mau"] {
        assert_eq!(list(q), ["Xã Tân Tiến Tỉnh Cà Mau"], "{q}");
    }
    assert_eq!(list("t").len(), 8, "no more are offered");
    assert_eq!(list("zzz"), Vec::<String>::new());
    assert_eq!(out["zzz"]["said"], "Không có gợi ý");
    assert_eq!(out["tan tien"]["said"], "7 gợi ý");
    let city = "Thành phố Việt Trì một phần nay thuộc Phường Việt Trì, Tỉnh Phú Thọ";
    assert_eq!(list("viet tri")[1], city);
    assert_eq!(out[""]["said"], Value::Null);
    assert_eq!(out["expanded"], "false");
}

#[test]
fn the_search_is_used_by_keyboard() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    communes(folder.path());
    let script = r##"
        const f = await open("phuong-phap/index.html"), q = one(f, "#q");
        out.role = q.getAttribute("role");
        out.before = loaded(f).filter((n) => n.includes("/tim"));
        await offered(f, "tan tien");
        const state = () => [q.getAttribute("aria-expanded"), q.getAttribute("aria-activedescendant"),
            all(f, "#q-goi-y [aria-selected=true]").map((l) => l.id).join()];
        out.open = state();
        out.taken = key(f, q, "ArrowDown");
        out.down = state();
        key(f, q, "ArrowDown"); out.down2 = state();
        key(f, q, "ArrowUp"); key(f, q, "ArrowUp"); out.up = state();
        out.focus = f.contentDocument.activeElement.id;
        key(f, q, "Escape"); out.escape = [...state(), q.value];
        key(f, q, "Escape"); out.cleared = q.value;
        await offered(f, "viet tri");
        key(f, q, "ArrowDown"); key(f, q, "Enter");
        out.page = await until(() => f.contentWindow.location.pathname.includes("viet-tri") && f.contentDocument.body.dataset.kind);
        const g = await open("tim-kiem/index.html?q=tan%20tien");
        out.results = (await until(() => one(g, "#ket-qua h2").textContent));
        out.links = all(g, "#ket-qua a").slice(0, 7).map((a) => a.textContent);
        const h = await open("tim-kiem/index.html?q=zzz");
        out.nothing = (await until(() => one(h, "#ket-qua h2").textContent));
        const p = await open("phuong-phap/index.html", { scripts: false });
        out.form = one(p, ".find").action.replace(/.*\/public/, "");"##;
    let out = used(browser, &folder.path().join("public"), script);
    assert_eq!(out["role"], "combobox");
    assert_eq!(
        out["before"],
        json!([]),
        "nothing is loaded before the search is used"
    );
    assert_eq!(out["open"], json!(["true", null, ""]));
    assert_eq!(out["taken"], true);
    assert_eq!(out["down"], json!(["true", "q-0", "q-0"]));
    assert_eq!(out["down2"], json!(["true", "q-1", "q-1"]));
    assert_eq!(out["up"], json!(["true", "q-6", "q-6"]));
    assert_eq!(out["focus"], "q");
    assert_eq!(out["escape"], json!(["false", null, "", "tan tien"]));
    assert_eq!(out["cleared"], "");
    assert_eq!(out["page"], "unit");
    assert_eq!(
        out["results"],
        "Có 7 đơn vị tên “tan tien”. Chọn theo tỉnh:"
    );
    assert_eq!(out["links"], json!(vec!["Xã Tân Tiến"; 7]));
    let nothing = "Không tìm thấy “zzz”. Thử tên ngắn hơn, hoặc chọn trong danh sách theo tỉnh.";
    assert_eq!(out["nothing"], nothing);
    assert_eq!(out["form"], "/tim-kiem/index.html");
}

#[test]
fn without_script_every_name_stands_in_the_lists() {
    let folder = tempfile::tempdir().unwrap();
    let files = communes(folder.path());
    let page = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let search = page("tim-kiem/index.html");
    for name in [
        "Phường Việt Trì",
        "Phường Bến Thành",
        "Đăng ký khai sinh",
        "Tỉnh Cà Mau",
    ] {
        assert!(search.contains(name), "{name}");
    }
    let links: Vec<String> = tags(&search)
        .iter()
        .filter_map(|t| t.get("href").map(str::to_owned))
        .collect();
    assert!(
        links.iter().any(|l| l == "../don-vi/index.html#phu-tho"),
        "{links:?}"
    );
    assert!(page("don-vi/index.html").contains("id=\"phu-tho\""));
}

/// The size of a file as it travels, compressed.
pub(crate) fn size(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("a", options).unwrap();
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap().into_inner().len()
}

/// Serves a folder below `/so-lieu/` for as many requests as come.
fn serve(site: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/so-lieu/", listener.local_addr().unwrap());
    let site = site.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut head = [0; 4096];
            let n = stream.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..n]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or("").to_owned();
            let path = path.split(['?', '#']).next().unwrap_or("").to_owned();
            let file = path.strip_prefix("/so-lieu/").map(|p| site.join(p));
            let body = file.and_then(|f| fs::read(f).ok());
            let kind = if path.ends_with(".js") {
                "text/javascript"
            } else {
                "text/html; charset=utf-8"
            };
            let status = if body.is_some() {
                "200 OK"
            } else {
                "404 Not Found"
            };
            let body = body.unwrap_or_default();
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&body);
        }
    });
    address
}

#[test]
fn the_search_works_under_a_sub_path() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    communes(folder.path());
    let site = folder.path().join("public");
    let script = r##"
        const f = await open("dich-vu/khai-sinh/index.html"), q = one(f, "#q");
        out.list = (await offered(f, "viet tri")).list[0];
        key(f, q, "ArrowDown"); key(f, q, "Enter");
        out.page = await until(() => f.contentWindow.location.pathname.includes("viet-tri") && f.contentWindow.location.pathname);
        out.kind = await until(() => f.contentDocument.body.dataset.kind);"##;
    fs::write(
        site.join("finding.html"),
        DRIVER.replace("/* script */", script),
    )
    .unwrap();
    let out = result(browser, &format!("{}finding.html", serve(&site)));
    assert_eq!(out["list"], "Phường Việt Trì Tỉnh Phú Thọ", "{out:#}");
    assert_eq!(out["page"], "/so-lieu/don-vi/phu-tho/viet-tri/index.html");
    assert_eq!(out["kind"], "unit");
}

/// What a reader does in the page itself: types a name, waits for the suggestions, follows the first.
const READER: &str = r##"
addEventListener("load", async () => {
    const wait = async (what) => {
        for (let i = 0; i < 400; i++) {
            if (what()) return;
            await new Promise((done) => setTimeout(done, 25));
        }
    };
    const offered = () => [...document.querySelectorAll("#q-goi-y li")].map((li) => li.textContent);
    const q = document.getElementById("q");
    q.focus();
    q.value = "viet tri";
    q.dispatchEvent(new Event("input", { bubbles: true }));
    await wait(() => offered().length);
    const out = { list: offered(), choices: document.querySelectorAll(".see button").length };
    document.getElementById("result").textContent = JSON.stringify(out);
});
"##;

#[test]
fn pages_work_from_a_folder_without_a_host() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    communes(folder.path());
    let site = folder.path().join("public");
    let page = site.join("dich-vu/khai-sinh/index.html");
    let html = fs::read_to_string(&page).unwrap();
    // Like the script of the page: by its address, which its policy allows.
    let reader =
        "<pre id=\"result\"></pre><script src=\"../../assets/reader.js\" defer></script></body>";
    fs::write(&page, html.replace("</body>", reader)).unwrap();
    fs::write(site.join("assets/reader.js"), READER).unwrap();
    // No leave for files to read each other: this is what a reader's browser does.
    let out = opened(browser, &format!("file://{}", page.display()), &[]);
    assert_eq!(out["list"][0], "Phường Việt Trì Tỉnh Phú Thọ", "{out:#}");
    assert!(out["choices"].as_u64() > Some(4), "{out:#}");
}

#[test]
fn the_index_of_the_nation_is_light_at_the_first_keystroke() {
    let catalogue = fs::read_to_string(repository().join("src/catalog/vietnam/tu-2025-07.csv"));
    let catalogue = catalogue.unwrap();
    let codes: Vec<&str> = catalogue
        .lines()
        .filter_map(|l| l.split(',').next())
        .filter(|c| c.len() == 5 && c.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    assert_eq!(codes.len(), 3321);
    let files = site_of(&codes);
    let files = files.iter().map(|(p, t)| SourceFile::new(p, t.as_bytes()));
    let sources = Sources::new(files.collect());
    let loaded = pipeline::load(&sources, &Options::default());
    let analysis = loaded.analysis();
    let theme = tiendo::theme::load(&BTreeMap::new(), &tiendo::theme::Tokens::default()).unwrap();
    let made = || {
        let sink = Memory::default();
        tiendo::render::search_index(&analysis, &theme, &sink).unwrap();
        sink.into_files()
    };
    let files = made();
    assert_eq!(files, made(), "the same twice");
    let index = size(&files["assets/tim-vi.js"]);
    let mut heaviest = ("", 0);
    for (path, bytes) in &files {
        if path != "assets/tim-vi.js" && size(bytes) > heaviest.1 {
            heaviest = (path, size(bytes));
        }
    }
    assert!(index + heaviest.1 < 30_000, "{index} + {heaviest:?}");
    let first = |letter: char| {
        files
            .keys()
            .any(|p| p.ends_with(&format!("/s-{letter}.js")))
    };
    assert!(
        "abcdeghklmnopqrstuvx0123".chars().all(first),
        "{:?}",
        files.keys().take(9).collect::<Vec<_>>()
    );
    let all: usize = files.values().map(Vec::len).sum();
    assert!(all < 8_000_000, "{all}");
}

/// A province of 148 communes with a ranking, built below `root`.
pub(crate) fn province(root: &Path) {
    let catalogue = fs::read_to_string(repository().join("src/catalog/vietnam/tu-2025-07.csv"));
    let catalogue = catalogue.unwrap();
    let lines = catalogue.lines().skip_while(|l| !l.starts_with("25,"));
    let codes = lines
        .skip(1)
        .filter_map(|l| l.split(',').next())
        .take_while(|c| c.len() == 5);
    let mut table = "Đơn vị,Tiếp nhận,Trực tuyến\n".to_owned();
    for (i, code) in codes.enumerate() {
        let (all, online) = (900 + 17 * i, (937 * i * i + 300) % 900);
        let _ = writeln!(table, "{code},{all},{online}");
    }
    let measures = format!("{MEASURES}[truc-tuyen]\nlabel = \"Trực tuyến\"\nunit = \"hồ sơ\"\n");
    let period = PERIOD.replace("viet-nam", "phu-tho");
    let files: [(&str, &str); 5] = [
        ("site.toml", "title = \"Thử\"\n[units]\nparent = \"25\"\n"),
        ("data/catalog/measures.toml", &measures),
        (
            "data/catalog/indicators.toml",
            "[ty-le]\nlabel = \"Tỷ lệ trực tuyến\"\nnumerator = [\"truc-tuyen\"]\ndenominator = [\"tiep-nhan\"]\n",
        ),
        ("data/2025-08/period.toml", &period),
        ("data/2025-08/a.csv", &table),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(p, t)| (*p, t.as_bytes())).collect();
    write_site(&root.join("site"), &files);
    built(&root.join("site"), &root.join("public"));
}

const RANKING: &str = "xep-hang/ty-le/phu-tho/xa/index.html";

#[test]
fn tables_are_sorted_and_filtered_and_the_address_keeps_it() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    province(folder.path());
    let script = format!(
        r#"
        const page = "{RANKING}", f = await open(page), box = ".tools + .tb ";
        const names = (g) => all(g, box + "tbody tr").filter((r) => !r.hidden).map((r) => r.querySelector("th").textContent);
        const said = (g) => one(g, ".tools [role=status]").textContent;
        const column = (g, n) => all(g, box + `tbody tr > :nth-child(${{n}})`).map((c) => c.firstChild.textContent);
        const head = (g, n) => all(g, box + "thead th")[n - 1];
        out.best = names(f);
        head(f, 2).querySelector("button").click();
        out.byName = names(f); out.nameSaid = said(f);
        head(f, 4).querySelector("button").click();
        out.counts = column(f, 4); out.sort = head(f, 4).getAttribute("aria-sort"); out.countSaid = said(f);
        out.others = all(f, "[aria-sort]").length;
        head(f, 4).querySelector("button").click();
        out.up = column(f, 4); out.upSort = head(f, 4).getAttribute("aria-sort");
        head(f, 4).querySelector("button").click();
        out.again = names(f); out.none = all(f, "[aria-sort]").length;
        head(f, 5).querySelector("button").click();
        type(f, one(f, ".tools input"), "VIET tri");
        out.left = names(f); out.leftSaid = said(f);
        type(f, one(f, ".tools input"), "zzz");
        out.zero = [names(f), said(f)];
        type(f, one(f, ".tools input"), "");
        out.whole = names(f).length;
        type(f, one(f, ".tools input"), "p");
        out.search = f.contentWindow.location.search;
        const g = await open(page + out.search);
        out.kept = [one(g, ".tools input").value, head(g, 5).getAttribute("aria-sort"), names(g)];
        out.same = names(f);
        const p = await open(page, {{ scripts: false }});
        out.plain = [names(p), all(p, "th button, .tools *").length];
        out.small = all(await open("don-vi/phu-tho/viet-tri/index.html"), "th button").length;"#
    );
    let out = used(browser, &folder.path().join("public"), &script);
    let list = |v: &Value| -> Vec<String> {
        let list = v.as_array().unwrap();
        list.iter()
            .map(|l| l.as_str().unwrap().to_owned())
            .collect()
    };
    let mut names = list(&out["best"]);
    assert_eq!(names.len(), 148);
    assert_eq!(
        out["again"], out["best"],
        "the third press brings the first order back"
    );
    names.sort_by(|a, b| tiendo::text::order::compare(a, b));
    assert_eq!(list(&out["byName"]), names);
    assert_eq!(out["nameSaid"], "Đã xếp theo Xã, phường, theo vần chữ cái");
    let numbers = |v: &Value| -> Vec<u32> {
        let plain = |s: &String| s.replace('.', "").parse().unwrap();
        list(v).iter().map(plain).collect()
    };
    let down = numbers(&out["counts"]);
    assert!(down.is_sorted_by(|a, b| a >= b), "{down:?}");
    assert!(down[0] > 799 && down[147] < 100, "{down:?}");
    assert!(numbers(&out["up"]).is_sorted());
    assert_eq!(
        (&out["sort"], &out["upSort"]),
        (&json!("descending"), &json!("ascending"))
    );
    assert_eq!(out["countSaid"], "Đã xếp theo Trực tuyến, từ lớn đến bé");
    assert_eq!((&out["others"], &out["none"]), (&json!(1), &json!(0)));
    assert_eq!(out["left"], json!(["Phường Việt Trì"]));
    assert_eq!(out["leftSaid"], "Còn 1 dòng");
    assert_eq!(out["zero"], json!([[], "Còn 0 dòng"]));
    assert_eq!(out["whole"], 148);
    let kept = json!(["p", "descending", out["same"]]);
    assert_eq!(out["kept"], kept, "{}", out["search"]);
    assert_eq!(out["plain"], json!([out["best"], 0]));
    assert_eq!(out["small"], 0, "a small table stays as it is");
}

#[test]
fn wide_tables_scroll_in_their_box_and_heads_never_hide_the_focus() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    province(folder.path());
    let script = format!(
        r#"
        const f = await open("{RANKING}", {{ width: 320 }}), box = one(f, ".tools + .tb");
        out.inside = [box.scrollWidth > box.clientWidth, f.contentDocument.documentElement.scrollWidth <= 320, box.tabIndex];
        const g = await open("{RANKING}", {{ width: 1400 }}), links = all(g, ".tools + .tb tbody th a"), head = one(g, ".tools + .tb thead th");
        g.contentDocument.documentElement.style.scrollBehavior = "auto";
        g.contentWindow.scrollTo(0, 1e6);
        await wait(100);
        links[3].focus();
        await wait(900);
        out.sticky = g.contentWindow.getComputedStyle(head).position;
        const a = links[3].getBoundingClientRect(), h = head.getBoundingClientRect();
        out.focused = g.contentDocument.activeElement === links[3];
        out.free = a.top >= h.bottom || a.bottom <= h.top;
        out.seen = a.top >= 0 && a.bottom <= g.contentWindow.innerHeight;
        out.at = [a.top, h.bottom];"#
    );
    let out = used(browser, &folder.path().join("public"), &script);
    assert_eq!(out["inside"], json!([true, true, 0]));
    assert_eq!(out["sticky"], "sticky");
    assert_eq!(out["focused"], true);
    assert_eq!(
        (&out["free"], &out["seen"]),
        (&json!(true), &json!(true)),
        "{out:#}"
    );
}
