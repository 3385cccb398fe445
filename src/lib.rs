//! tiendo: a compiler for public progress statistics.
//!
//! Data files and narrative Markdown go in, a static website comes out, and everything in between is plain
//! functions over plain values. The modules stand in the order in which the data flow.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")
)]

pub mod analysis;
pub mod catalog;
pub mod chart;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod decimal;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod ingest;
pub mod model;
pub mod pipeline;
pub mod privacy;
pub mod publish;
pub mod release;
pub mod render;
pub mod slip;
pub mod source;
pub mod table;
pub mod text;
pub mod theme;
pub mod toml_file;
pub mod waiver;
