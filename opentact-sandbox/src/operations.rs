//! The operations of the spec, each with its function of the state.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::credentials::Caller;
use crate::input::Input;
use crate::page::Page;
use crate::resources::table::{USERS, action, kind};
use crate::response::{ErrorResponse, Result};
use crate::spec::Operation;
use crate::state::State;

/// The payload of a response.
#[derive(Debug)]
pub(crate) enum Payload {
    /// The result of an operation for which the sandbox keeps state.
    Result(Value),
    /// The example of the spec.
    Example(Value),
}

impl Payload {
    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Result(value) | Self::Example(value) => value,
        }
    }
}

#[derive(Deserialize)]
struct Users {
    users: Vec<Uuid>,
}

/// Carries out an operation. If the sandbox keeps no state for it, the payload is the example of the
/// spec.
pub(crate) fn perform(state: &mut State, operation: &Operation, input: &Input) -> Result<Payload> {
    let id = operation.id.as_str();
    let result = state
        .group_operation(id, input)
        .or_else(|| state.account_operation(id, input))
        .or_else(|| state.app_operation(id, input))
        .or_else(|| state.number_operation(id, input))
        .or_else(|| state.message_operation(id, input))
        .or_else(|| state.connection_users(id, input))
        .or_else(|| action(id).map(|(kind, action)| state.act(kind, action, input)));
    if let Some(result) = result {
        return result.map(Payload::Result);
    }
    let unimplemented = || {
        let message = format!("the sandbox does not implement {id}");
        ErrorResponse::new(StatusCode::NOT_IMPLEMENTED, message)
    };
    let example = operation.example.clone().ok_or_else(unimplemented)?;
    Ok(Payload::Example(match example.get("data") {
        Some(Value::Array(data)) if operation.is_paged => {
            Page::of(&input.query).payload(data.iter().cloned())
        }
        _ => example,
    }))
}

impl State {
    /// Carries out an operation of a SIP user on groups.
    fn group_operation(&mut self, operation: &str, input: &Input) -> Option<Result> {
        let Caller::SipUser(user) = input.caller else {
            return None;
        };
        let group = || input.uuid("uuid");
        let member = || input.uuid("sip_user_uuid");
        Some(match operation {
            "GetSIPGroupsListApp" => Ok(self.list_groups(user)),
            "CreateSIPUserGroupApp" => input.body().and_then(|body| self.create_group(user, body)),
            "ModifySIPUserGroupApp" => {
                group().and_then(|group| self.update_group(user, group, input.body()?))
            }
            "RemoveSIPUserGroupApp" => group().and_then(|group| self.delete_group(user, group)),
            "GetSIPUserGroupUsersApp" => {
                group().and_then(|group| self.list_group_users(user, group))
            }
            "AddSIPUsersToSIPUserGroupApp" => {
                group().and_then(|group| self.add_users(user, group, input.body::<Users>()?.users))
            }
            "AddSIPUserToSIPUserGroupApp" => {
                group().and_then(|group| self.add_user(user, group, member()?))
            }
            "RemoveSIPUserFromSIPUserGroupApp" => {
                group().and_then(|group| self.remove_user(user, group, member()?))
            }
            _ => return None,
        })
    }

    /// Returns the users of the domains of a SIP connection.
    fn connection_users(&self, operation: &str, input: &Input) -> Option<Result> {
        if operation != "ListSIPUsersBySIPConnectionUUID" {
            return None;
        }
        let connections = kind("connections")?;
        let connection = Value::from(input.first_parameter());
        let existing = self
            .resources
            .existing(connections, input.first_parameter());
        let domains = self.resources.all("domains");
        let domains: Vec<Value> = domains
            .filter(|(_, domain)| domain.get("sip_connection") == Some(&connection))
            .map(|(key, _)| key.into())
            .collect();
        let users = self.list(kind(USERS)?, |user| {
            user.get("sip_domain")
                .is_some_and(|domain| domains.contains(domain))
        });
        Some(existing.map(|_| users))
    }
}
