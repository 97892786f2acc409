//! What several tests look at a spec and its code with.
#![allow(dead_code, unused_imports)] // each test file uses a part of it

mod face;
pub(crate) mod mutations;
mod spec;
mod vendor;

pub(crate) use face::face;
pub(crate) use vendor::differences;

pub(crate) use spec::Spec;
