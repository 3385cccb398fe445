//! `[units] parent` of a site: the shipped catalogue, and what a site's own rows do to it.

use tiendo::analysis::{Basis, Incomparable, State};
use tiendo::decimal::Decimal;
use tiendo::diagnostic::{Diagnostic, Language};
use tiendo::model::{PeriodIx, ServiceIx, Unit};
use tiendo::pipeline::{self, Loaded, Options};
use tiendo::source::{SourceFile, Sources};
use tiendo::text::date::Date;

const MEASURES: &str = "[tiep-nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n";

fn sources(parent: &str, files: &[(&str, &str)]) -> Sources {
    let site = format!("title = \"Thử\"\n[units]\nparent = {parent}\n");
    let mut list = vec![
        SourceFile::new("site.toml", site),
        SourceFile::new("data/catalog/measures.toml", MEASURES),
    ];
    list.extend(
        files
            .iter()
            .map(|(path, text)| SourceFile::new(path, *text)),
    );
    Sources::new(list)
}

fn load(parent: &str, files: &[(&str, &str)]) -> (Loaded, Vec<Diagnostic>) {
    let sources = sources(parent, files);
    let loaded = pipeline::load(&sources, &Options::default());
    let findings = pipeline::check_loaded(&sources, &loaded);
    (loaded, findings)
}

fn unit<'l>(loaded: &'l Loaded, id: &str) -> &'l Unit {
    let units = &loaded.catalog.units;
    units.get(units.find(id).unwrap_or_else(|| panic!("no unit {id}")))
}

fn period(id: &str, end: &str, reporting: &str) -> String {
    format!(
        "period = \"{id}\"\nlabel = \"Tháng {id}\"\nstart = {id}-01\nend = {id}-{end}\nunit = \"{reporting}\"\ncadence = \"thang\"\n"
    )
}

#[test]
fn an_office_begins_with_its_code_and_has_its_communes() {
    let june = period("2025-06", "30", "phu-tho");
    let july = period("2025-07", "31", "phu-tho");
    let files = [
        ("data/2025-06/period.toml", june.as_str()),
        // A report of today about June names the wards of then, by name and by code.
        (
            "data/2025-06/a.csv",
            "Đơn vị,Tiếp nhận\nPhường Dữu Lâu,10\nPhường Tân Dân,20\nPhường Gia Cẩm,30\nXã Trưng Vương,40\n07933,50\n",
        ),
        ("data/2025-07/period.toml", july.as_str()),
        (
            "data/2025-07/a.csv",
            "Đơn vị,Tiếp nhận\nPhường Việt Trì,170\nUBND xã Tam Sơn - Tỉnh Phú Thọ,9\n",
        ),
    ];
    let (loaded, findings) = load("\"25\"", &files);
    let errors: Vec<String> = findings
        .iter()
        .filter(|d| d.code.family() == "identity" || d.code.family() == "reading")
        .map(|d| d.message(Language::Vietnamese))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let units = &loaded.catalog.units;
    let ix = units.find("phu-tho/viet-tri").unwrap();
    let analysis = loaded.analysis();
    let observe = |period: u16| {
        let stat = loaded.catalog.stat("tiep-nhan").unwrap();
        analysis.observe(stat, ix, ServiceIx::WHOLE, PeriodIx(period))
    };
    // Việt Trì of today is Dữu Lâu, Tân Dân, Gia Cẩm, Trưng Vương and Minh Nông: 10 + 20 + 30 + 40 + 50.
    assert_eq!(observe(0).value, Some(Decimal::from_int(150)));
    assert_eq!((observe(0).basis, observe(0).of), (Basis::Predecessors, 5));
    assert_eq!(observe(1).value, Some(Decimal::from_int(170)));
    // Without a country in the site's catalogue, one province stands alone.
    assert_eq!(unit(&loaded, "phu-tho").parent, None);
    assert!(units.find("gia-lai").is_none() && units.find("viet-nam").is_none());
}

#[test]
fn a_commune_with_a_part_of_another_does_not_compare() {
    let june = period("2025-06", "30", "phu-tho");
    // Tam Dương Bắc and others took parts; any unit with a split in its origin will do.
    let (loaded, _) = load("\"25\"", &[("data/2025-06/period.toml", june.as_str())]);
    let units = &loaded.catalog.units;
    let split = units
        .changes
        .iter()
        .find(|c| c.kind == tiendo::model::ChangeKind::Split)
        .unwrap();
    let to = split.to.unwrap();
    let names: Vec<String> = units
        .changes
        .arrivals(to)
        .filter(|c| c.heir().is_some())
        .map(|c| units.get(c.from).id.clone())
        .collect();
    let table = names
        .iter()
        .fold("Mã đơn vị,Tiếp nhận\n".to_owned(), |t, id| {
            t + id + ",5\n"
        });
    let id = units.get(to).id.clone();
    let files = [
        ("data/2025-06/period.toml", june.as_str()),
        ("data/2025-06/a.csv", table.as_str()),
    ];
    let (loaded, _) = load("\"25\"", &files);
    let ix = loaded.catalog.units.find(&id).unwrap();
    let stat = loaded.catalog.stat("tiep-nhan").unwrap();
    let o = loaded
        .analysis()
        .observe(stat, ix, ServiceIx::WHOLE, PeriodIx(0));
    assert_eq!(o.state, State::NotComparable(Incomparable::Divided), "{id}");
}

#[test]
fn rows_of_the_site_stand_for_shipped_ones_or_add_to_them() {
    let units = "id,code,portal_code,name,short_name,level,parent,valid_from,valid_to,aliases\n\
viet-nam,,,Việt Nam,,quoc-gia,,,,\n\
phu-tho/viet-tri,,H44.95,Phường Việt Trì,,xa,,,,Trung tâm\n\
phu-tho/thanh-pho-viet-tri,227,,Thành phố Việt Trì,TP Việt Trì,huyen,,,2025-06-30,\n\
phu-tho/so-y-te,,H44.22,Sở Y tế,,co-quan,phu-tho,,,\n\
phu-tho/viet-tri/khu-1,,,Khu 1,,thon,phu-tho/viet-tri,,,\n";
    let changes = "date,kind,from,to,share,basis\n\
2025-07-01,merge,vinh-phuc,phu-tho,,Văn bản của tỉnh\n";
    let (loaded, findings) = load(
        "[\"phu-tho\", \"38\"]",
        &[
            ("data/catalog/units.csv", units),
            ("data/catalog/unit_changes.csv", changes),
        ],
    );
    assert!(
        findings.iter().all(|d| d.code.family() != "identity"),
        "{findings:?}"
    );
    let catalog = &loaded.catalog.units;
    // By id: what the row leaves empty comes from the shipped unit.
    let own = unit(&loaded, "phu-tho/viet-tri");
    assert_eq!(
        (own.code.as_str(), own.portal_code.as_str()),
        ("07900", "H44.95")
    );
    assert_eq!(
        (own.short_name.as_str(), own.valid_from),
        ("Việt Trì", Date::new(2025, 7, 1))
    );
    assert_eq!(own.parent, catalog.find("phu-tho"));
    // By code, level and time: the id of the site stands, its communes lie below it.
    assert!(catalog.find("phu-tho-den-2025-06/viet-tri").is_none());
    let city = catalog.find("phu-tho/thanh-pho-viet-tri").unwrap();
    assert_eq!(
        catalog.get(city).parent,
        catalog.find("phu-tho-den-2025-06")
    );
    assert!(catalog.children(city).len() > 10);
    // The provinces lie below the country of the site.
    assert_eq!(unit(&loaded, "thanh-hoa").parent, catalog.find("viet-nam"));
    assert_eq!(
        unit(&loaded, "phu-tho/so-y-te").parent,
        catalog.find("phu-tho")
    );
    // Its register goes before the shipped one, and each change stands once.
    let from = catalog.find("vinh-phuc").unwrap();
    let bases: Vec<&str> = catalog
        .changes
        .departures(from)
        .map(|c| &*c.basis)
        .collect();
    assert_eq!(bases, ["Văn bản của tỉnh"]);
}

#[test]
fn an_unknown_province_is_a_finding_with_a_suggestion() {
    let (_, findings) = load("\"phu-thoo\"", &[]);
    let found: Vec<&Diagnostic> = findings
        .iter()
        .filter(|d| d.code.as_str() == "unit-unknown")
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.file.as_ref(), "site.toml");
    let hint = found[0].hint(Language::Vietnamese).unwrap();
    assert!(hint.contains("phu-tho"), "{hint}");
}

#[test]
fn the_whole_country_is_one_tree() {
    let (loaded, _) = load("\"all\"", &[]);
    let units = &loaded.catalog.units;
    // 34 + 3.321 today, 52 + 696 + 10.035 before, and the country.
    assert_eq!(units.list.len(), 34 + 3321 + 52 + 696 + 10_035 + 1);
    let country = units.find("viet-nam").unwrap();
    assert_eq!(units.children(country).len(), 34 + 52);
    assert!(units.indices().all(|u| units.is_within(u, country)));
}
