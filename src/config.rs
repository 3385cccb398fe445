//! The settings of a site: `site.toml`. Defaults stand here and nowhere else.

mod budget;
mod cadence;
mod sharing;

use std::collections::BTreeMap;

use crate::diagnostic::{Checked, Place, one_of, phrase};
use crate::model::TaskStatus;
use crate::source::SourceFile;
use crate::table::encoding;
use crate::text::colour::Colour;
use crate::text::date::Date;
use crate::text::normal::fold;
use crate::text::number::Style;
use crate::toml_file::{Section, TomlFile};

pub use budget::{BUDGETS, Budget};
pub use cadence::{Cadence, Units};
pub use sharing::{CARDS, Sharing};

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the site.
    pub title: String,
    /// Second line under the name.
    pub subtitle: String,
    /// Language of the site, `vi` by default.
    pub language: String,
    /// The languages that pages are made in, the original first; empty where there is only that.
    pub languages: Vec<SiteLanguage>,
    /// Address at which the site will stand, ending in a slash; empty if not known.
    pub base_url: String,
    /// The one date for judgements in time, where set.
    pub as_of: Option<Date>,
    /// Whether the figures are examples; each page then says so.
    pub illustrative: bool,
    /// Name of the theme.
    pub theme: String,
    /// Where it is named.
    pub theme_place: Place,
    /// The colours and the emblem of the office.
    pub look: Look,
    /// Style of numbers in tables that do not declare their own.
    pub number_style: Option<Style>,
    /// Who publishes.
    pub publisher: Publisher,
    /// Licence of the data.
    pub licence: Licence,
    /// Path prefix of each kind of page.
    pub paths: Paths,
    /// Fewest dossiers for a unit to be ranked.
    pub minimum_base: u32,
    /// How many of the units of a ranking must have figures, in per cent.
    pub minimum_coverage: u32,
    /// Ids of the statistics shown first.
    pub headline: Vec<String>,
    /// The cadences that are declared, by name.
    pub cadences: Vec<Cadence>,
    /// Which small counts are not published.
    pub suppression: Suppression,
    /// The provinces whose units come from the shipped catalogue: codes, ids, names or `all`.
    pub provinces: Vec<(String, Place)>,
    /// How reports word the states of tasks, folded: a text that begins with the words has the state.
    pub task_wording: Vec<(String, TaskStatus)>,
    /// Cards and files of charts.
    pub sharing: Sharing,
    /// How heavy what a reader loads may become.
    pub budgets: Vec<Budget>,
}

impl Config {
    /// What is declared of a cadence.
    pub fn cadence(&self, name: &str) -> Option<&Cadence> {
        self.cadences.iter().find(|c| c.name == name)
    }
}

/// A language that pages are made in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteLanguage {
    /// Its tag: `en`.
    pub tag: String,
    /// Where the settings name it.
    pub place: Place,
    /// What the site says of itself in it: `title`, `subtitle`, `licence`, and the lines of the publisher.
    pub words: BTreeMap<String, String>,
}

/// Which small counts are not published: those above zero and below a threshold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppression {
    /// The threshold; zero where every count is published.
    pub below: u32,
    /// Ids of the measures concerned, each with its place; all counts where there are none.
    pub measures: Vec<(String, Place)>,
}

/// Who publishes; shown in the footer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of site.toml")]
pub struct Publisher {
    pub name: String,
    pub governing_body: String,
    pub responsible: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    /// Page or form that takes reports of errors, where there is no e-mail address for them.
    pub contact: String,
    pub licence_number: String,
    pub licence_date: Option<Date>,
    pub note: String,
    /// Whether the site says that it belongs to a state office; one that says nothing is taken for one.
    pub state_office: Option<bool>,
    /// Whether the settings say anything about it.
    pub is_declared: bool,
    /// Where all this is said, or would be.
    pub place: Place,
}

/// The colours and the emblem of the office, each with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// For the emblem, buttons, the page shown.
    pub brand: Option<(Colour, Place)>,
    /// The same on dark grounds.
    pub brand_dark: Option<(Colour, Place)>,
    /// For what charts point out.
    pub highlight: Option<(Colour, Place)>,
    /// The same on dark grounds.
    pub highlight_dark: Option<(Colour, Place)>,
    /// Path of the emblem, below the root of the site.
    pub emblem: Option<(String, Place)>,
}

/// Licence of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// Path prefix of each kind of page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of site.toml")]
pub struct Paths {
    pub edition: String,
    pub unit: String,
    pub service: String,
    pub indicator: String,
    pub ranking: String,
    pub tasks: String,
    pub data: String,
    pub reconciliation: String,
    pub method: String,
    pub latest: String,
    pub revisions: String,
    pub changes: String,
    pub search: String,
    pub charts: String,
    pub embeds: String,
    pub evidence: String,
    pub compare: String,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            edition: "ky".into(),
            unit: "don-vi".into(),
            service: "dich-vu".into(),
            indicator: "chi-tieu".into(),
            ranking: "xep-hang".into(),
            tasks: "nhiem-vu".into(),
            data: "du-lieu".into(),
            reconciliation: "doi-chieu".into(),
            method: "phuong-phap".into(),
            latest: "moi-nhat".into(),
            revisions: "dinh-chinh".into(),
            changes: "thay-doi".into(),
            search: "tim-kiem".into(),
            charts: "hinh".into(),
            embeds: "nhung".into(),
            evidence: "can-cu".into(),
            compare: "so-sanh".into(),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Tiến độ".into(),
            subtitle: String::new(),
            language: "vi".into(),
            languages: Vec::new(),
            base_url: String::new(),
            as_of: None,
            illustrative: false,
            theme: "default".into(),
            theme_place: Place::default(),
            look: Look::default(),
            number_style: None,
            publisher: Publisher::default(),
            licence: Licence::default(),
            paths: Paths::default(),
            minimum_base: 30,
            minimum_coverage: 50,
            headline: Vec::new(),
            cadences: Vec::new(),
            suppression: Suppression::default(),
            provinces: Vec::new(),
            task_wording: Vec::new(),
            sharing: Sharing::default(),
            budgets: Vec::new(),
        }
    }
}

/// Reads `site.toml`.
pub fn read(file: &SourceFile) -> Checked<Config> {
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(Config::default(), vec![*d]),
    };
    let doc = TomlFile::parse(&file.path, &text);
    let config = settings(&doc.root());
    Checked::new(config, doc.into_findings())
}

fn settings(root: &Section<'_, '_>) -> Config {
    let mut c = Config::default();
    if let Some(title) = root.required("title") {
        c.title = title;
    }
    c.subtitle = root.text("subtitle").unwrap_or_default();
    c.language = root
        .parsed("language", one_of("vi, en"), |t| {
            ["vi", "en"].contains(&t).then(|| t.to_owned())
        })
        .unwrap_or(c.language);
    if let Some(s) = root.section("languages") {
        c.languages = languages(&s);
        if let Some(first) = c.languages.first() {
            c.language.clone_from(&first.tag);
        }
    }
    c.base_url = root
        .parsed("base_url", phrase("http-address"), base_url)
        .unwrap_or_default();
    c.as_of = root.date("as_of");
    c.illustrative = root.flag("illustrative").unwrap_or(false);
    c.theme = root
        .parsed("theme", phrase("theme-folder"), slug)
        .unwrap_or(c.theme);
    c.theme_place = root.place_of("theme");
    c.number_style = root.parsed("number_style", one_of("vi, en"), number_style);
    if let Some(s) = root.section("look") {
        c.look = look(&s);
    }
    c.publisher.place = root.place();
    if let Some(s) = root.section("publisher") {
        c.publisher = publisher(&s);
    }
    if let Some(s) = root.section("licence") {
        c.licence = Licence {
            name: s.text("name").unwrap_or_default(),
            url: s
                .parsed("url", phrase("https-address"), web_address)
                .unwrap_or_default(),
        };
        s.close();
    }
    if let Some(s) = root.section("paths") {
        c.paths = paths(&s);
    }
    if let Some(s) = root.section("ranking") {
        c.minimum_base = s
            .number("minimum_base", 0..=1_000_000)
            .unwrap_or(c.minimum_base);
        c.minimum_coverage = s
            .number("minimum_coverage", 0..=100)
            .unwrap_or(c.minimum_coverage);
        s.close();
    }
    if let Some(s) = root.section("home") {
        c.headline = s.list("indicators").into_iter().map(|(t, _)| t).collect();
        s.close();
    }
    if let Some(s) = root.section("cadence") {
        c.cadences = s
            .sections()
            .iter()
            .map(|(name, s)| cadence::read(name, s))
            .collect();
    }
    if let Some(s) = root.section("suppression") {
        c.suppression = Suppression {
            below: s.number("below", 0..=1_000_000).unwrap_or(0),
            measures: s.list("measures"),
        };
        s.close();
    }
    if let Some(s) = root.section("units") {
        c.provinces = if s.is_list("parent") {
            s.list("parent")
        } else {
            let place = s.place_of("parent");
            s.text("parent").map(|t| (t, place)).into_iter().collect()
        };
        s.close();
    }
    if let Some(s) = root.section("task_status") {
        c.task_wording = task_wording(&s);
    }
    c.sharing = sharing::read(root);
    c.budgets = budget::read(root);
    root.close();
    c
}

/// The words of a site that have a text for each language.
const WORDS: [&str; 9] = [
    "title",
    "subtitle",
    "licence",
    "name",
    "governing_body",
    "responsible",
    "address",
    "licence_number",
    "note",
];

fn languages(s: &Section<'_, '_>) -> Vec<SiteLanguage> {
    let read = |(tag, place): (String, Place)| {
        slug(&tag)?;
        let section = s.section(&tag);
        let text = |key: &&str| Some(((*key).to_owned(), section.as_ref()?.text(key)?));
        let words = WORDS.iter().filter_map(text).collect();
        if let Some(section) = &section {
            section.close();
        }
        Some(SiteLanguage { tag, place, words })
    };
    let list = s.list("list").into_iter().filter_map(read).collect();
    s.close();
    list
}

/// The longest wording first, so that "đang chờ" may mean something else than "đang".
fn task_wording(s: &Section<'_, '_>) -> Vec<(String, TaskStatus)> {
    let mut list: Vec<(String, TaskStatus)> = TaskStatus::ALL
        .into_iter()
        .flat_map(|status| {
            let words = s.list(status.as_str()).into_iter();
            words.map(move |(text, _)| (fold(&text), status))
        })
        .filter(|(text, _)| !text.is_empty())
        .collect();
    s.close();
    list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    list
}

fn look(s: &Section<'_, '_>) -> Look {
    let colour = |key: &str| {
        let colour = s.parsed(key, phrase("colour"), Colour::parse)?;
        Some((colour, s.place_of(key)))
    };
    let look = Look {
        brand: colour("brand"),
        brand_dark: colour("brand_dark"),
        highlight: colour("highlight"),
        highlight_dark: colour("highlight_dark"),
        emblem: s
            .parsed("emblem", phrase("path-below-root"), path_below_root)
            .map(|path| (path, s.place_of("emblem"))),
    };
    s.close();
    look
}

fn publisher(s: &Section<'_, '_>) -> Publisher {
    let get = |key: &str| s.text(key).unwrap_or_default();
    let p = Publisher {
        name: get("name"),
        governing_body: get("governing_body"),
        responsible: get("responsible"),
        address: get("address"),
        phone: get("phone"),
        email: get("email"),
        contact: s
            .parsed("contact", phrase("https-address"), web_address)
            .unwrap_or_default(),
        licence_number: get("licence_number"),
        licence_date: s.date("licence_date"),
        note: get("note"),
        state_office: s.flag("state_office"),
        is_declared: true,
        place: s.place(),
    };
    s.close();
    p
}

fn paths(s: &Section<'_, '_>) -> Paths {
    let mut p = Paths::default();
    for (key, place) in [
        ("edition", &mut p.edition),
        ("unit", &mut p.unit),
        ("service", &mut p.service),
        ("indicator", &mut p.indicator),
        ("ranking", &mut p.ranking),
        ("tasks", &mut p.tasks),
        ("data", &mut p.data),
        ("reconciliation", &mut p.reconciliation),
        ("method", &mut p.method),
        ("latest", &mut p.latest),
        ("revisions", &mut p.revisions),
        ("changes", &mut p.changes),
        ("search", &mut p.search),
        ("charts", &mut p.charts),
        ("embeds", &mut p.embeds),
        ("evidence", &mut p.evidence),
        ("compare", &mut p.compare),
    ] {
        if let Some(value) = s.parsed(key, phrase("plain-word"), slug) {
            *place = value;
        }
    }
    s.close();
    p
}

/// The style that a file declares.
pub fn number_style(text: &str) -> Option<Style> {
    match text {
        "vi" => Some(Style::Vietnamese),
        "en" => Some(Style::English),
        _ => None,
    }
}

fn slug(text: &str) -> Option<String> {
    let fits = !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    fits.then(|| text.to_owned())
}

/// A path below the root of the site, as the files of the site are named.
fn path_below_root(text: &str) -> Option<String> {
    let path = text.strip_prefix("./").unwrap_or(text);
    let is_part = |part: &str| !part.is_empty() && part != "." && part != "..";
    let fits = path.split('/').all(is_part) && !path.contains(['\\', ':']);
    fits.then(|| path.to_owned())
}

fn web_address(text: &str) -> Option<String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let fits =
        !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || "\"'<>`".contains(c));
    fits.then(|| text.to_owned())
}

fn base_url(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(String::new());
    }
    web_address(text).map(|t| if t.ends_with('/') { t } else { t + "/" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_hold_where_nothing_is_said() {
        let checked = read(&SourceFile::new(
            "site.toml",
            "title = \"A\"\nbase_url = \"https://a.vn\"\n",
        ));
        assert_eq!(checked.diagnostics, []);
        assert_eq!(checked.value.base_url, "https://a.vn/");
        assert_eq!(checked.value.minimum_base, 30);
        assert_eq!(checked.value.paths.unit, "don-vi");
    }

    #[test]
    fn a_misspelt_key_is_reported_with_a_suggestion() {
        let checked = read(&SourceFile::new(
            "site.toml",
            "title = \"A\"\nsubtile = \"B\"\n",
        ));
        assert_eq!(checked.diagnostics.len(), 1);
        assert_eq!(
            checked.diagnostics[0].suggestion.as_deref(),
            Some("subtitle")
        );
    }
}
