//! The one integration binary: whole sites in, findings, figures and exit codes out.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the program writes its extensions in lower case"
)]

mod architecture;
mod arithmetic;
mod browser;
mod build;
mod change;
mod clerk;
mod cli;
mod comparing;
mod completeness;
mod cumulative;
mod diagnostics;
mod diffs;
mod display;
mod english;
mod figures;
mod finding;
mod formats;
mod fuzz;
mod generator;
mod header;
mod histories;
mod hostile;
mod import;
mod languages;
mod listed;
mod months;
mod national;
mod own_dates;
mod own_figures;
mod own_site;
mod phu_tho;
mod privacy;
mod published;
mod ranking_edges;
mod rankings;
mod readme;
mod release;
mod robustness;
mod rollups;
mod scores;
mod sharing;
mod sheets;
mod sites;
mod succession;
mod succession_pages;
mod summaries;
mod support;
mod suppression;
mod tags;
mod targets;
mod theme_reference;
mod theme_types;
mod trace;
mod year;
