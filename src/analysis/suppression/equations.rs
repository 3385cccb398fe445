//! Equations `whole = sum of parts` between cells, in columns.

/// Equations between cells, one after the other; the first cell of each is the whole, the others are its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Equations {
    cells: Vec<u32>,
    ends: Vec<u32>,
}

impl Equations {
    /// Adds an equation.
    pub(super) fn push(&mut self, whole: u32, parts: impl IntoIterator<Item = u32>) {
        self.cells.push(whole);
        self.cells.extend(parts);
        self.ends.push(crate::diagnostic::to_u32(self.cells.len()));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cells of an equation.
    pub(super) fn get(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.cells[start as usize..self.ends[at] as usize]
    }

    /// The equations of each cell.
    pub(super) fn by_cell(&self, cells: usize) -> ByCell {
        let mut starts = vec![0u32; cells + 1];
        for cell in &self.cells {
            starts[*cell as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut list = vec![0; self.cells.len()];
        for equation in 0..self.len() {
            for cell in self.get(equation) {
                let place = &mut next[*cell as usize];
                list[*place as usize] = crate::diagnostic::to_u32(equation);
                *place += 1;
            }
        }
        ByCell { starts, list }
    }
}

/// The equations of each cell.
pub(super) struct ByCell {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl ByCell {
    pub(super) fn of(&self, cell: u32) -> &[u32] {
        let (start, end) = (self.starts[cell as usize], self.starts[cell as usize + 1]);
        &self.list[start as usize..end as usize]
    }
}
