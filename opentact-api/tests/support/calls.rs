//! Every operation, called in the same way.

use std::future::Future;
use std::pin::Pin;

use opentact_api::{Client, Error};

use super::{ALICE, GROUP};

/// A call: what it answers for developers, or its error, and the headers that came.
pub(crate) type Called<'a> = Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>>;

/// An operation: its name, whether it is safe to repeat, and how to call it.
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) safe: bool,
    pub(crate) call: fn(&Client) -> Called<'_>,
}

macro_rules! call {
    ($operation:ident, safe: $safe:literal, |$request:ident| $set:expr) => {
        Call {
            operation: stringify!($operation),
            safe: $safe,
            call: |client| {
                Box::pin(async move {
                    let $request = client.$operation();
                    let answer = $set.send().await?;
                    Ok(format!("{answer:?}"))
                })
            },
        }
    };
}

pub(crate) fn all() -> Vec<Call> {
    vec![
        call!(list_groups, safe: true, |request| request),
        call!(create_group, safe: false, |request| request.body_map(|body| body.name("Sales"))),
        call!(update_group, safe: true, |request| request.uuid(GROUP).body_map(|body| body.users(vec![ALICE]))),
        call!(delete_group, safe: true, |request| request.uuid(GROUP)),
        call!(list_group_users, safe: true, |request| request.uuid(GROUP)),
        call!(add_group_users, safe: false, |request| request.uuid(GROUP).body_map(|body| body.users(vec![ALICE]))),
        call!(add_group_user, safe: false, |request| request.uuid(GROUP).sip_user_uuid(ALICE)),
        call!(remove_group_user, safe: true, |request| request.uuid(GROUP).sip_user_uuid(ALICE)),
    ]
}
