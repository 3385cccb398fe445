//! Vietnamese text as the field has it: letters, names, numbers, dates and their order.
//!
//! Text comes in as it stands in cells and documents; values come out. What has two readings or none is an
//! error, never a guess.

pub mod colour;
pub mod content_name;
pub mod date;
pub mod dates;
pub mod deadline;
pub mod due;
pub mod foreign;
pub mod letter;
pub mod markup;
pub mod naming;
pub mod normal;
pub mod number;
pub mod order;
pub mod slug;
mod span;
pub mod suggest;
pub mod syllable;
