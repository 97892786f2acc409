//! Tests of the tree: its text, its files, and the views of it as OpenAPI and JSON Schema.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // helpers of tests

mod files;
mod invalid_documents;
mod json_schema;
mod lenient;
mod lenient_files;
mod lenient_versions;
mod pointer;
mod walk;
mod yaml;
