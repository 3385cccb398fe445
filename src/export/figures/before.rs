//! Rows of units of today in periods before their first day.

use std::io;

use super::{Row, Writer};
use crate::analysis::{Basis, Observation, State};
use crate::model::{Key, ServiceIx, Stat, UnitIx};

impl Writer<'_, '_> {
    /// What the units before had, in a period before the first day of a unit that has figures later: ratios, and the
    /// word for what does not compare. Sums of counts are left to the rows of the units themselves.
    pub(super) fn before(&mut self, unit: UnitIx) -> io::Result<()> {
        let analysis = self.analysis;
        if analysis.catalog.units.changes.is_empty() || !analysis.is_before(unit, self.period) {
            return Ok(());
        }
        for stat in analysis.stats_of(unit) {
            let o = analysis.observe(stat, unit, ServiceIx::WHOLE, self.period);
            let key = |stat| Key::new(unit, ServiceIx::WHOLE, self.period, stat);
            match (stat, o.state) {
                _ if o.basis != Basis::Predecessors => {}
                (Stat::Indicator(i), _) => self.indicator(key(i.0), i, &o)?,
                (Stat::Measure(m), State::NotComparable(_)) => {
                    let measure = analysis.catalog.measure(m);
                    self.row(&Row {
                        unit: unit.0,
                        service: ServiceIx::WHOLE.0,
                        start: Some(analysis.period(self.period).start),
                        end: Some(analysis.period(self.period).end),
                        kind: "measure",
                        id: &measure.id,
                        unit_of_measure: &measure.unit,
                        status: "not-comparable",
                        ..Row::default()
                    })?;
                }
                (Stat::Measure(_), _) => {}
            }
        }
        Ok(())
    }
}

/// Of how many units before a figure is.
pub(super) fn note(o: &Observation) -> String {
    if o.is_partial() {
        format!("tổng của {}/{} đơn vị trước sắp xếp", o.counted, o.of)
    } else if o.of == 1 {
        "số liệu của đơn vị trước sắp xếp".to_owned()
    } else {
        format!("tổng của {} đơn vị trước sắp xếp", o.of)
    }
}
