//! Vietnamese text as the field has it: letters, names, numbers, dates, order.

pub mod date;
pub mod deadline;
pub mod normal;
pub mod number;
pub mod order;
pub mod slug;
pub mod suggest;
