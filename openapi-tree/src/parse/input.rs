//! The text of a file that is parsed.

use std::ops::Range;

use crate::finding::Finding;
use crate::source::{Span, offset};

/// The text of a file, and its place among the files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'text> {
    pub(super) text: &'text str,
    /// The first byte of the text in the count of all files.
    pub(super) start: u32,
    /// The limit for the nesting of mappings and sequences.
    pub(super) max_depth: usize,
}

impl Input<'_> {
    /// Returns the span of bytes of the text.
    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        let byte = |at: usize| self.start.saturating_add(offset(at));
        byte(bytes.start)..byte(bytes.end)
    }

    /// Refuses a text that spans cannot count.
    pub(super) fn check_size(&self) -> Result<(), Box<Finding>> {
        match self.start.checked_add(offset(self.text.len())) {
            Some(end) if end < u32::MAX => Ok(()),
            _ => Err(Box::new(Finding::new(
                "size",
                &self.span(0..0),
                "the files have more than 4 GiB",
                "compare a part of them",
            ))),
        }
    }
}
