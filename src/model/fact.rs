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

    /// Service, period and measure without the unit: the same figure of different units has the same, and facts of
    /// one unit stand in its order.
    pub fn without_unit(self) -> u64 {
        self.0 & ((1 << UNIT_SHIFT) - 1)
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
    /// A count that is not published, for it could point to a person or help to compute one that does.
    Suppressed,
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
#[derive(Clone, Copy, Debug)]
struct RawFact {
    key: Key,
    mantissa: i64,
    origin: Origin,
    /// Position among the extras of its table.
    extra_at: u32,
    scale: u8,
    kind: Kind,
    status: Status,
}

/// The facts of one table, before they are put into the columns.
#[derive(Clone, Debug, Default)]
pub struct RawFacts {
    list: Vec<RawFact>,
    extras: Vec<Extra>,
}

impl RawFacts {
    /// Makes room for so many more facts.
    pub fn reserve(&mut self, more: usize) {
        self.list.reserve_exact(more);
    }

    /// Says at which position their table stands in the list of tables.
    pub fn set_file(&mut self, position: u16) {
        if position != 0 {
            for fact in &mut self.list {
                fact.origin.file = position;
            }
        }
    }

    /// Adds a fact; `value` is zero where there is no number.
    pub fn push(
        &mut self,
        key: Key,
        value: Decimal,
        kind: Kind,
        status: Status,
        origin: Origin,
        extra: Extra,
    ) {
        let mut extra_at = NO_EXTRA;
        if !extra.is_empty() {
            extra_at = u32::try_from(self.extras.len()).unwrap_or(NO_EXTRA);
            self.extras.push(extra);
        }
        self.list.push(RawFact {
            key,
            mantissa: value.mantissa(),
            origin,
            extra_at,
            scale: value.scale(),
            kind,
            status,
        });
    }
}

const NO_EXTRA: u32 = u32::MAX;

/// All facts, sorted by key; statements of one key stand in the order of their places.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    keys: Vec<Key>,
    /// Where the facts of each unit begin: every search stays among those of one unit.
    starts: Vec<u32>,
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
    /// Puts the facts of all tables in order, into columns.
    ///
    /// Each table is sorted by itself (most are already); then unit after unit is gathered from all of them, so that
    /// no second copy of all facts is ever needed.
    pub fn new(mut tables: Vec<RawFacts>) -> Self {
        use rayon::prelude::*;
        tables
            .par_iter_mut()
            .for_each(|t| t.list.sort_by_key(|f| (f.key, f.origin)));
        let mut facts = Self::with_capacity(tables.iter().map(|t| t.list.len()).sum());
        let offsets: Vec<usize> = tables
            .iter_mut()
            .map(|t| {
                let offset = facts.extras.len();
                facts.extras.append(&mut t.extras);
                offset
            })
            .collect();
        let mut rests: Vec<&[RawFact]> = tables.iter().map(|t| t.list.as_slice()).collect();
        let mut of_unit: Vec<RawFact> = Vec::new();
        while let Some(unit) = rests
            .iter()
            .filter_map(|rest| rest.first())
            .map(|f| f.key.unit())
            .min()
        {
            of_unit.clear();
            for (rest, offset) in rests.iter_mut().zip(&offsets) {
                let own = rest.iter().take_while(|f| f.key.unit() == unit).count();
                of_unit.extend(rest[..own].iter().map(|f| RawFact {
                    extra_at: shifted(f.extra_at, *offset),
                    ..*f
                }));
                *rest = &rest[own..];
            }
            of_unit.sort_by_key(|f| (f.key, f.origin));
            let start = index_of(facts.keys.len());
            facts.starts.resize(unit.at() + 1, start);
            facts.extend(&of_unit);
        }
        facts.starts.push(index_of(facts.keys.len()));
        facts
    }

    fn with_capacity(n: usize) -> Self {
        Self {
            keys: Vec::with_capacity(n),
            starts: Vec::new(),
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
        }
    }

    fn extend(&mut self, sorted: &[RawFact]) {
        self.keys.extend(sorted.iter().map(|f| f.key));
        self.mantissas.extend(sorted.iter().map(|f| f.mantissa));
        self.scales.extend(sorted.iter().map(|f| f.scale));
        self.kinds.extend(sorted.iter().map(|f| f.kind));
        self.statuses.extend(sorted.iter().map(|f| f.status));
        self.files.extend(sorted.iter().map(|f| f.origin.file));
        self.lines.extend(sorted.iter().map(|f| f.origin.line));
        self.columns.extend(sorted.iter().map(|f| f.origin.column));
        self.extra_at.extend(sorted.iter().map(|f| f.extra_at));
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

    /// Forgets a figure: neither its number nor its text can be asked for afterwards.
    pub fn suppress(&mut self, ix: FactIx) {
        self.mantissas[ix.at()] = 0;
        self.scales[ix.at()] = 0;
        self.kinds[ix.at()] = Kind::Suppressed;
        if let Some(extra) = self.extras.get_mut(self.extra_at[ix.at()] as usize) {
            *extra = Extra {
                qualifier: None,
                max: None,
                as_written: None,
                note: None,
                ..std::mem::take(extra)
            };
        }
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

    /// The facts between two keys of one unit.
    fn range(&self, low: Key, high: Key) -> Range<usize> {
        let own = self.of_unit(low.unit());
        let start = own.start + self.keys[own.clone()].partition_point(|k| *k < low);
        let end = start + self.keys[start..own.end].partition_point(|k| *k <= high);
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
        match (self.starts.get(unit.at()), self.starts.get(unit.at() + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// All statements of one key, in the order of their places.
    pub fn statements(&self, key: Key) -> Range<usize> {
        let own = self.of_unit(key.unit());
        let start = own.start + self.keys[own.clone()].partition_point(|k| *k < key);
        self.statements_at(start..own.end, key)
    }

    /// The statements of one key that begin where `range` begins.
    pub fn statements_at(&self, range: Range<usize>, key: Key) -> Range<usize> {
        let same = self.keys[range.clone()].iter().take_while(|k| **k == key);
        range.start..range.start + same.count()
    }

    /// The one statement of a key that counts: not put aside; the first where several agree.
    pub fn get(&self, key: Key) -> Option<FactIx> {
        self.statements(key)
            .map(FactIx::from_at)
            .find(|ix| !self.is_set_aside(*ix))
    }
}

/// A position that fits a column of positions.
fn index_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NO_EXTRA)
}

/// The position of an extra after those of other tables were put before it.
fn shifted(extra_at: u32, offset: usize) -> u32 {
    if extra_at == NO_EXTRA {
        NO_EXTRA
    } else {
        index_of(extra_at as usize + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of facts of one period: unit, measure, value, line.
    fn table(file: u16, rows: &[(u32, u16, i64, u32)]) -> RawFacts {
        let mut table = RawFacts::default();
        for (unit, measure, value, line) in rows {
            let note = (*line == 4).then(|| format!("{file}").into());
            table.push(
                Key::new(UnitIx(*unit), ServiceIx::WHOLE, PeriodIx(0), *measure),
                Decimal::from_int(*value),
                Kind::Value,
                Status::Final,
                Origin {
                    file,
                    line: *line,
                    column: 0,
                },
                Extra {
                    note,
                    ..Extra::default()
                },
            );
        }
        table
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
        let facts = Facts::new(vec![table(
            0,
            &[(2, 1, 32, 9), (1, 1, 5, 1), (2, 1, 31, 4)],
        )]);
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
        let mut facts = Facts::new(vec![table(0, &[(2, 1, 31, 4), (2, 1, 32, 9)])]);
        let key = facts.key(FactIx(0));
        facts.set_aside(FactIx(0));
        assert_eq!(
            facts.get(key).and_then(|ix| facts.value(ix)),
            Some(Decimal::from_int(32))
        );
    }

    #[test]
    fn facts_of_several_tables_stand_by_unit_with_their_extras() {
        let facts = Facts::new(vec![
            table(0, &[(1, 1, 10, 4), (5, 1, 50, 2)]),
            table(1, &[(3, 2, 32, 4), (1, 1, 11, 3)]),
        ]);
        let units: Vec<u32> = facts.keys().iter().map(|k| k.unit().0).collect();
        assert_eq!(units, [1, 1, 3, 5]);
        let note = |at| facts.extra(FactIx(at)).and_then(|e| e.note.as_deref());
        assert_eq!((note(0), note(1), note(2)), (Some("0"), None, Some("1")));
        let lengths: Vec<usize> = (0..8).map(|u| facts.of_unit(UnitIx(u)).len()).collect();
        assert_eq!(lengths, [0, 2, 0, 1, 0, 1, 0, 0]);
    }
}
