//! Sums over trees of units: what is summed is what the leaves say, whoever stands between.

use std::fmt::Write as _;

use proptest::prelude::*;
use tiendo::analysis::{Against, Basis, Incomparable, State, Why};
use tiendo::model::{ServiceIx, Stat};

use crate::succession::{coverage, int, month, observe, site, stat, unit};
use crate::support::{built, write_site};

/// Three districts of two communes each; B says nothing in this month, so its district is no total.
const SIX: &str = "ca-nuoc,,Cả nước,quoc-gia,,,\nt,,Tỉnh T,tinh,ca-nuoc,,\nh1,,Huyện 1,huyen,t,,\nh2,,Huyện 2,huyen,t,,\n\
h3,,Huyện 3,huyen,t,,\na,,Xã A,xa,h1,,\nb,,Xã B,xa,h1,,\nc,,Xã C,xa,h2,,\nd,,Xã D,xa,h2,,\ne,,Xã E,xa,h3,,\ng,,Xã G,xa,h3,,\n";
const HEAD: &str = "Mã đơn vị,Tiếp nhận,Trực tuyến\n";

#[test]
fn a_unit_is_counted_above_even_where_its_district_is_no_total() {
    let all = format!("{HEAD}a,10,5\nb,20,5\nc,30,15\nd,40,20\ne,50,25\ng,60,30\n");
    let one_missing = format!("{HEAD}a,10,9\nc,30,15\nd,40,20\ne,50,25\ng,60,30\n");
    let s = site(SIX, "", &[("2025-01", &all), ("2025-02", &one_missing)]);
    // 10 + 20 + 30 + 40 + 50 + 60, and without B.
    assert_eq!(
        observe(&s, "tiep-nhan", "t", "2025-01").value,
        Some(int(210))
    );
    let o = observe(&s, "tiep-nhan", "t", "2025-02");
    assert_eq!((o.value, o.basis), (Some(int(190)), Basis::Units));
    assert_eq!(coverage(&s, "tiep-nhan", "t", "2025-02"), (5, 6));
    // 9 + 15 + 20 + 25 + 30 of 190.
    let ratio = observe(&s, "ty-le", "t", "2025-02");
    assert_eq!(
        (ratio.numerator, ratio.denominator),
        (Some(int(99)), Some(int(190)))
    );
    // One commune of two is no total of the district, and the country has what the province has.
    assert_eq!(
        observe(&s, "tiep-nhan", "h1", "2025-02").state,
        State::Absent
    );
    assert_eq!(
        observe(&s, "tiep-nhan", "ca-nuoc", "2025-02").value,
        Some(int(190))
    );
    // One in each of two districts: neither district is a total, both together are.
    let two = format!("{HEAD}a,10,9\nc,30,15\n");
    let s = site(SIX, "", &[("2025-01", &all), ("2025-02", &two)]);
    assert_eq!(
        observe(&s, "tiep-nhan", "t", "2025-02").value,
        Some(int(40))
    );
    assert_eq!(coverage(&s, "tiep-nhan", "t", "2025-02"), (2, 6));
}

/// What a unit of a tree is asked for: every leaf that speaks counts once, where at least two do or nobody else could.
#[derive(Debug)]
struct Tree {
    parents: Vec<usize>,
    counts: Vec<Option<(i64, i64)>>,
}

const LEVELS: [&str; 5] = ["quoc-gia", "tinh", "huyen", "xa", "thon"];

impl Tree {
    fn depth(&self, at: usize) -> usize {
        if at == 0 {
            0
        } else {
            1 + self.depth(self.parents[at])
        }
    }

    fn children(&self, at: usize) -> Vec<usize> {
        (1..self.parents.len())
            .filter(|c| self.parents[*c] == at)
            .collect()
    }

    fn leaves(&self, at: usize) -> Vec<usize> {
        let below = self.children(at);
        if below.is_empty() {
            return vec![at];
        }
        below.into_iter().flat_map(|c| self.leaves(c)).collect()
    }

    /// In how many of its children anybody speaks.
    fn speaking(&self, at: usize) -> usize {
        let speaks = |c: &usize| self.leaves(*c).iter().any(|l| self.counts[*l].is_some());
        self.children(at).iter().filter(|c| speaks(c)).count()
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let node = (
        any::<u16>(),
        proptest::option::weighted(0.7, (0i64..500, 0i64..=100)),
    );
    prop::collection::vec(node, 3..24).prop_map(|nodes| {
        let mut tree = Tree {
            parents: vec![0],
            counts: vec![None],
        };
        for (pick, figure) in nodes {
            let open: Vec<usize> = (0..tree.parents.len())
                .filter(|at| tree.depth(*at) + 1 < LEVELS.len())
                .collect();
            tree.parents.push(open[usize::from(pick) % open.len()]);
            tree.counts
                .push(figure.map(|(of, share)| (of, of * share / 100)));
        }
        for at in 0..tree.parents.len() {
            if !tree.children(at).is_empty() {
                tree.counts[at] = None;
            }
        }
        tree
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_sum_is_that_of_its_leaves_for_every_tree(tree in tree(), turn in any::<u64>()) {
        let id = |at: usize| if at == 0 { "ca-nuoc".to_owned() } else { format!("u{at}") };
        let mut units = String::new();
        let mut rows: Vec<String> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        for at in 0..tree.parents.len() {
            let parent = if at == 0 { String::new() } else { id(tree.parents[at]) };
            writeln!(units, "{},,Đơn vị {at},{},{parent},,", id(at), LEVELS[tree.depth(at)]).unwrap();
            if tree.children(at).is_empty() {
                others.push(format!("{},1,1\n", id(at)));
                if let Some((of, part)) = tree.counts[at] {
                    rows.push(format!("{},{of},{part}\n", id(at)));
                }
            }
        }
        prop_assume!(rows.len() > 1 && others.len() > 1);
        rows.sort_by_key(|r| r.bytes().fold(turn, |h, b| h.wrapping_mul(31) ^ u64::from(b)));
        // The month before, in which all speak, tells whose figures are expected.
        let all = format!("{HEAD}{}", others.concat());
        let s = site(&units, "", &[("2025-01", &all), ("2025-02", &format!("{HEAD}{}", rows.concat()))]);
        for at in (0..tree.parents.len()).filter(|at| !tree.children(*at).is_empty()) {
            let known: Vec<(i64, i64)> =
                tree.leaves(at).iter().filter_map(|l| tree.counts[*l]).collect();
            let o = observe(&s, "tiep-nhan", &id(at), "2025-02");
            let ratio = observe(&s, "ty-le", &id(at), "2025-02");
            let enough = tree.speaking(at) > 1 || tree.speaking(at) == 1 && tree.children(at).len() == 1;
            if !enough {
                prop_assert_eq!((o.state, ratio.state), (State::Absent, State::Absent), "{}", id(at));
                continue;
            }
            let (of, part) = known.iter().fold((0, 0), |(a, b), (of, part)| (a + of, b + part));
            prop_assert_eq!(o.value, Some(int(of)), "{}\n{}", id(at), units);
            prop_assert_eq!(ratio.numerator, Some(int(part)));
            prop_assert_eq!(ratio.denominator, Some(int(of)));
            let covered = coverage(&s, "tiep-nhan", &id(at), "2025-02");
            prop_assert_eq!(covered, (known.len(), tree.leaves(at).len()), "{}\n{}", id(at), units);
        }
    }
}

/// A commune that ended on 15 July and one that took it over: what each says of July counts once.
#[test]
fn a_unit_that_ends_within_the_month() {
    let units = "ca-nuoc,,Cả nước,quoc-gia,,,\na,,Xã A,xa,ca-nuoc,,2025-07-14\nb,,Xã B,xa,ca-nuoc,,\nc,,Xã C,xa,ca-nuoc,,\n";
    let changes = "2025-07-15,merge,a,b,,\n";
    let june = format!("{HEAD}a,10,5\nb,20,10\nc,40,30\n");
    let july = format!("{HEAD}b,35,20\nc,40,30\n");
    let s = site(units, changes, &[("2025-06", &june), ("2025-07", &july)]);
    assert_eq!(
        observe(&s, "tiep-nhan", "ca-nuoc", "2025-06").value,
        Some(int(70))
    );
    // 35 + 40; nobody waits for A, which is gone by the end of the month.
    assert_eq!(
        observe(&s, "tiep-nhan", "ca-nuoc", "2025-07").value,
        Some(int(75))
    );
    assert_eq!(coverage(&s, "tiep-nhan", "ca-nuoc", "2025-07"), (2, 2));
    assert_eq!(
        observe(&s, "tiep-nhan", "a", "2025-07").state,
        State::Absent
    );
}

/// A into B in January, B and C into D in July; E divided in January, its parts together again in July.
#[test]
fn merged_twice_in_a_year_and_divided_then_merged() {
    let units = "ca-nuoc,,Cả nước,quoc-gia,,,\na,,Xã A,xa,ca-nuoc,,2024-12-31\nb,,Xã B,xa,ca-nuoc,2025-01-01,2025-06-30\n\
c,,Xã C,xa,ca-nuoc,,2025-06-30\nd,,Xã D,xa,ca-nuoc,2025-07-01,\ne,,Xã E,xa,ca-nuoc,,2024-12-31\n\
e1,,Xã E Một,xa,ca-nuoc,2025-01-01,2025-06-30\ne2,,Xã E Hai,xa,ca-nuoc,2025-01-01,2025-06-30\ng,,Xã G,xa,ca-nuoc,2025-07-01,\n\
k,,Xã K,xa,ca-nuoc,2025-07-01,\ni,,Xã I,xa,ca-nuoc,,2024-12-31\n";
    let changes = "2025-01-01,merge,a,b,,\n2025-01-01,merge,i,b,,\n2025-07-01,merge,b,d,,\n2025-07-01,merge,c,d,,\n\
2025-01-01,split,e,e1,,\n2025-01-01,split,e,e2,,\n2025-07-01,merge,e1,g,,\n2025-07-01,merge,e2,g,,\n2025-07-01,split,c,k,,\n";
    let december = format!("{HEAD}a,10,5\ni,4,2\nc,20,10\ne,30,15\n");
    let march = format!("{HEAD}b,12,6\nc,22,11\ne1,16,8\ne2,17,8\n");
    let s = site(
        units,
        changes,
        &[("2024-12", &december), ("2025-03", &march)],
    );
    // C went to D and partly to K: nobody knows how much of it D has.
    let d = observe(&s, "tiep-nhan", "d", "2024-12");
    assert_eq!(d.state, State::NotComparable(Incomparable::Divided));
    // 16 + 17 in March; in December E was whole: 30.
    assert_eq!(
        observe(&s, "tiep-nhan", "g", "2025-03").sound(),
        Some(int(33))
    );
    assert_eq!(
        observe(&s, "tiep-nhan", "g", "2024-12").sound(),
        Some(int(30))
    );
    // A and I are B's: 14 in December.
    assert_eq!(
        observe(&s, "tiep-nhan", "b", "2024-12").sound(),
        Some(int(14))
    );
    // Without the division of C: 10 + 4 + 20 in December, 12 + 22 in March.
    let plain = changes.replace("2025-07-01,split,c,k,,\n", "");
    let s = site(
        units,
        &plain,
        &[("2024-12", &december), ("2025-03", &march)],
    );
    assert_eq!(
        observe(&s, "tiep-nhan", "d", "2024-12").sound(),
        Some(int(34))
    );
    assert_eq!(
        observe(&s, "tiep-nhan", "d", "2025-03").sound(),
        Some(int(34))
    );
    // The country counts each once: 10 + 4 + 20 + 30.
    assert_eq!(
        observe(&s, "tiep-nhan", "ca-nuoc", "2024-12").value,
        Some(int(64))
    );
}

/// What cumulative figures brought in July: B took A over and stays, D was made of C and E.
#[test]
fn cumulative_figures_are_not_subtracted_across_a_move_of_areas() {
    let units = "ca-nuoc,,Cả nước,quoc-gia,,,\na,,Xã A,xa,ca-nuoc,,2025-06-30\nb,,Xã B,xa,ca-nuoc,,\n\
c,,Xã C,xa,ca-nuoc,,2025-06-30\ne,,Xã E,xa,ca-nuoc,,2025-06-30\nd,,Xã D,xa,ca-nuoc,2025-07-01,\n";
    let changes = "2025-07-01,merge,a,b,,\n2025-07-01,merge,c,d,,\n2025-07-01,merge,e,d,,\n";
    let head = "Mã đơn vị,Lũy kế\n";
    let june = format!("{head}a,300\nb,500\nc,200\ne,400\n");
    let brought = |july: &str, id: &str, when: &str| {
        let august = format!("{head}b,990\nd,950\n");
        let tables = [
            ("2025-06", june.as_str()),
            ("2025-07", &format!("{head}{july}")),
            ("2025-08", &august),
        ];
        let s = site(units, changes, &tables);
        let (Stat::Measure(m), whole) = (stat(&s, "luy-ke"), ServiceIx::WHOLE) else {
            panic!("a measure")
        };
        let (analysis, u, p) = (s.analysis(), unit(&s, id), month(&s, when));
        let gained = analysis.in_period(m, u, whole, p).map(|a| a.value);
        let change = analysis.compare(Stat::Measure(m), u, whole, p, Against::Previous);
        (
            gained,
            change.map(|d| d.difference).map_err(|none| none.why),
        )
    };
    // 900 - 500 would be 400, of which 300 were A's of the months before.
    let (gained, change) = brought("b,900\nd,700\n", "b", "2025-07");
    assert_eq!((gained, change), (None, Err(Why::AreaMoved)));
    // 990 - 900.
    assert_eq!(brought("b,900\nd,700\n", "b", "2025-08").0, Some(int(90)));
    // 700 - (200 + 400).
    assert_eq!(brought("b,900\nd,700\n", "d", "2025-07").0, Some(int(100)));
    // D counts from its first day: 150 - 600 is nothing that happened.
    let (gained, change) = brought("b,900\nd,150\n", "d", "2025-07");
    assert_eq!((gained, change), (None, Err(Why::AreaMoved)));
}

/// A has 3, which is hidden, and its district is no total: whoever subtracts the other districts from the province must
/// not find it.
#[test]
fn a_hidden_count_is_not_told_by_the_sum_above_its_district() {
    let shown = |settings: &str| {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        let units = format!("id,code,name,level,parent,valid_from,valid_to\n{SIX}");
        let table = "Mã đơn vị,Tiếp nhận\na,3\nc,30\nd,41\ne,51\ng,66\n";
        let period = "period = \"2025-02\"\nlabel = \"Tháng 2/2025\"\nstart = 2025-02-01\nend = 2025-02-28\n\
                      unit = \"t\"\ncadence = \"thang\"\n";
        let site = format!("title = \"Thử\"\n[home]\nindicators = [\"tiep-nhan\"]\n{settings}");
        write_site(
            &root,
            &[
                ("site.toml", site.as_bytes()),
                ("data/catalog/units.csv", units.as_bytes()),
                (
                    "data/catalog/measures.toml",
                    "[tiep-nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n".as_bytes(),
                ),
                ("data/2025-02/period.toml", period.as_bytes()),
                ("data/2025-02/a.csv", table.as_bytes()),
            ],
        );
        let pages = built(&root, &folder.path().join("public"));
        let has = |unit: &str, number: &str| {
            let page = &pages[&format!("don-vi/{unit}/index.html")];
            String::from_utf8_lossy(page).contains(&format!(">{number}<"))
        };
        // 30 + 41, 51 + 66, and 3 + 71 + 117.
        [has("h2", "71"), has("h3", "117"), has("t", "191")]
    };
    assert_eq!(shown(""), [true; 3]);
    assert_ne!(shown("[suppression]\nbelow = 5\n"), [true; 3]);
}
