//! Tests of the tree: its text, its files, and the view of it as OpenAPI.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // helpers of tests

mod files;
mod invalid_documents;
mod json_schema;
mod pointer;
mod yaml;
