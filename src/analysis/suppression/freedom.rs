//! How hidden cells can still move: exact elimination of a block of equations.
//!
//! In: equations over unknown cells. Out: [`Freedom`], which gives random solutions of the homogeneous system. A cell
//! is told when it is zero in a random solution: one that can move is so by chance once in 2⁶¹ cells. The numbers are
//! those of the prime field of 2⁶¹ − 1, so that nothing is rounded; the pivots are chosen so that rows stay short
//! (Markowitz, *The Elimination Form of the Inverse*, Management Science 3, 1957).

use std::collections::BTreeSet;

/// A number of the field.
pub(super) type Number = u64;

const P: u64 = (1 << 61) - 1;

/// The most products of one elimination: where rows do not stay short, it would take too long.
const MOST_PRODUCTS: usize = 50_000_000;

type Row = Vec<(u32, Number)>;

/// The solutions of a homogeneous system.
pub(super) struct Freedom {
    cells: usize,
    /// Cells that follow from others, in the order of elimination, and what they follow from.
    pivots: Vec<(u32, Row)>,
}

impl Freedom {
    /// Eliminates equations over cells; in each the first cell of `equations` is the whole. `None` where it would take
    /// too long. `is_unknown` says which cells can move at all.
    pub(super) fn new<'a>(
        equations: impl Iterator<Item = &'a [u32]>,
        cells: usize,
        is_unknown: &dyn Fn(u32) -> bool,
    ) -> Option<Self> {
        let rows = equations.map(|e| row(e, is_unknown)).collect();
        Elimination::new(rows, cells).run()
    }

    /// A random solution, the same for the same `seed`.
    pub(super) fn solution(&self, seed: u64) -> Vec<Number> {
        let start = seed.wrapping_mul(self.cells as u64);
        let mut x: Vec<Number> = (0..self.cells as u64)
            .map(|c| random(start.wrapping_add(c)))
            .collect();
        for (cell, rest) in self.pivots.iter().rev() {
            let sum = rest
                .iter()
                .fold(0, |sum, (c, a)| add(sum, times(*a, x[*c as usize])));
            x[*cell as usize] = minus(sum);
        }
        x
    }
}

/// The row of an equation: −1 for the whole, 1 for each part, what cancels out left away.
fn row(equation: &[u32], is_unknown: &dyn Fn(u32) -> bool) -> Row {
    let all = equation.iter().enumerate();
    let mut row: Row = all
        .filter(|(_, c)| is_unknown(**c))
        .map(|(i, c)| (*c, if i == 0 { P - 1 } else { 1 }))
        .collect();
    row.sort_unstable();
    row.dedup_by(|b, a| {
        let is_same = a.0 == b.0;
        if is_same {
            a.1 = add(a.1, b.1);
        }
        is_same
    });
    row.retain(|(_, a)| *a != 0);
    row
}

struct Elimination {
    rows: Vec<Row>,
    /// The rows of each cell, among those that are still open.
    of_cell: Vec<Vec<u32>>,
    /// Cells by the number of their rows.
    order: BTreeSet<(usize, u32)>,
    pivots: Vec<(u32, Row)>,
}

impl Elimination {
    fn new(rows: Vec<Row>, cells: usize) -> Self {
        let mut of_cell = vec![Vec::new(); cells];
        for (at, row) in (0u32..).zip(&rows) {
            for (c, _) in row {
                of_cell[*c as usize].push(at);
            }
        }
        let order = (0u32..)
            .zip(&of_cell)
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(c, rows)| (rows.len(), c))
            .collect();
        Self {
            rows,
            of_cell,
            order,
            pivots: Vec::new(),
        }
    }

    fn run(mut self) -> Option<Freedom> {
        let mut products = 0;
        while let Some((_, cell)) = self.order.pop_first() {
            let rows = std::mem::take(&mut self.of_cell[cell as usize]);
            let shortest = rows
                .iter()
                .min_by_key(|r| (self.rows[**r as usize].len(), **r));
            let Some(pivot) = shortest.copied() else {
                continue;
            };
            let mut own = std::mem::take(&mut self.rows[pivot as usize]);
            let at = own.partition_point(|(c, _)| *c < cell);
            let factor = inverse(own.remove(at).1);
            for (c, a) in &mut own {
                *a = times(*a, factor);
                self.forget(*c, pivot);
            }
            for other in rows.into_iter().filter(|r| *r != pivot) {
                products += own.len() + self.rows[other as usize].len();
                self.take_away(other, cell, &own);
            }
            if products > MOST_PRODUCTS {
                return None;
            }
            self.pivots.push((cell, own));
        }
        Some(Freedom {
            cells: self.of_cell.len(),
            pivots: self.pivots,
        })
    }

    /// Takes `own` from a row so often that `cell` is no longer in it.
    fn take_away(&mut self, at: u32, cell: u32, own: &Row) {
        let old = std::mem::take(&mut self.rows[at as usize]);
        let place = old.partition_point(|(c, _)| *c < cell);
        let factor = minus(old[place].1);
        let mut new = Row::with_capacity(old.len() + own.len());
        let mut left = old.iter().filter(|(c, _)| *c != cell).peekable();
        for (c, a) in own {
            while let Some(entry) = left.next_if(|(l, _)| l < c) {
                new.push(*entry);
            }
            let product = times(*a, factor);
            let Some((_, b)) = left.next_if(|(l, _)| l == c) else {
                new.push((*c, product));
                self.note(*c, at);
                continue;
            };
            let sum = add(product, *b);
            if sum == 0 {
                self.forget(*c, at);
            } else {
                new.push((*c, sum));
            }
        }
        new.extend(left);
        self.rows[at as usize] = new;
    }

    fn note(&mut self, cell: u32, row: u32) {
        let rows = &mut self.of_cell[cell as usize];
        self.order.remove(&(rows.len(), cell));
        rows.push(row);
        self.order.insert((rows.len(), cell));
    }

    fn forget(&mut self, cell: u32, row: u32) {
        let rows = &mut self.of_cell[cell as usize];
        self.order.remove(&(rows.len(), cell));
        rows.retain(|r| *r != row);
        if !rows.is_empty() {
            self.order.insert((rows.len(), cell));
        }
    }
}

/// A number of the field that is not zero and depends on `n` alone (splitmix64).
fn random(n: u64) -> Number {
    let mut z = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % (P - 1) + 1
}

pub(super) fn add(a: Number, b: Number) -> Number {
    let sum = a + b;
    if sum >= P { sum - P } else { sum }
}

pub(super) fn minus(a: Number) -> Number {
    if a == 0 { 0 } else { P - a }
}

pub(super) fn times(a: Number, b: Number) -> Number {
    let product = u128::from(a) * u128::from(b);
    let low = u64::try_from(product & u128::from(P)).unwrap_or(0);
    let high = u64::try_from(product >> 61).unwrap_or(0);
    add(low, high)
}

/// By Fermat: `a` to the power of `P − 2`.
fn inverse(a: Number) -> Number {
    let (mut base, mut exponent, mut out) = (a, P - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            out = times(out, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    out
}
