//! Facts, claims, indicators and targets → open data.

pub mod figures;
