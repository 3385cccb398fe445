//! The one integration binary: whole sites in, findings, figures and exit codes out.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod architecture;
mod cli;
mod diagnostics;
mod figures;
mod own_site;
mod robustness;
mod support;
