//! The command line: its arguments, the documents that it reads, and its output.

pub(crate) mod arguments;
mod expectation;
mod load;
mod output;
pub(crate) mod run;
