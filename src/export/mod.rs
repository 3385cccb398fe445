//! Facts, claims, indicators, targets and tasks → open data.

pub mod figures;
pub mod tasks;
