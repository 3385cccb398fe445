//! Which further cells must be hidden so that no hidden one can be computed from what is shown.
//!
//! In: cells, the equations `whole = sum of parts` that hold between them, and the cells to hide. Who reads the site
//! knows every equation and every shown cell, so a hidden cell is safe when some other values of the hidden cells fit
//! all equations as well, that is when the equations have a solution of the homogeneous system that changes it.
//! Cells that are not safe get company, the cheapest there is, until all are.
//!
//! Source: Hundepool et al., *Statistical Disclosure Control*, Wiley 2012, chapter 4 (secondary cell suppression and
//! its audit); Willenborg and de Waal, *Elements of Statistical Disclosure Control*, Springer 2001, chapter 6.

use rayon::prelude::*;

use super::audit::{blocks, determined};
use super::equations::{ByCell, Equations};
use super::freedom::{Freedom, Number, add, minus, times};

/// How often company is looked for equation by equation; then for what is left a partner to swap with.
const COMPANY_ROUNDS: usize = 4;

/// How often in all, before every cell around a determined one is hidden.
const MOST_ROUNDS: usize = 64;

/// Hides more cells until none of those hidden at first can be computed. `values` only say what is cheap to lose.
///
/// What was hidden on the way and can be computed after all is shown again: that tells nobody more.
pub(super) fn protect(equations: &Equations, values: &[f64], hidden: &mut [bool]) {
    let by_cell = equations.by_cell(values.len());
    let primary = hidden.to_vec();
    // Hiding more never makes a safe cell computable, so a safe one need not be looked at again.
    let mut open = hidden.to_vec();
    for round in 0..MOST_ROUNDS + 2 {
        let found = determined(equations, &by_cell, hidden, Some(&open));
        open.fill(false);
        let told: Vec<u32> = found
            .iter()
            .copied()
            .filter(|c| primary[*c as usize])
            .collect();
        if told.is_empty() {
            break;
        }
        for c in &told {
            open[*c as usize] = true;
        }
        let mut search = Search {
            equations,
            by_cell: &by_cell,
            values,
            hidden,
            is_determined: vec![false; values.len()],
            is_helped: vec![false; equations.len()],
        };
        let mut is_any = false;
        if round < COMPANY_ROUNDS {
            is_any = search.give_company(&found);
        } else if round < MOST_ROUNDS {
            for c in &told {
                is_any |= search.swap(*c);
            }
        }
        for c in told.iter().filter(|_| !is_any) {
            search.hide_around(*c);
        }
    }
    let safe = hidden.to_vec();
    let told = determined(equations, &by_cell, hidden, None);
    for c in told.into_iter().filter(|c| !primary[*c as usize]) {
        hidden[c as usize] = false;
    }
    spare(equations, &by_cell, values, &primary, hidden);
    let told = determined(equations, &by_cell, hidden, Some(&primary));
    if told.iter().any(|c| primary[*c as usize]) {
        // Numbers too close to tell: hiding more is the safe side.
        hidden.copy_from_slice(&safe);
    }
}

/// The most pairs of a further hidden cell and a hidden cell of one block for which each is tried; above, it would
/// take too long.
const MOST_TRIALS: usize = 400_000;

/// Shows again what is hidden beyond need: one by one, the dearest first, as long as no primary cell can be computed.
fn spare(
    equations: &Equations,
    by_cell: &ByCell,
    values: &[f64],
    primary: &[bool],
    hidden: &mut [bool],
) {
    let blocks = blocks(equations, by_cell, hidden);
    let shown: Vec<Vec<u32>> = blocks
        .par_iter()
        .map(|block| {
            let (local, cells) = of_block(equations, block, hidden);
            let mut order: Vec<usize> = (1..cells.len())
                .filter(|c| !primary[cells[*c] as usize])
                .collect();
            if order.len() * cells.len() > MOST_TRIALS {
                return Vec::new();
            }
            order.sort_by(|a, b| {
                let dearness = |c: usize| {
                    let cell = cells[c];
                    let own = by_cell.of(cell).iter();
                    let wholes = own
                        .filter(|e| equations.get(**e as usize)[0] == cell)
                        .count();
                    (wholes, values[cell as usize])
                };
                let ((w, v), (x, y)) = (dearness(*a), dearness(*b));
                x.cmp(&w).then(y.total_cmp(&v)).then(a.cmp(b))
            });
            let is_primary = |c: &u32| primary[cells[*c as usize] as usize];
            beyond_need(&local, cells.len(), &order, &is_primary)
                .into_iter()
                .map(|c| cells[c as usize])
                .collect()
        })
        .collect();
    for c in shown.into_iter().flatten() {
        hidden[c as usize] = false;
    }
}

/// The equations of a block between its hidden cells alone, numbered from 1; 0 stands for every shown cell.
fn of_block(equations: &Equations, block: &[u32], hidden: &[bool]) -> (Equations, Vec<u32>) {
    let all = block.iter().flat_map(|e| equations.get(*e as usize));
    let mut cells: Vec<u32> = all.copied().filter(|c| hidden[*c as usize]).collect();
    cells.sort_unstable();
    cells.dedup();
    let local = |c: &u32| {
        cells
            .binary_search(c)
            .map_or(0, |at| crate::diagnostic::to_u32(at + 1))
    };
    let mut out = Equations::default();
    for e in block {
        let own = equations.get(*e as usize);
        out.push(local(&own[0]), own[1..].iter().map(local));
    }
    cells.insert(0, u32::MAX);
    (out, cells)
}

/// The cells of `order` that can be shown, and those that can then be computed and are not primary. None where the
/// block does not tell.
fn beyond_need(
    local: &Equations,
    cells: usize,
    order: &[usize],
    is_primary: &dyn Fn(&u32) -> bool,
) -> Vec<u32> {
    let mut hidden = vec![true; cells];
    hidden[0] = false;
    let all = 1..crate::diagnostic::to_u32(cells);
    let primary: Vec<usize> = all.filter(is_primary).map(|c| c as usize).collect();
    let mut shown = Vec::new();
    let mut pool = Vec::new();
    for c in order.iter().copied() {
        if !hidden[c] {
            continue;
        }
        if pool.len() < 2 {
            let Some(fresh) = solutions(local, &hidden) else {
                break;
            };
            pool = fresh;
        }
        // Of two solutions one can be made in which the cell stands still, as if it were shown.
        let (u, v): (&Vec<Number>, &Vec<Number>) = (&pool[0], &pool[1]);
        let is_still = u[c] == 0 && v[c] == 0;
        let (of_u, of_v) = if is_still {
            (1, 0)
        } else {
            (v[c], minus(u[c]))
        };
        let moved = |p: usize| add(times(u[p], of_u), times(v[p], of_v));
        if primary.iter().any(|p| moved(*p) == 0) {
            continue;
        }
        for x in (1..cells).filter(|x| hidden[*x]) {
            if moved(x) == 0 {
                shown.push(crate::diagnostic::to_u32(x));
            }
        }
        for x in &shown {
            hidden[*x as usize] = false;
        }
        hold(&mut pool, c);
    }
    shown
}

/// How many solutions are kept: each cell that is shown uses one up.
const POOL: u64 = 24;

/// Random solutions that move the hidden cells.
fn solutions(local: &Equations, hidden: &[bool]) -> Option<Vec<Vec<Number>>> {
    let rows = (0..local.len()).map(|e| local.get(e));
    let freedom = Freedom::new(rows, hidden.len(), &|c| hidden[c as usize])?;
    Some((0..POOL).map(|seed| freedom.solution(seed)).collect())
}

/// Makes of solutions those in which a cell stands still: one fewer, unless it stands still in all.
fn hold(pool: &mut Vec<Vec<Number>>, cell: usize) {
    let Some(at) = pool.iter().position(|v| v[cell] != 0) else {
        return;
    };
    let taken = pool.swap_remove(at);
    for v in pool {
        let (of_v, of_taken) = (taken[cell], minus(v[cell]));
        for (x, t) in v.iter_mut().zip(&taken) {
            *x = add(times(*x, of_v), times(*t, of_taken));
        }
    }
}

/// How many cells beside are tried as partners of a swap.
const MOST_PARTNERS: usize = 64;

/// How many levels of sums there can be.
const MOST_LEVELS: usize = 32;

struct Search<'a> {
    equations: &'a Equations,
    by_cell: &'a ByCell,
    values: &'a [f64],
    hidden: &'a mut [bool],
    is_determined: Vec<bool>,
    /// Equations that have got company in this round.
    is_helped: Vec<bool>,
}

impl Search<'_> {
    /// Hides one more cell in each equation in which a determined cell has no company that is safe itself.
    fn give_company(&mut self, determined: &[u32]) -> bool {
        for c in determined {
            self.is_determined[*c as usize] = true;
        }
        let mut is_any = false;
        for c in determined {
            let mut is_helped = false;
            for e in self.by_cell.of(*c) {
                if self.is_helped[*e as usize] {
                    is_helped = true;
                } else if !self.has_safe(*e) {
                    is_helped |= self.hide_in(*e);
                }
            }
            // Company everywhere, and still told: by a combination of equations.
            let mut own = self.by_cell.of(*c).iter();
            is_any |= is_helped || own.any(|e| self.hide_in(*e));
        }
        is_any
    }

    fn has_safe(&self, equation: u32) -> bool {
        let mut cells = self.equations.get(equation as usize).iter();
        cells.any(|x| self.hidden[*x as usize] && !self.is_determined[*x as usize])
    }

    /// Hides the cheapest shown cell of an equation, if one is left.
    fn hide_in(&mut self, equation: u32) -> bool {
        let Some(y) = self.cheapest(equation) else {
            return false;
        };
        self.hidden[y as usize] = true;
        self.is_determined[y as usize] = true;
        for e in self.by_cell.of(y) {
            self.is_helped[*e as usize] = true;
        }
        true
    }

    /// The shown cell of an equation that is cheapest to lose: not zero, a part rather than a whole, one that needs
    /// little company in its other equations, small.
    fn cheapest(&self, equation: u32) -> Option<u32> {
        let cost = |y: u32| {
            let (mut wholes, mut fresh) = (0, 0);
            for e in self.by_cell.of(y) {
                let cells = self.equations.get(*e as usize);
                wholes += usize::from(cells[0] == y);
                fresh += usize::from(!cells.iter().any(|x| self.hidden[*x as usize]));
            }
            (self.values[y as usize] == 0.0, wholes, fresh)
        };
        let shown = self.equations.get(equation as usize).iter().copied();
        shown
            .filter(|y| !self.hidden[*y as usize])
            .map(|y| (cost(y), self.values[y as usize].abs(), y))
            .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)))
            .map(|(_, _, y)| y)
    }

    /// Makes room for one leaf below a cell to grow by one and for a leaf beside it to shrink by one: hides every cell
    /// that has exactly one of the two in it. Whoever reads the rest cannot tell the difference, so the cell is safe.
    fn swap(&mut self, cell: u32) -> bool {
        let leaf = self.leaf_of(cell);
        let own = self.above(leaf);
        let mut best: Option<((usize, f64), Vec<u32>)> = None;
        let beside = self
            .by_cell
            .of(leaf)
            .iter()
            .flat_map(|e| self.equations.get(*e as usize)[1..].iter());
        let mut tried = std::collections::BTreeSet::from([leaf]);
        for other in beside.copied() {
            let other = self.leaf_of(other);
            if tried.len() > MOST_PARTNERS || !tried.insert(other) {
                continue;
            }
            let theirs = self.above(other);
            let changed: Vec<u32> = own.symmetric_difference(&theirs).copied().collect();
            let lost = changed.iter().filter(|c| !self.hidden[**c as usize]);
            let cost = (
                lost.clone().count(),
                lost.map(|c| self.values[*c as usize].abs()).sum(),
            );
            let is_better = best
                .as_ref()
                .is_none_or(|(b, _)| cost.0.cmp(&b.0).then(f64::total_cmp(&cost.1, &b.1)).is_lt());
            if changed.contains(&cell) && is_better {
                best = Some((cost, changed));
            }
        }
        let changed = best.map_or_else(|| own.into_iter().collect(), |(_, changed)| changed);
        let mut is_any = false;
        for c in changed {
            is_any |= !std::mem::replace(&mut self.hidden[c as usize], true);
        }
        is_any
    }

    /// A cell without parts below a cell: through hidden parts if there are, else through the smallest.
    fn leaf_of(&self, cell: u32) -> u32 {
        let mut at = cell;
        for _ in 0..MOST_LEVELS {
            let mut whole = self
                .by_cell
                .of(at)
                .iter()
                .map(|e| self.equations.get(*e as usize));
            let Some(parts) = whole.find(|cells| cells[0] == at).map(|cells| &cells[1..]) else {
                break;
            };
            let cost = |c: &u32| (!self.hidden[*c as usize], self.values[*c as usize] == 0.0);
            let by_size = |a: &u32, b: &u32| {
                f64::total_cmp(&self.values[*a as usize], &self.values[*b as usize])
            };
            let next = parts
                .iter()
                .min_by(|a, b| cost(a).cmp(&cost(b)).then_with(|| by_size(a, b)));
            let Some(next) = next else { break };
            at = *next;
        }
        at
    }

    /// A cell and every cell that it is a part of, at any distance.
    fn above(&self, cell: u32) -> std::collections::BTreeSet<u32> {
        let mut above = std::collections::BTreeSet::from([cell]);
        let mut cells = vec![cell];
        while let Some(c) = cells.pop() {
            for e in self.by_cell.of(c) {
                let whole = self.equations.get(*e as usize)[0];
                if whole != c && above.insert(whole) {
                    cells.push(whole);
                }
            }
        }
        above
    }

    /// Hides every cell of the equations that hidden cells tie to a determined one. Where all is hidden, every value
    /// but zero is safe: the true values themselves solve the homogeneous system.
    fn hide_around(&mut self, cell: u32) {
        let mut seen = vec![false; self.equations.len()];
        let mut cells = vec![cell];
        while let Some(c) = cells.pop() {
            for e in self.by_cell.of(c) {
                if !std::mem::replace(&mut seen[*e as usize], true) {
                    for x in self.equations.get(*e as usize) {
                        self.hidden[*x as usize] = true;
                        cells.push(*x);
                    }
                }
            }
        }
    }
}
