//! Rankings at their edges: nothing and all, all equal, nobody left, more than all; and in whatever encoding, order and
//! number of threads.

use encoding_rs::WINDOWS_1258;
use proptest::prelude::*;
use tiendo::analysis::{Ranking, Unranked};
use tiendo::pipeline::{self, Options};
use tiendo::source::Sources;
use unicode_normalization::UnicodeNormalization;

use crate::rankings::{Site, WIDE, ranking, ranks, reasons};
use crate::support::{built, write_site};

/// By hand, with z² = 3.8415: 0 of 40 is 0 to 3.8415/43.8415 = 0.0876; 40 of 40 is 40/43.8415 = 0.9124 to 1; 20 of 40 is
/// 0.5 ± 1.96/43.8415 · √(10 + 0.9604) = 0.5 ± 0.1480. The three do not touch.
#[test]
fn nothing_and_all_have_bands() {
    let site = Site::new(
        &["Xã A", "Xã B", "Xã C"],
        WIDE,
        "Xã A,40,40\nXã B,40,20\nXã C,40,0\n",
    );
    let entries = ranking(&site.load()).entries;
    let bands: Vec<_> = entries.iter().map(|e| (e.rank, e.band)).collect();
    let wanted = [(1, Some((1, 1))), (2, Some((2, 2))), (3, Some((3, 3)))];
    assert_eq!(bands, wanted);
    // 0 of 40 reaches to 0.0876, and 1 of 40 (0.0044 to 0.1288) and 40 of 40 of the others lie on both sides of it.
    let site = Site::new(
        &["Xã A", "Xã B", "Xã C"],
        WIDE,
        "Xã A,40,40\nXã B,40,1\nXã C,40,0\n",
    );
    let entries = ranking(&site.load()).entries;
    let bands: Vec<_> = entries.iter().map(|e| (e.rank, e.band)).collect();
    let wanted = [(1, Some((1, 1))), (2, Some((2, 3))), (3, Some((2, 3)))];
    assert_eq!(bands, wanted);
}

type Pages = std::collections::BTreeMap<String, String>;

fn pages(site: &Site) -> Pages {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let sources = site.sources();
    let files: Vec<_> = sources
        .files
        .iter()
        .map(|f| (&*f.path, f.bytes.as_slice()))
        .collect();
    write_site(&root, &files);
    let pages = built(&root, &folder.path().join("public")).into_iter();
    pages
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// Where all are equal nobody is first and nobody last.
#[test]
fn all_equal_share_the_first_rank() {
    let site = Site::new(
        &["Xã A", "Xã B", "Xã C"],
        WIDE,
        "Xã A,40,30\nXã B,80,60\nXã C,400,300\n",
    );
    let loaded = site.load();
    assert_eq!(ranks(&loaded), ["1 Xã A", "1 Xã B", "1 Xã C"]);
    let entries = ranking(&loaded).entries;
    assert!(
        entries
            .iter()
            .all(|e| e.shared == 3 && e.band == Some((1, 3)))
    );
    for (path, page) in pages(&site) {
        for word in ["đứng đầu", "đứng cuối", "thấp nhất", "cao nhất"] {
            let page = page.replace("cùng đứng đầu", "");
            let at = page.find(word).unwrap_or(0);
            let near: String = page[..at].chars().rev().take(300).collect();
            let near: String = near.chars().rev().collect();
            assert!(!page.contains(word), "{path}: {word} {near}");
        }
    }
}

/// The minimum leaves nobody: each says why, and the page is no ranking.
#[test]
fn a_minimum_that_nobody_reaches() {
    let site = Site::new(
        &["Xã A", "Xã B", "Xã C"],
        WIDE,
        "Xã A,29,29\nXã B,10,4\nXã C,1,0\n",
    );
    let loaded = site.load();
    assert_eq!(ranking(&loaded).entries, []);
    let few = |name: &str| (name.to_owned(), Unranked::TooFew);
    assert_eq!(reasons(&loaded), [few("Xã A"), few("Xã B"), few("Xã C")]);
    let coverage = ranking(&loaded).coverage;
    assert_eq!((coverage.reported, coverage.expected), (3, 3));
    for (path, page) in pages(&site) {
        assert!(
            !page.contains("class=\"rk\"") && !page.contains("đứng đầu"),
            "{path}"
        );
    }
}

#[test]
fn a_single_commune_has_nobody_to_be_compared_with() {
    let site = Site::new(&["Xã A"], WIDE, "Xã A,50,45\n");
    for (path, page) in pages(&site) {
        assert!(
            !page.contains("class=\"rk\"") && !page.contains("đứng đầu"),
            "{path}"
        );
    }
}

/// 60 of 50 is no part of a whole: a contradiction, and nobody's neighbour in a ranking.
#[test]
fn more_than_all_is_not_ranked_first() {
    let site = Site::new(
        &["Xã A", "Xã B", "Xã C"],
        WIDE,
        "Xã A,50,60\nXã B,50,45\nXã C,50,40\n",
    );
    let loaded = site.load();
    assert_eq!(ranks(&loaded), ["1 Xã B", "2 Xã C"]);
    assert_eq!(reasons(&loaded), [("Xã A".to_owned(), Unranked::Doubtful)]);
}

/// The text as Windows writes it in Vietnamese: tones are letters of their own.
fn windows_1258(text: &str) -> Vec<u8> {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let apart = |c: char| {
        let (tones, letter): (Vec<char>, Vec<char>) = std::iter::once(c).nfd().partition(is_tone);
        letter.into_iter().nfc().chain(tones).collect::<Vec<char>>()
    };
    let text: String = text.chars().flat_map(apart).collect();
    let (bytes, _, is_lossy) = WINDOWS_1258.encode(&text);
    assert!(!is_lossy, "{text}");
    bytes.into_owned()
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(bytes).collect()
}

fn encoded(text: &str, way: usize) -> Vec<u8> {
    match way {
        0 => text.as_bytes().to_vec(),
        1 => format!("\u{feff}{text}").into_bytes(),
        2 => utf_16(text, u16::to_le_bytes),
        3 => utf_16(text, u16::to_be_bytes),
        4 => windows_1258(text),
        _ => text.nfd().collect::<String>().into_bytes(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// What a ranking says depends on the figures alone.
    #[test]
    fn a_ranking_is_the_same_in_every_encoding(
        counts in prop::collection::vec((0i64..120, 0i64..=100), 3..12),
        seed in any::<u64>(),
        way in 0usize..6,
        threads in 1usize..6,
    ) {
        let kinds = ["Xã", "Phường"];
        let names: Vec<String> =
            (0..counts.len()).map(|i| format!("{} Đặng Thừa Thiện {i}", kinds[i % 2])).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut rows: Vec<String> = counts
            .iter()
            .zip(&names)
            .map(|((of, share), name)| format!("{name},{of},{}\n", of * share / 100))
            .collect();
        let wanted = ranking(&Site::new(&names, WIDE, &rows.concat()).load());
        rows.sort_by_key(|r| r.bytes().fold(seed, |h, b| h.wrapping_mul(31) ^ u64::from(b)));
        let mut files = Site::new(&names, WIDE, &rows.concat()).sources().files;
        for file in &mut files {
            if file.path.ends_with("xa.csv") {
                let text = String::from_utf8(file.bytes.clone()).unwrap();
                file.bytes = encoded(&text, way);
            }
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let found = pool.install(|| ranking(&pipeline::load(&Sources::new(files), &Options::default())));
        let said = |r: &Ranking| {
            let entries: Vec<_> = r
                .entries
                .iter()
                .map(|e| (e.unit, e.rank, e.shared, e.band, e.peers, e.observation.value))
                .collect();
            let unranked: Vec<_> = r.unranked.iter().map(|(u, why, o)| (*u, *why, o.value)).collect();
            (entries, unranked, r.coverage, r.refusal)
        };
        prop_assert_eq!(said(&wanted), said(&found), "{}", way);
    }
}

/// Where less is better the first are not the highest.
#[test]
fn fewer_late_ones_are_first_and_not_highest() {
    let indicators = "[ty-le]\nlabel = \"Tỷ lệ quá hạn\"\nnumerator = [\"dung\"]\ndenominator = [\"nhan\"]\n\
of_whom = \"hồ sơ tiếp nhận\"\ndirection = \"down\"\n";
    let rows = "Xã A,40,30\nXã B,80,6\nXã C,400,0\nXã D,100,90\n";
    let names = ["Xã A", "Xã B", "Xã C", "Xã D"];
    let site = Site::new(&names, WIDE, rows).with("data/catalog/indicators.toml", indicators);
    // 0 %, 7.5 %, 75 %, 90 %.
    let wanted = ["1 Xã C", "2 Xã B", "3 Xã A", "4 Xã D"];
    assert_eq!(ranks(&site.load()), wanted);
    for (path, page) in pages(&site) {
        for word in ["cao nhất", "thấp nhất", "Cao nhất", "Thấp nhất"] {
            let at = page.find(word).unwrap_or(0);
            let near: String = page[..at].chars().rev().take(300).collect();
            let near: String = near.chars().rev().collect();
            assert!(!page.contains(word), "{path}: {word} {near}");
        }
    }
}
