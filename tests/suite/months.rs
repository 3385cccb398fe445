//! Small sites of one province whose tables are given by period: for statistics over time.

use tiendo::analysis::{Against, Analysis, Delta, NoChange};
use tiendo::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use tiendo::pipeline::{self, Loaded, Options};
use tiendo::source::{SourceFile, Sources};

const UNITS: &str = "id,name,short_name,level,parent\n\
    binh-an,Tỉnh Bình An,Bình An,tinh,\n\
    binh-an/an-phu,Xã An Phú,An Phú,xa,binh-an\n\
    binh-an/an-hoa,Xã An Hòa,An Hòa,xa,binh-an\n\
    binh-an/an-tay,Xã An Tây,An Tây,xa,binh-an\n";
const SERVICES: &str = "id,name,short_name,kind\nkhai-sinh,Đăng ký khai sinh,Khai sinh,service\nkhai-tu,Đăng ký khai tử,Khai tử,service\n";
const MEASURES: &str = "
[tiep-nhan]\nlabel = \"Hồ sơ tiếp nhận\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"flow\"
[dung-han]\nlabel = \"Hồ sơ đúng hạn\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"flow\"
[tai-khoan]\nlabel = \"Số tài khoản\"\nunit = \"người\"\ntype = \"count\"\nnature = \"stock\"
[dan-so]\nlabel = \"Số dân phải cấp\"\nunit = \"người\"\ntype = \"count\"\nnature = \"stock\"
[luy-ke]\nlabel = \"Hồ sơ lũy kế\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"ytd\"
[dung-han-luy-ke]\nlabel = \"Hồ sơ đúng hạn lũy kế\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"ytd\"
[da-ket-noi]\nlabel = \"Đã kết nối\"\nunit = \"có/không\"\ntype = \"yes-no\"\nnature = \"stock\"
";
const INDICATORS: &str = "
[ty-le]\nlabel = \"Tỷ lệ đúng hạn\"\nkind = \"ratio\"\nnumerator = [\"dung-han\"]\ndenominator = [\"tiep-nhan\"]\nof_whom = \"hồ sơ\"\ndecimals = 1
[ty-le-cap]\nlabel = \"Tỷ lệ cấp tài khoản\"\nkind = \"ratio\"\nnumerator = [\"tai-khoan\"]\ndenominator = [\"dan-so\"]\nof_whom = \"người\"\ndecimals = 2
[ty-le-luy-ke]\nlabel = \"Tỷ lệ đúng hạn lũy kế\"\nkind = \"ratio\"\nnumerator = [\"dung-han-luy-ke\"]\ndenominator = [\"luy-ke\"]\nof_whom = \"hồ sơ\"\ndecimals = 1
[ty-le-giao]\nlabel = \"Tỷ lệ so với số giao\"\nkind = \"ratio\"\nnumerator = [\"luy-ke\"]\ndenominator = [\"dan-so\"]\nof_whom = \"người\"\ndecimals = 1\none_each = \"mỗi người một hồ sơ\"
";

/// The files of a site: its settings, its catalogue, and a table for each period.
pub(crate) fn files(tables: &[(&str, &str)]) -> Vec<(String, String)> {
    let shown = "\"tiep-nhan\", \"ty-le\", \"ty-le-cap\", \"luy-ke\"";
    let site = format!("title = \"Thử\"\n[home]\nindicators = [{shown}]\n");
    let mut files = vec![
        ("site.toml".to_owned(), site),
        ("data/catalog/units.csv".to_owned(), UNITS.to_owned()),
        ("data/catalog/services.csv".to_owned(), SERVICES.to_owned()),
        ("data/catalog/measures.toml".to_owned(), MEASURES.to_owned()),
        (
            "data/catalog/indicators.toml".to_owned(),
            INDICATORS.to_owned(),
        ),
    ];
    for (id, table) in tables {
        files.push((format!("data/{id}/period.toml"), period(id)));
        files.push((format!("data/{id}/bang.csv"), (*table).to_owned()));
    }
    files
}

/// The `period.toml` of a month `2024-09` or a year `2024`.
fn period(id: &str) -> String {
    let (start, end, label, cadence) = match id.split_once('-') {
        Some((year, month)) => {
            let days = [
                "31", "29", "31", "30", "31", "30", "31", "31", "30", "31", "30", "31",
            ];
            let n: usize = month.parse().unwrap();
            let last = if n == 2 && year != "2024" {
                "28"
            } else {
                days[n - 1]
            };
            let label = format!("Tháng {n}/{year}");
            (format!("{id}-01"), format!("{id}-{last}"), label, "thang")
        }
        None => (
            format!("{id}-01-01"),
            format!("{id}-12-31"),
            format!("Năm {id}"),
            "nam",
        ),
    };
    format!(
        "period = \"{id}\"\nlabel = \"{label}\"\nstart = {start}\nend = {end}\ncadence = \"{cadence}\"\nunit = \"binh-an\"\nreceived = {end}\n"
    )
}

pub(crate) fn load(files: &[(String, String)]) -> Loaded {
    let files = files
        .iter()
        .map(|(path, text)| SourceFile::new(path.as_str(), text.as_str()));
    pipeline::load(&Sources::new(files.collect()), &Options::default())
}

/// Looks up figures by ids.
pub(crate) struct Asked<'a>(pub(crate) Analysis<'a>);

impl Asked<'_> {
    pub(crate) fn stat(&self, id: &str) -> Stat {
        self.0.catalog.stat(id).unwrap()
    }

    pub(crate) fn unit(&self, id: &str) -> UnitIx {
        self.0.catalog.units.find(id).unwrap()
    }

    pub(crate) fn period(&self, id: &str) -> PeriodIx {
        let found = self.0.periods.list.iter().position(|p| p.id == id);
        PeriodIx::from_at(found.unwrap())
    }

    pub(crate) fn compare(
        &self,
        id: &str,
        period: &str,
        against: Against,
    ) -> Result<Delta, NoChange> {
        let unit = self.unit("binh-an");
        self.0.compare(
            self.stat(id),
            unit,
            ServiceIx::WHOLE,
            self.period(period),
            against,
        )
    }
}
