//! The command line: its arguments, the documents that it reads, and its output.

pub(crate) mod arguments;
mod expectation;
mod explain;
mod load;
mod output;
mod policy;
pub(crate) mod run;
