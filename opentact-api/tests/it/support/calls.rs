//! A call of each operation on groups, all in the same form.

use std::pin::Pin;

use opentact_api::{Client, Error};

use super::{ALICE, GROUP};

/// A running call. It returns the `Debug` of the payload, the status and the headers.
pub(crate) type Running<'a> = Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>>;

pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) idempotent: bool,
    pub(crate) start: fn(&Client) -> Running<'_>,
}

macro_rules! call {
    ($operation:ident, idempotent: $idempotent:literal, |$request:ident| $set:expr) => {
        Call {
            operation: stringify!($operation),
            idempotent: $idempotent,
            start: |client| {
                Box::pin(async move {
                    let $request = client.$operation();
                    let response = $set.send().await?;
                    Ok(format!("{response:?}"))
                })
            },
        }
    };
}

/// Returns the calls of all operations on groups.
pub(crate) fn all() -> Vec<Call> {
    vec![
        call!(list_groups, idempotent: true, |request| request),
        call!(create_group, idempotent: false, |request| request.body_map(|body| body.name("Sales"))),
        call!(update_group, idempotent: true, |request| request.uuid(GROUP).body_map(|body| body.users(vec![ALICE]))),
        call!(delete_group, idempotent: true, |request| request.uuid(GROUP)),
        call!(list_group_users, idempotent: true, |request| request.uuid(GROUP)),
        call!(add_group_users, idempotent: false, |request| request.uuid(GROUP).body_map(|body| body.users(vec![ALICE]))),
        call!(add_group_user, idempotent: false, |request| request.uuid(GROUP).sip_user_uuid(ALICE)),
        call!(remove_group_user, idempotent: true, |request| request.uuid(GROUP).sip_user_uuid(ALICE)),
    ]
}
