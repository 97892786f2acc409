//! Servers, calls, faults and secrets that the tests share.
#![allow(dead_code)] // each of the two binaries uses a part
#![allow(clippy::unwrap_used)] // helpers of tests

pub(crate) mod authority;
pub(crate) mod calls;
pub(crate) mod child;
pub(crate) mod faults;
pub(crate) mod faulty_server;
pub(crate) mod http2;
pub(crate) mod log;
pub(crate) mod proxy;
pub(crate) mod secrets;
pub(crate) mod server;
pub(crate) mod spec;
pub(crate) mod tls;
pub(crate) mod tls_server;

use opentact_api::Uuid;

/// The UUID of the group in all requests and responses.
pub(crate) const GROUP: Uuid = Uuid::from_u128(0x0b6c3f5e_8f0a_4b53_9d3e_6a1f6e7c2d41);
/// The UUID of a SIP user.
pub(crate) const ALICE: Uuid = Uuid::from_u128(0x5f0c9b1e_2d47_4c1a_8f6b_93c7e0a4b812);
/// The UUID of another SIP user.
pub(crate) const BOB: Uuid = Uuid::from_u128(0xc2d1a7f4_6b3e_4f0d_9a55_1e8b7d90c6a3);
