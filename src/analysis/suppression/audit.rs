//! Which hidden cells can be computed of the equations and the shown cells.
//!
//! First by plain subtraction, one cell after the other; what is left falls into blocks, and in a block a cell is told
//! when no solution of the homogeneous system moves it: found exactly, or by projection where a block is too large.

use rayon::prelude::*;

use super::equations::{ByCell, Equations};
use super::freedom::Freedom;

/// The hidden cells that the equations and the shown cells determine, in order. With `open`, those of the blocks that
/// have an open cell, and those that plain subtraction tells.
pub(super) fn determined(
    equations: &Equations,
    by_cell: &ByCell,
    hidden: &[bool],
    open: Option<&[bool]>,
) -> Vec<u32> {
    let mut unknown = hidden.to_vec();
    let mut found = by_subtraction(equations, by_cell, &mut unknown);
    let mut blocks = blocks(equations, by_cell, &unknown);
    if let Some(open) = open {
        let is_open = |c: &u32| open[*c as usize];
        blocks.retain(|block| {
            block
                .iter()
                .any(|e| equations.get(*e as usize).iter().any(is_open))
        });
    }
    let more: Vec<Vec<u32>> = blocks
        .par_iter()
        .map(|block| in_block(equations, block, &unknown))
        .collect();
    found.extend(more.into_iter().flatten());
    found.sort_unstable();
    found
}

/// Cells that plain subtraction tells, one after the other; they are no longer unknown afterwards.
fn by_subtraction(equations: &Equations, by_cell: &ByCell, unknown: &mut [bool]) -> Vec<u32> {
    let mut counts: Vec<u32> = (0..equations.len())
        .map(|e| {
            let cells = equations.get(e).iter();
            crate::diagnostic::to_u32(cells.filter(|c| unknown[**c as usize]).count())
        })
        .collect();
    let mut queue: Vec<usize> = (0..counts.len()).filter(|e| counts[*e] == 1).collect();
    let mut found = Vec::new();
    while let Some(e) = queue.pop() {
        let Some(c) = equations
            .get(e)
            .iter()
            .copied()
            .find(|c| unknown[*c as usize])
        else {
            continue;
        };
        unknown[c as usize] = false;
        found.push(c);
        for other in by_cell.of(c) {
            counts[*other as usize] -= 1;
            if counts[*other as usize] == 1 {
                queue.push(*other as usize);
            }
        }
    }
    found
}

/// Equations that unknown cells tie together, those with one equation left out: its cells are safe.
pub(super) fn blocks(equations: &Equations, by_cell: &ByCell, unknown: &[bool]) -> Vec<Vec<u32>> {
    let mut seen = vec![false; equations.len()];
    let mut blocks = Vec::new();
    for first in 0..equations.len() {
        if seen[first] || !equations.get(first).iter().any(|c| unknown[*c as usize]) {
            continue;
        }
        seen[first] = true;
        let mut block = vec![crate::diagnostic::to_u32(first)];
        let mut at = 0;
        while at < block.len() {
            let cells = equations.get(block[at] as usize).iter();
            for c in cells.filter(|c| unknown[**c as usize]) {
                for e in by_cell.of(*c) {
                    if !std::mem::replace(&mut seen[*e as usize], true) {
                        block.push(*e);
                    }
                }
            }
            at += 1;
        }
        if block.len() > 1 {
            block.sort_unstable();
            blocks.push(block);
        }
    }
    blocks
}

/// Below this a cell does not move in a solution of the homogeneous system in which everything free moves by about 1.
const STILL: f64 = 1e-6;

/// The determined cells of one block: those that stand still in a random solution of the homogeneous system.
fn in_block(equations: &Equations, block: &[u32], unknown: &[bool]) -> Vec<u32> {
    let mut cells: Vec<u32> = block
        .iter()
        .flat_map(|e| equations.get(*e as usize))
        .copied()
        .filter(|c| unknown[*c as usize])
        .collect();
    cells.sort_unstable();
    cells.dedup();
    let local = |c: &u32| cells.binary_search(c).ok().map(crate::diagnostic::to_u32);
    let numbered: Vec<Vec<u32>> = block
        .iter()
        .map(|e| {
            let own = equations.get(*e as usize).iter();
            own.map(|c| local(c).unwrap_or(NOWHERE)).collect()
        })
        .collect();
    let rows = numbered.iter().map(Vec::as_slice);
    match Freedom::new(rows, cells.len(), &|c| c != NOWHERE) {
        Some(freedom) => {
            let x = freedom.solution(0);
            let still = cells.iter().zip(&x).filter(|(_, x)| **x == 0);
            still.map(|(c, _)| *c).collect()
        }
        None => by_projection(equations, block, &cells),
    }
}

/// Stands for cells that are shown.
const NOWHERE: u32 = u32::MAX;

/// The determined cells of a block by rounded numbers.
///
/// The solution is the projection of a fixed pseudo-random vector on the null space of the equations, by conjugate
/// gradients; projecting again takes away what rounding left. Where even that does not end in a solution, every cell
/// counts as determined, which hides more, never less.
fn by_projection(equations: &Equations, block: &[u32], cells: &[u32]) -> Vec<u32> {
    let local = |c: &u32| cells.binary_search(c).ok();
    let rows: Vec<Vec<(usize, f64)>> = block
        .iter()
        .map(|e| {
            let own = equations.get(*e as usize).iter().enumerate();
            own.filter_map(|(i, c)| Some((local(c)?, if i == 0 { -1.0 } else { 1.0 })))
                .collect()
        })
        .collect();
    let mut x: Vec<f64> = cells.iter().map(|c| noise(*c)).collect();
    let mut is_solved = false;
    for _ in 0..6 {
        // A residual that is nothing but rounding is no part of the row space: projecting it away would add to it.
        let worst = apply(&rows, &x)
            .into_iter()
            .fold(0.0, |w: f64, r| w.max(r.abs()));
        is_solved = worst < STILL / 1000.0;
        if is_solved {
            break;
        }
        project(&rows, &mut x);
    }
    let still = cells.iter().zip(&x);
    still
        .filter(|(_, x)| !is_solved || x.abs() < STILL)
        .map(|(c, _)| *c)
        .collect()
}

/// A number between 1 and 2 or between -2 and -1 that depends on the cell alone (splitmix64).
fn noise(cell: u32) -> f64 {
    let mut z = (u64::from(cell) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    let size = 1.0 + (z >> 12) as f64 / (1u64 << 52) as f64;
    if z & 1 == 0 { size } else { -size }
}

fn apply(rows: &[Vec<(usize, f64)>], x: &[f64]) -> Vec<f64> {
    rows.iter()
        .map(|row| row.iter().map(|(c, a)| a * x[*c]).sum())
        .collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The squared residual at which a projection stops: below come the errors of rounding, which need not lie in the row
/// space, and which going on would blow up.
const ENOUGH: f64 = 1e-20;

/// Takes from `x` its part in the row space: solves `(A Aᵀ) y = A x` by conjugate gradients, then `x -= Aᵀ y`.
fn project(rows: &[Vec<(usize, f64)>], x: &mut [f64]) {
    let transposed = |y: &[f64]| {
        let mut out = vec![0.0; x.len()];
        for (row, y) in rows.iter().zip(y) {
            for (c, a) in row {
                out[*c] += a * y;
            }
        }
        out
    };
    let mut residual = apply(rows, x);
    let mut y = vec![0.0; rows.len()];
    let mut direction = residual.clone();
    let mut norm = dot(&residual, &residual);
    for _ in 0..4 * rows.len() + 40 {
        if norm <= ENOUGH {
            break;
        }
        let image = apply(rows, &transposed(&direction));
        let curvature = dot(&direction, &image);
        if curvature <= 0.0 {
            break;
        }
        let step = norm / curvature;
        for i in 0..y.len() {
            y[i] += step * direction[i];
            residual[i] -= step * image[i];
        }
        let next = dot(&residual, &residual);
        let keep = next / norm;
        for (d, r) in direction.iter_mut().zip(&residual) {
            *d = r + keep * *d;
        }
        norm = next;
    }
    let away = transposed(&y);
    for (x, a) in x.iter_mut().zip(away) {
        *x -= a;
    }
}
