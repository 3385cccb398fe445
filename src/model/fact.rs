//! Facts: exact numbers with their place and text, in columns sorted by unit, service, period, measure.

use std::ops::Range;

use super::{MeasureIx, PeriodIx, ServiceIx, UnitIx, index};
use crate::decimal::Decimal;
use crate::text::date::Date;
use crate::text::number::Qualifier;

index! {
    /// A fact, by its place in the sorted columns.
    FactIx(u32)
}

/// Unit, service, period and measure in one sortable number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

const UNIT_SHIFT: u32 = 40;
const SERVICE_SHIFT: u32 = 24;
const PERIOD_SHIFT: u32 = 12;
const LOW: u64 = 0xfff;

impl Key {
    /// The most units, and the most services, periods and measures, that a key can tell apart.
    pub const LIMITS: (usize, usize) = (1 << 24, 1 << 12);

    /// Puts a key together.
    pub fn new(unit: UnitIx, service: ServiceIx, period: PeriodIx, stat: u16) -> Self {
        Self(
            (u64::from(unit.0) << UNIT_SHIFT)
                | (u64::from(service.0) << SERVICE_SHIFT)
                | ((u64::from(period.0) & LOW) << PERIOD_SHIFT)
                | (u64::from(stat) & LOW),
        )
    }

    /// The unit.
    pub fn unit(self) -> UnitIx {
        UnitIx(u32::try_from(self.0 >> UNIT_SHIFT).unwrap_or(u32::MAX))
    }

    /// The service.
    pub fn service(self) -> ServiceIx {
        ServiceIx(u16::try_from((self.0 >> SERVICE_SHIFT) & 0xffff).unwrap_or(u16::MAX))
    }

    /// The period.
    pub fn period(self) -> PeriodIx {
        PeriodIx(u16::try_from((self.0 >> PERIOD_SHIFT) & LOW).unwrap_or(u16::MAX))
    }

    /// The measure or indicator.
    pub fn stat(self) -> u16 {
        u16::try_from(self.0 & LOW).unwrap_or(u16::MAX)
    }

    /// Unit, service and period without the measure: what stands on one row.
    pub fn row(self) -> u64 {
        self.0 >> PERIOD_SHIFT
    }
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A number.
    Value,
    /// Nothing, or "chưa báo cáo".
    NotReported,
    /// The unit does not do this.
    NotApplicable,
    /// Nothing arose.
    NoActivity,
    /// Text that cannot be read for certain.
    Unreadable,
}

/// How settled a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// May still change.
    Provisional,
    /// Released.
    Final,
    /// Changed after release.
    Revised,
}

impl Status {
    /// The status of that name in a file, Vietnamese or English, folded.
    pub fn parse(folded: &str) -> Option<Self> {
        Some(match folded {
            "provisional" | "so bo" => Self::Provisional,
            "final" | "chinh thuc" => Self::Final,
            "revised" | "da dinh chinh" => Self::Revised,
            _ => return None,
        })
    }

    /// Its name in open data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Final => "final",
            Self::Revised => "revised",
        }
    }
}

/// Where a figure stands: file, line and column, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Position of the file in the list of table files.
    pub file: u16,
    /// Line of the cell.
    pub line: u32,
    /// Column of the cell, in characters.
    pub column: u16,
}

/// What only few figures have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    /// `=`, more than, about, …
    pub qualifier: Option<Qualifier>,
    /// The upper end of a range.
    pub max: Option<Decimal>,
    /// The text as written, where it differs from the plain number.
    pub as_written: Option<Box<str>>,
    /// Own first day.
    pub start: Option<Date>,
    /// Own last day.
    pub end: Option<Date>,
    /// Unit of measure as the document words it.
    pub unit_of_measure: Option<Box<str>>,
    /// Place in the source document.
    pub document_place: Option<Box<str>>,
    /// Note.
    pub note: Option<Box<str>>,
}

impl Extra {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A fact before it is put into the columns.
#[derive(Clone, Debug)]
pub struct RawFact {
    /// Unit, service, period, measure.
    pub key: Key,
    /// The number; zero where there is none.
    pub value: Decimal,
    /// What the cell holds.
    pub kind: Kind,
    /// How settled it is.
    pub status: Status,
    /// Where it stands.
    pub origin: Origin,
    /// What only few have.
    pub extra: Option<Box<Extra>>,
}

const NO_EXTRA: u32 = u32::MAX;

/// All facts, sorted by key; statements of one key stand in the order of their places.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    keys: Vec<Key>,
    mantissas: Vec<i64>,
    scales: Vec<u8>,
    kinds: Vec<Kind>,
    statuses: Vec<Status>,
    files: Vec<u16>,
    lines: Vec<u32>,
    columns: Vec<u16>,
    extra_at: Vec<u32>,
    extras: Vec<Extra>,
    /// Facts that an unsettled contradiction touches.
    doubtful: Vec<bool>,
    /// Statements that a decision has put aside in favour of another one.
    set_aside: Vec<bool>,
}

impl Facts {
    /// Sorts facts into columns.
    pub fn new(mut raw: Vec<RawFact>) -> Self {
        use rayon::slice::ParallelSliceMut as _;
        raw.par_sort_unstable_by_key(|f| (f.key, f.origin));
        let n = raw.len();
        let mut facts = Self {
            keys: Vec::with_capacity(n),
            mantissas: Vec::with_capacity(n),
            scales: Vec::with_capacity(n),
            kinds: Vec::with_capacity(n),
            statuses: Vec::with_capacity(n),
            files: Vec::with_capacity(n),
            lines: Vec::with_capacity(n),
            columns: Vec::with_capacity(n),
            extra_at: Vec::with_capacity(n),
            extras: Vec::new(),
            doubtful: vec![false; n],
            set_aside: vec![false; n],
        };
        for f in raw {
            facts.keys.push(f.key);
            facts.mantissas.push(f.value.mantissa());
            facts.scales.push(f.value.scale());
            facts.kinds.push(f.kind);
            facts.statuses.push(f.status);
            facts.files.push(f.origin.file);
            facts.lines.push(f.origin.line);
            facts.columns.push(f.origin.column);
            match f.extra {
                Some(extra) if !extra.is_empty() => {
                    facts
                        .extra_at
                        .push(u32::try_from(facts.extras.len()).unwrap_or(NO_EXTRA));
                    facts.extras.push(*extra);
                }
                _ => facts.extra_at.push(NO_EXTRA),
            }
        }
        facts
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All facts in order.
    pub fn indices(&self) -> impl Iterator<Item = FactIx> + use<> {
        (0..self.keys.len()).map(FactIx::from_at)
    }

    /// All keys, sorted.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The key of a fact.
    pub fn key(&self, ix: FactIx) -> Key {
        self.keys[ix.at()]
    }

    /// The measure of a fact.
    pub fn measure(&self, ix: FactIx) -> MeasureIx {
        MeasureIx(self.key(ix).stat())
    }

    /// The number of a fact; zero where it holds none.
    pub fn number(&self, ix: FactIx) -> Decimal {
        Decimal::new(self.mantissas[ix.at()], self.scales[ix.at()])
    }

    /// The number of a fact, if it holds one.
    pub fn value(&self, ix: FactIx) -> Option<Decimal> {
        (self.kinds[ix.at()] == Kind::Value).then(|| self.number(ix))
    }

    /// What the cell holds.
    pub fn kind(&self, ix: FactIx) -> Kind {
        self.kinds[ix.at()]
    }

    /// How settled it is.
    pub fn status(&self, ix: FactIx) -> Status {
        self.statuses[ix.at()]
    }

    /// Where it stands.
    pub fn origin(&self, ix: FactIx) -> Origin {
        Origin {
            file: self.files[ix.at()],
            line: self.lines[ix.at()],
            column: self.columns[ix.at()],
        }
    }

    /// What only few have.
    pub fn extra(&self, ix: FactIx) -> Option<&Extra> {
        self.extras.get(self.extra_at[ix.at()] as usize)
    }

    /// Whether an unsettled contradiction touches it.
    pub fn is_doubtful(&self, ix: FactIx) -> bool {
        self.doubtful[ix.at()]
    }

    /// Marks a fact as touched by a contradiction.
    pub fn mark_doubtful(&mut self, ix: FactIx) {
        self.doubtful[ix.at()] = true;
    }

    /// Whether a decision has put it aside for another statement of the same key.
    pub fn is_set_aside(&self, ix: FactIx) -> bool {
        self.set_aside[ix.at()]
    }

    /// Puts a statement aside.
    pub fn set_aside(&mut self, ix: FactIx) {
        self.set_aside[ix.at()] = true;
    }

    /// The text of the cell as the document has it.
    pub fn as_written(&self, ix: FactIx) -> String {
        match self.extra(ix).and_then(|e| e.as_written.as_deref()) {
            Some(text) => text.to_owned(),
            None if self.kind(ix) == Kind::Value => self.number(ix).to_plain(),
            None => String::new(),
        }
    }

    fn range(&self, low: Key, high: Key) -> Range<usize> {
        let start = self.keys.partition_point(|k| *k < low);
        let end = start + self.keys[start..].partition_point(|k| *k <= high);
        start..end
    }

    /// The facts of one unit, service and period.
    pub fn row(&self, unit: UnitIx, service: ServiceIx, period: PeriodIx) -> Range<usize> {
        self.range(
            Key::new(unit, service, period, 0),
            Key::new(unit, service, period, 0xfff),
        )
    }

    /// The facts of one unit and service over all periods.
    pub fn series(&self, unit: UnitIx, service: ServiceIx) -> Range<usize> {
        self.range(
            Key::new(unit, service, PeriodIx(0), 0),
            Key::new(unit, service, PeriodIx(0xfff), 0xfff),
        )
    }

    /// The facts of one unit.
    pub fn of_unit(&self, unit: UnitIx) -> Range<usize> {
        self.range(
            Key::new(unit, ServiceIx(0), PeriodIx(0), 0),
            Key::new(unit, ServiceIx(u16::MAX), PeriodIx(0xfff), 0xfff),
        )
    }

    /// All statements of one key, in the order of their places.
    pub fn statements(&self, key: Key) -> Range<usize> {
        self.range(key, key)
    }

    /// The one statement of a key that counts: not put aside; the first where several agree.
    pub fn get(&self, key: Key) -> Option<FactIx> {
        self.statements(key)
            .map(FactIx::from_at)
            .find(|ix| !self.is_set_aside(*ix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(unit: u32, period: u16, measure: u16, value: i64, line: u32) -> RawFact {
        RawFact {
            key: Key::new(UnitIx(unit), ServiceIx::WHOLE, PeriodIx(period), measure),
            value: Decimal::from_int(value),
            kind: Kind::Value,
            status: Status::Final,
            origin: Origin {
                file: 0,
                line,
                column: 0,
            },
            extra: None,
        }
    }

    #[test]
    fn a_key_gives_back_what_was_put_in() {
        let key = Key::new(UnitIx(70_000), ServiceIx(4095), PeriodIx(24), 300);
        assert_eq!(
            (key.unit(), key.service(), key.period(), key.stat()),
            (UnitIx(70_000), ServiceIx(4095), PeriodIx(24), 300)
        );
    }

    #[test]
    fn statements_of_one_key_stand_together_in_order_of_place() {
        let facts = Facts::new(vec![
            raw(2, 0, 1, 32, 9),
            raw(1, 0, 1, 5, 1),
            raw(2, 0, 1, 31, 4),
        ]);
        let key = Key::new(UnitIx(2), ServiceIx::WHOLE, PeriodIx(0), 1);
        let lines: Vec<u32> = facts
            .statements(key)
            .map(|i| facts.origin(FactIx::from_at(i)).line)
            .collect();
        assert_eq!(lines, [4, 9]);
        assert_eq!(facts.of_unit(UnitIx(2)).len(), 2);
        assert_eq!(facts.row(UnitIx(1), ServiceIx::WHOLE, PeriodIx(0)).len(), 1);
    }

    #[test]
    fn a_statement_put_aside_no_longer_counts() {
        let mut facts = Facts::new(vec![raw(2, 0, 1, 31, 4), raw(2, 0, 1, 32, 9)]);
        let key = facts.key(FactIx(0));
        facts.set_aside(FactIx(0));
        assert_eq!(
            facts.get(key).and_then(|ix| facts.value(ix)),
            Some(Decimal::from_int(32))
        );
    }
}
