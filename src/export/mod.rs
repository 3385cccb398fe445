//! Facts, claims, indicators, targets and tasks → open data.

pub mod figures;
pub mod summaries;
pub mod tasks;
