//! `release` and `diff` from outside: what is recorded, what is refused, what changed since, how it is told.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Run, built, copy, repository, run, tiendo_at, write_site};

const PERIOD: &str = "period = \"2026-PP\"\nlabel = \"Tháng PL/2026\"\nstart = 2026-PP-01\nend = 2026-PP-PE\nunit = \"an\"\nreceived = 2026-10-05\n";

/// A site of a province with two communes and two months.
fn site(root: &Path) {
    let period = |month: &str, end: &str| {
        let label = month.trim_start_matches('0');
        PERIOD
            .replace("PP", month)
            .replace("PL", label)
            .replace("PE", end)
    };
    let (august, september) = (period("08", "31"), period("09", "30"));
    write_site(
        root,
        &[
            ("site.toml", "title = \"Thử\"\n[ranking]\nminimum_base = 1\n".as_bytes()),
            (
                "data/catalog/units.csv",
                "id,name,level,parent\nan,Tỉnh An,tinh,\nan/phu,Xã Phú,xa,an\nan/hoa,Xã Hòa,xa,an\nan/tay,Xã Tây,xa,an\n".as_bytes(),
            ),
            (
                "data/catalog/measures.toml",
                "[ho-so]\nlabel = \"Hồ sơ\"\n[dung-han]\nlabel = \"Đúng hạn\"\n".as_bytes(),
            ),
            (
                "data/catalog/indicators.toml",
                "[ty-le]\nlabel = \"Tỷ lệ\"\nnumerator = [\"dung-han\"]\ndenominator = [\"ho-so\"]\ndecimals = 1\n".as_bytes(),
            ),
            ("data/t8/period.toml", august.as_bytes()),
            ("data/t8/a.csv", "Đơn vị,Hồ sơ,Đúng hạn\nXã Phú,100,80\nXã Hòa,50,45\n".as_bytes()),
            ("data/t9/period.toml", september.as_bytes()),
            ("data/t9/a.csv", "Đơn vị,Hồ sơ,Đúng hạn\nXã Phú,100,85\nXã Tây,10,5\n".as_bytes()),
        ],
    );
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    folder
}

fn codes(root: &Path) -> Vec<String> {
    let run = tiendo_at(root, &["check", "--format", "json"]);
    let json = run.json();
    let list = json["diagnostics"].as_array().unwrap();
    list.iter()
        .map(|d| d["code"].as_str().unwrap().to_owned())
        .collect()
}

fn released(root: &Path, period: &str) -> Run {
    let run = tiendo_at(root, &["release", period]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    run
}

#[test]
fn a_release_is_written_once_and_without_the_version() {
    let folder = folder();
    let root = folder.path();
    let run = released(root, "2026-08");
    assert!(run.err.contains("4 số của 2 đơn vị"), "{}", run.err);
    let text = fs::read_to_string(root.join("data/releases/2026-08.csv")).unwrap();
    assert_eq!(
        text,
        "# tiendo-release 1 period=2026-08 as_of=2026-10-05\n\
         unit,service,dung-han,ho-so\nan/hoa,,45,50\nan/phu,,80,100\n"
    );
    assert_eq!(codes(root), Vec::<String>::new());
    let again = tiendo_at(root, &["release", "2026-08"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("đã được công bố ngày 5/10/2026"),
        "{}",
        again.err
    );
    let english = tiendo_at(root, &["release", "2026-08", "--lang", "en"]);
    assert!(english.err.contains("never rewritten"), "{}", english.err);
    assert_eq!(
        fs::read_to_string(root.join("data/releases/2026-08.csv")).unwrap(),
        text
    );
}

#[test]
fn what_cannot_be_released_is_refused() {
    let folder = folder();
    let root = folder.path();
    let unknown = tiendo_at(root, &["release", "2026-8"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("có phải ý bạn là `2026-08`?"),
        "{}",
        unknown.err
    );
    let early = tiendo_at(root, &["release", "2026-08", "--revise"]);
    assert_eq!(early.code, 2);
    assert_eq!(
        tiendo_at(root, &["release", "2026-08", "--reason", "x"]).code,
        2
    );
    fs::write(root.join("data/t9/a.csv"), "Đơn vị,Hồ sơ\nXã Lạ,1\n").unwrap();
    let broken = tiendo_at(root, &["release", "2026-08"]);
    assert_eq!(broken.code, 1);
    assert!(broken.err.contains("lỗi[unit-unknown]"), "{}", broken.err);
    assert!(!root.join("data/releases").exists());
}

#[test]
fn changed_figures_are_proposed_and_need_a_reason() {
    let folder = folder();
    let root = folder.path();
    released(root, "2026-09");
    let table = "Đơn vị,Hồ sơ,Đúng hạn\nXã Phú,101,86\nXã Tây,10,5\nXã Hòa,7,7\n";
    fs::write(root.join("data/t9/a.csv"), table).unwrap();
    let mut found = codes(root);
    found.sort();
    assert_eq!(
        found,
        [
            "added-after-release",
            "revision-undeclared",
            "revision-undeclared"
        ]
    );
    assert_eq!(tiendo_at(root, &["build"]).code, 1, "nothing is published");
    fs::write(root.join("data/revisions.toml"), "# của văn phòng\r\n").unwrap();
    let run = tiendo_at(root, &["release", "2026-09", "--revise"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("2 đính chính và 2 số báo cáo muộn"),
        "{}",
        run.err
    );
    let text = fs::read_to_string(root.join("data/revisions.toml")).unwrap();
    assert!(
        text.starts_with("# của văn phòng\r\n\r\n[[revision]]\r\n"),
        "{text}"
    );
    assert_eq!(
        codes(root),
        ["revision-without-reason", "revision-without-reason"]
    );
    let again = tiendo_at(root, &["release", "2026-09", "--revise"]);
    assert!(
        again.err.contains("Không có số đã công bố nào đổi"),
        "{}",
        again.err
    );
    let filled = text.replace("reason = \"\"", "reason = \"Xã đếm lại\"");
    fs::write(root.join("data/revisions.toml"), filled).unwrap();
    assert_eq!(codes(root), Vec::<String>::new());
    // Whoever puts the old figure back has changed a published figure once more.
    fs::write(
        root.join("data/t9/a.csv"),
        table.replace("101,86", "100,86"),
    )
    .unwrap();
    assert_eq!(codes(root), ["revision-undeclared"]);
}

#[test]
fn another_way_of_writing_is_no_revision() {
    let folder = folder();
    let root = folder.path();
    released(root, "2026-08");
    let table = "Đơn vị,Đúng hạn,Ghi chú,Hồ sơ\nXã Hòa,45,,50\nXã Phú,80,như trước,100\n";
    fs::write(root.join("data/t8/a.csv"), table).unwrap();
    assert_eq!(codes(root), Vec::<String>::new());
}

#[test]
fn an_unreadable_list_of_revisions_is_not_added_to() {
    let folder = folder();
    let root = folder.path();
    released(root, "2026-09");
    fs::write(
        root.join("data/t9/a.csv"),
        "Đơn vị,Hồ sơ,Đúng hạn\nXã Phú,101,85\nXã Tây,10,5\n",
    )
    .unwrap();
    fs::write(root.join("data/revisions.toml"), "[[revision]\n").unwrap();
    let run = tiendo_at(root, &["release", "2026-09", "--revise"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(
        fs::read_to_string(root.join("data/revisions.toml")).unwrap(),
        "[[revision]\n"
    );
}

/// A site with `[suppression]` shows no value of a revision: the old ones could help to compute what is hidden.
#[test]
fn hidden_counts_do_not_come_back_through_revisions() {
    let folder = folder();
    let root = folder.path();
    let settings = "title = \"Thử\"\n[suppression]\nbelow = 5\n";
    fs::write(root.join("site.toml"), settings).unwrap();
    let table = |n: u32| format!("Đơn vị,Hồ sơ,Đúng hạn\nXã Phú,7341,{n}\nXã Tây,10,5\n");
    fs::write(root.join("data/t9/a.csv"), table(2)).unwrap();
    released(root, "2026-09");
    fs::write(root.join("data/t9/a.csv"), table(3)).unwrap();
    let run = tiendo_at(
        root,
        &["release", "2026-09", "--revise", "--reason", "Đếm lại"],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let files = built(root, &root.join("public"));
    let csv = String::from_utf8(files["du-lieu/dinh-chinh.csv"].clone()).unwrap();
    assert!(csv.contains(",suppressed,,,"), "{csv}");
    let page = String::from_utf8(files["dinh-chinh/index.html"].clone()).unwrap();
    assert!(page.contains("được ẩn để bảo vệ thông tin cá nhân"));
}

/// Whenever the program is killed, the files of releases and revisions are whole: the old ones or the new ones.
#[test]
fn a_killed_writer_leaves_whole_files() {
    let folder = folder();
    let root = folder.path();
    released(root, "2026-09");
    fs::write(
        root.join("data/t9/a.csv"),
        "Đơn vị,Hồ sơ,Đúng hạn\nXã Phú,101,85\nXã Tây,10,5\n",
    )
    .unwrap();
    let before = "# giữ nguyên\n";
    let path = root.join("data/revisions.toml");
    for delay in [0, 1, 2, 4, 8, 12, 16, 24, 40] {
        fs::write(&path, before).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(["release", "2026-09", "--revise", "--root"])
            .arg(root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let is_whole =
            text == before || text.starts_with(before) && text.ends_with("reason = \"\"\n");
        assert!(is_whole, "after {delay} ms: {text}");
    }
    // What a killed run left behind is no file of the site.
    fs::write(root.join("data/.revisions.toml.tiendo-new"), "half").unwrap();
    fs::write(root.join("data/releases/.2026-08.csv.tiendo-new"), "half").unwrap();
    fs::remove_file(&path).unwrap();
    assert_eq!(codes(root), ["revision-undeclared"]);
}

fn json(root: &Path, old: &str, new: &str) -> Value {
    let run = tiendo_at(root, &["diff", old, new, "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.json()
}

/// Worked by hand: Phú rises from 80/100 to 85/100; Hòa (45/50) falls silent; Tây (5/10) is new.
#[test]
fn two_editions_are_compared() {
    let folder = folder();
    let d = json(folder.path(), "2026-08", "2026-09");
    let counts = &d["counts"];
    assert_eq!(
        (&counts["newcomers"], &counts["silent"]),
        (&1.into(), &1.into()),
        "{d:#}"
    );
    assert_eq!(
        (&d["newcomers"][0]["unit"], &d["silent"][0]["unit"]),
        (&"an/tay".into(), &"an/hoa".into())
    );
    let rose = d["rose"].as_array().unwrap();
    let of = |unit: &str, id: &str| {
        let is_it = |c: &&Value| c["unit"] == unit && c["id"] == id;
        rose.iter()
            .find(is_it)
            .unwrap_or_else(|| panic!("{unit} {id} in {d:#}"))
    };
    let rate = of("an/phu", "ty-le");
    assert_eq!(
        (&rate["difference"], &rate["points"]),
        (&"5".into(), &true.into())
    );
    // Second of two in August, behind Hòa with 90 %; first of two in September, before Tây with 50 %.
    assert_eq!(
        (&rate["old"]["rank"], &rate["new"]["rank"]),
        (&2.into(), &1.into())
    );
    let count = of("an/phu", "dung-han");
    assert_eq!(
        (&count["difference"], &count["percent"]),
        (&"5".into(), &"6.3".into()),
        "5/80 = 6,25 %"
    );
    let back = json(folder.path(), "2026-09", "2026-08");
    assert_eq!(back["counts"]["fell"], counts["rose"]);
    let same = tiendo_at(folder.path(), &["diff", "2026-08", "2026-08"]);
    assert!(same.out.contains("Không có gì khác nhau."), "{}", same.out);
}

#[test]
fn builds_folders_and_commits_are_compared() {
    let folder = folder();
    let root = folder.path();
    let site = root.to_str().unwrap();
    let public = root.join("public");
    let build = public.to_str().unwrap();
    built(root, &public);
    assert_eq!(
        json(root, build, site)["counts"]["changed"],
        0,
        "a build is what its site is"
    );
    let git = |arguments: &[&str]| {
        let done = run(Command::new("git")
            .arg("-C")
            .arg(root)
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(arguments));
        assert_eq!(done.code, 0, "{}", done.err);
    };
    git(&["init", "-q"]);
    git(&["add", "site.toml", "data"]);
    git(&["commit", "-qm", "a"]);
    fs::write(
        root.join("data/t8/a.csv"),
        "Đơn vị,Hồ sơ,Đúng hạn\nXã Phú,100,81\nXã Hòa,50,45\n",
    )
    .unwrap();
    for old in ["HEAD", build] {
        let d = json(root, old, site);
        assert_eq!(
            d["counts"]["changed"],
            json(root, site, old)["counts"]["changed"]
        );
        let rose = d["rose"].as_array().unwrap();
        assert!(
            rose.iter().any(|c| c["unit"] == "an/phu"
                && c["id"] == "dung-han"
                && c["period"] == "2026-08"),
            "{d:#}"
        );
    }
    let markdown = tiendo_at(
        root,
        &["diff", "HEAD", site, "--format", "markdown", "--limit", "1"],
    );
    assert!(
        markdown
            .out
            .contains("| Số liệu | Trước | Nay | Thay đổi |"),
        "{}",
        markdown.out
    );
    assert!(markdown.out.contains("… và "), "{}", markdown.out);
    let english = tiendo_at(root, &["diff", "HEAD", site, "--lang", "en"]);
    assert!(english.out.contains("Rose ("), "{}", english.out);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = folder();
    let root = folder.path();
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    for (arguments, words) in [
        (["2026-08", "2026-7"], "có phải ý bạn là `2026-08`?"),
        (["2026-08", root.to_str().unwrap()], "so hai kỳ với nhau"),
        ([empty, root.to_str().unwrap()], "không có site.toml"),
    ] {
        let run = tiendo_at(root, &["diff", arguments[0], arguments[1]]);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
    let without_git = run(Command::new(env!("CARGO_BIN_EXE_tiendo"))
        .args(["diff", "main", "HEAD", "--root"])
        .arg(root)
        .env("PATH", empty));
    assert_eq!(without_git.code, 2);
    assert!(
        without_git.err.contains("không tìm thấy chương trình git"),
        "{}",
        without_git.err
    );
}

/// The pages of the golden site: the figure that was, struck through where it stands; `/moi-nhat/` without a script.
#[test]
fn revisions_stand_at_their_figures() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(&repository().join("tests/sites/dinh-chinh"), root);
    let files = built(root, &root.join("public"));
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let unit = text("don-vi/binh-an/an-hoa/index.html");
    assert!(unit.contains("trước là 74"), "the second correction");
    assert!(unit.contains("trước là 72"), "and the first");
    // 72/80 = 90 % was released; 73/82 = 89,02 % stands now.
    assert!(unit.contains("khi công bố lần đầu: 90"), "{unit}");
    let latest = text("moi-nhat/index.html");
    assert!(latest.contains("url=../ky/2026-09/index.html"), "{latest}");
    let figures = text("du-lieu/so-lieu.csv");
    let status = |unit: &str, id: &str| {
        let row = figures
            .lines()
            .find(|l| l.starts_with("2026-09") && l.contains(unit) && l.contains(id));
        row.unwrap().split(',').nth(20).unwrap().to_owned()
    };
    assert_eq!(status("binh-an/an-hoa", "measure,dung-han"), "revised");
    assert_eq!(
        status("binh-an/an-hoa", "indicator,ty-le-dung-han"),
        "revised"
    );
    assert_eq!(
        status("binh-an/an-tay", "measure,ho-so"),
        "final",
        "late is not corrected"
    );
    assert_eq!(status("binh-an/an-phu", "measure,ho-so"), "final");
    let changes = text("ky/2026-09/thay-doi/index.html");
    for name in ["Phường An Đông", "Xã An Cư", "Xã An Tây"] {
        assert!(changes.contains(name), "{name}");
    }
}

/// Two editions of different reporting units say nothing of each other's silence.
#[test]
fn nobody_is_silent_who_was_not_asked() {
    let folder = folder();
    let root = folder.path();
    let files = built(root, &root.join("public"));
    let changes = String::from_utf8(files["ky/2026-09/thay-doi/index.html"].clone()).unwrap();
    assert!(changes.contains("Không báo cáo kỳ này (1)") && changes.contains("Xã Hòa"));
    let units = "id,name,level,parent\nan,Tỉnh An,tinh,\nan/phu,Xã Phú,xa,an\nan/hoa,Xã Hòa,xa,an\nan/tay,Xã Tây,xa,an\nba,Tỉnh Ba,tinh,\n";
    fs::write(root.join("data/catalog/units.csv"), units).unwrap();
    let path = root.join("data/t9/period.toml");
    let other = fs::read_to_string(&path)
        .unwrap()
        .replace("\"an\"", "\"ba\"");
    fs::write(path, other).unwrap();
    fs::write(root.join("data/t9/a.csv"), "Hồ sơ,Đúng hạn\n10,9\n").unwrap();
    let files = built(root, &root.join("public"));
    assert!(!files.contains_key("ky/2026-09/thay-doi/index.html"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A release of any figures is read as it was written.
    #[test]
    fn any_release_is_read_as_it_was_written(
        figures in proptest::collection::btree_map(
            ("[a-c](/[a-c])?", "[x-z]?", "[m-o]"), "[1-9][0-9]{0,6}(\\.[1-9])?", 0..40)
    ) {
        use tiendo::release::{Figure, Head, parse, write};
        let list: Vec<Figure<'_>> = figures
            .iter()
            .map(|((unit, service, id), text)| Figure {
                unit,
                service,
                id: id.as_str().into(),
                text: text.as_str().into(),
            })
            .collect();
        let as_of = tiendo::text::date::Date::new(2026, 1, 2).unwrap();
        let text = write(&Head { period: "2026".into(), as_of }, &list);
        prop_assert_eq!(parse(&text).unwrap().figures, list);
    }
}
