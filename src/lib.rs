//! tiendo: a compiler for public progress statistics.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")
)]

pub mod decimal;
pub mod text;
