//! Tests of the client over real sockets.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests
#![allow(clippy::print_stdout)] // child processes report by printing

mod blocking;
mod call_options;
mod calls;
mod canary;
mod certificates;
mod client;
mod curl;
mod decode_memory;
mod decoding;
mod error_fields;
mod error_request;
mod errors;
mod examples;
mod from_env;
mod http_client;
mod json_schema;
mod limits;
mod load;
mod memory;
mod observer;
mod pages;
mod paths;
mod pool;
mod properties;
mod proxy;
mod readme;
mod redirects;
mod request_errors;
mod requests;
mod responses;
mod retries;
mod runtimes;
mod support;
mod telemetry;
