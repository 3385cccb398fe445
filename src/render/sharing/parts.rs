//! Which parts of each kind of page are shared: its first key figure, its charts.

use crate::render::context::{
    Changes, ChartFigure, ChartRow, Compare, Data, Edition, Editions, Embed, Evidence, Heat, Home,
    Html, Indicator, Indicators, Method, NotFound, Ranking, Rankings, Reconciliation, Redirect,
    Revisions, Search, Service, Services, Tasks, Tile, Unit, UnitTable, Units,
};

/// A body with what may be shared of it.
pub(in crate::render) trait Shared {
    /// The figure that stands for the page.
    fn tile(&self) -> Option<&Tile> {
        None
    }

    /// Bars that stand for the page where no figure does.
    fn bars(&self) -> Option<&Html> {
        None
    }

    /// Its charts, in their order.
    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        Vec::new()
    }

    /// Whether its charts stay with one period, while others show the newest.
    fn is_dated(&self) -> bool {
        false
    }
}

fn of_rows(rows: &mut [ChartRow]) -> impl Iterator<Item = &mut ChartFigure> {
    rows.iter_mut().flat_map(|r| &mut r.charts)
}

impl Shared for Home {
    fn tile(&self) -> Option<&Tile> {
        self.tiles.first()
    }

    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        of_rows(&mut self.rows).collect()
    }
}

impl Shared for Edition {
    fn tile(&self) -> Option<&Tile> {
        let reports = self.reports.iter().flat_map(|r| &r.tiles);
        self.tiles.iter().chain(reports).next()
    }

    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        let reports = self.reports.iter_mut();
        reports.flat_map(|r| of_rows(&mut r.rows)).collect()
    }

    fn is_dated(&self) -> bool {
        true
    }
}

impl Shared for Unit {
    fn tile(&self) -> Option<&Tile> {
        self.tiles.first()
    }

    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        let first = self.chart.iter_mut();
        let trends = of_rows(&mut self.trends);
        first.chain(trends).chain(&mut self.targets_chart).collect()
    }
}

impl Shared for Service {
    fn tile(&self) -> Option<&Tile> {
        self.tiles.first()
    }

    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        of_rows(&mut self.rows).collect()
    }
}

impl Shared for Indicator {
    fn tile(&self) -> Option<&Tile> {
        self.tiles.first()
    }

    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        let trends = of_rows(&mut self.rows);
        let maps = trends.chain(&mut self.charts);
        maps.chain(&mut self.targets_chart).collect()
    }
}

impl Shared for Ranking {
    fn bars(&self) -> Option<&Html> {
        self.chart.as_ref()?.panels.first().map(|p| &p.svg)
    }

    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        self.chart.iter_mut().chain(&mut self.charts).collect()
    }
}

impl Shared for Heat {
    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        vec![&mut self.chart]
    }
}

impl Shared for Tasks {
    fn charts(&mut self) -> Vec<&mut ChartFigure> {
        self.chart.iter_mut().collect()
    }
}

macro_rules! plain {
    ($($body:ty),* $(,)?) => {
        $(impl Shared for $body {})*
    };
}

plain!(
    Changes,
    Compare,
    Data,
    Editions,
    Embed,
    Evidence,
    Indicators,
    Method,
    NotFound,
    Rankings,
    Reconciliation,
    Redirect,
    Revisions,
    Services,
    Search,
    UnitTable,
    Units,
);
