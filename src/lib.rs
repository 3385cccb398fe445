//! tiendo: a compiler for public progress statistics.
//!
//! Data files and narrative Markdown go in, a static website comes out, and everything in between is plain
//! functions over plain values. The modules stand in the order in which the data flow.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test"))]

pub mod error;
pub mod decimal;
pub mod text;
pub mod source;
pub mod diagnostic;
pub mod toml_file;
pub mod table;
pub mod config;
pub mod model;
pub mod catalog;
pub mod waiver;
pub mod ingest;
pub mod analysis;
pub mod check;
pub mod content;
pub mod chart;
pub mod theme;
pub mod render;
pub mod export;
pub mod publish;
pub mod pipeline;
pub mod cli;
