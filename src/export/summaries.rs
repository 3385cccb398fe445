//! `tom-tat.csv`: what the newest figures of each unit, service and edition say, in sentences.

/// The header. Its names and order do not change.
pub const HEADER: [&str; 5] = ["kind", "id", "period", "vi", "en"];

/// What is told of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// `unit`, `service` or `edition`.
    pub kind: &'static str,
    /// Its id; for an edition that of the reporting unit.
    pub id: String,
    /// The period told of.
    pub period: String,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// All summaries as CSV.
pub fn csv(summaries: &[Summary]) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; an error would only shorten the file, and the tests compare it whole.
    let _ = out.write_record(HEADER);
    for s in summaries {
        let _ = out.write_record([s.kind, &s.id, &s.period, &s.vi, &s.en]);
    }
    out.into_inner()
        .ok()
        .and_then(|b| String::from_utf8(b).ok())
        .unwrap_or_default()
}
