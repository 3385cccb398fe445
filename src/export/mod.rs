//! Facts, claims, indicators, targets and tasks → open data.

pub mod atom;
mod counted;
pub mod figures;
pub mod published;
pub mod revisions;
mod row;
pub mod sitemap;
pub mod summaries;
pub mod tasks;
