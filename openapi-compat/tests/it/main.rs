//! Tests of the comparison, its reports and the binary.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // helpers of tests

mod alternatives;
mod binary;
mod cases;
mod change_table;
mod examples;
mod explanations;
mod great_numbers;
mod input;
mod large_documents;
mod missing_keywords;
mod pairing;
mod policy;
mod properties;
mod published_documents;
mod recursion;
mod report_entries;
mod report_escaping;
mod report_extent;
mod report_formats;
mod report_schemas;
mod report_sentences;
mod support;
mod unresolved;
mod version_bump;
mod versions;
