//! Claims: ratios and scores as a document states them.

use std::ops::Range;

use super::{Extra, IndicatorIx, Key, Origin, PeriodIx, ServiceIx, Status, UnitIx};
use crate::decimal::Decimal;

/// A stated value of an indicator.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Unit, service, period, indicator.
    pub key: Key,
    /// The stated value, in the unit of the indicator (per cent for ratios).
    pub value: Option<Decimal>,
    /// Decimals as written: the precision at which it is compared.
    pub decimals: u8,
    /// How settled it is.
    pub status: Status,
    /// Where it stands.
    pub origin: Origin,
    /// The text as written.
    pub as_written: Box<str>,
    /// What only few have.
    pub extra: Extra,
    /// Whether an unsettled contradiction touches it.
    pub doubtful: bool,
    /// Whether a decision has put it aside for another statement.
    pub set_aside: bool,
    /// Whether it is not published, for it would tell a count that is not.
    pub suppressed: bool,
}

impl Claim {
    /// The indicator.
    pub fn indicator(&self) -> IndicatorIx {
        IndicatorIx(self.key.stat())
    }

    /// Forgets the figure: neither its value nor its text can be asked for afterwards.
    pub fn suppress(&mut self) {
        self.suppressed = true;
        self.value = None;
        self.as_written = Box::default();
        self.extra = Extra {
            start: self.extra.start,
            end: self.extra.end,
            document_place: self.extra.document_place.take(),
            ..Extra::default()
        };
    }
}

/// All claims, sorted by key and place.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// The claims.
    pub list: Vec<Claim>,
}

impl Claims {
    /// Sorts claims.
    pub fn new(mut list: Vec<Claim>) -> Self {
        list.sort_by_key(|c| (c.key, c.origin));
        Self { list }
    }

    /// All statements of one key: positions in the list.
    pub fn statements(&self, key: Key) -> Range<usize> {
        let start = self.list.partition_point(|c| c.key < key);
        let end = start + self.list[start..].partition_point(|c| c.key == key);
        start..end
    }

    /// The statement of a key that counts: not put aside; the first where several agree.
    pub fn get(&self, key: Key) -> Option<&Claim> {
        self.list[self.statements(key)]
            .iter()
            .find(|c| !c.set_aside)
    }

    /// The claims of one unit.
    pub fn of_unit(&self, unit: UnitIx) -> &[Claim] {
        let low = Key::new(unit, ServiceIx(0), PeriodIx(0), 0);
        let high = Key::new(unit, ServiceIx(u16::MAX), PeriodIx(0xfff), 0xfff);
        let start = self.list.partition_point(|c| c.key < low);
        let end = start + self.list[start..].partition_point(|c| c.key <= high);
        &self.list[start..end]
    }
}
