//! Inclusion of schemas: the proof that every value of one schema is valid against another one.
//!
//! The narrow schema is a conjunction ([`part`]): `allOf` and references are merged into limits for
//! each JSON type ([`cube`]), and each alternative of `anyOf` and `oneOf` is a case of its own
//! ([`search`]). The wide schema is checked keyword by keyword against each case ([`check`],
//! [`check_parts`]). The schema `false` includes a conjunction without values, so that the same search
//! proves that schemas exclude each other.
//!
//! A value has only the properties that its schema mentions anywhere ([`mentions`]). Others may come
//! along and mean nothing. Therefore a new optional property of the wide schema restricts no value of
//! the narrow one. What the wide schema excludes, or makes a condition, is possible.
//!
//! A failed proof leaves values behind that may show why ([`sample`]). One that is valid against the
//! narrow schema only ([`evaluate`]) is the counterexample.

mod cases;
mod check;
mod check_parts;
mod choice;
mod cube;
mod documents;
mod doubt;
mod equal;
mod evaluate;
mod exclusive;
mod features;
mod format;
mod goal;
mod inexact;
mod limits;
mod mentions;
mod number;
mod objects;
pub(crate) mod part;
pub(crate) mod proof;
mod prover;
mod range;
mod sameness;
mod sample;
mod search;
mod split;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use self::prover::{Assertions, Prover};
