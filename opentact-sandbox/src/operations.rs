//! The operations of the spec, each with its function of the store.

use axum::http::StatusCode;
use chrono::Utc;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::credentials::Caller;
use crate::messages::NewMessage;
use crate::page::Page;
use crate::response::{ErrorResponse, Result};
use crate::spec::Operation;
use crate::state::State;
use crate::store::Store;

/// The input of an operation, checked against the spec.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) caller: Caller,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Map<String, Value>,
    pub(crate) body: Value,
}

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
    if let Some(result) = groups(&mut state.groups, &operation.id, input)
        .or_else(|| account(state, &operation.id, input))
    {
        return result.map(Payload::Result);
    }
    let example = operation.example.clone().map(Payload::Example);
    example.ok_or_else(|| {
        ErrorResponse::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the sandbox does not implement {}", operation.id),
        )
    })
}

/// Carries out an operation of a SIP user on users and groups.
fn groups(store: &mut Store, operation: &str, input: &Input) -> Option<Result> {
    let Caller::SipUser(user) = input.caller else {
        return None;
    };
    let group = || input.uuid("uuid");
    let operation: &dyn Fn(&mut Store) -> Result = match operation {
        "GetSIPUserApp" => &|store| store.show_user(user),
        "GetSIPUsersWithSameDomainApp" => &|store| Ok(store.all_users()),
        "GetSIPGroupsListApp" => &|store| store.list_groups(user),
        "CreateSIPUserGroupApp" => &|store| store.create_group(user, input.body()?),
        "ModifySIPUserGroupApp" => &|store| store.update_group(user, group()?, input.body()?),
        "RemoveSIPUserGroupApp" => &|store| store.delete_group(user, group()?),
        "GetSIPUserGroupUsersApp" => &|store| store.list_users(user, group()?),
        "AddSIPUsersToSIPUserGroupApp" => {
            &|store| store.add_users(user, group()?, input.body::<Users>()?.users)
        }
        "AddSIPUserToSIPUserGroupApp" => {
            &|store| store.add_user(user, group()?, input.uuid("sip_user_uuid")?)
        }
        "RemoveSIPUserFromSIPUserGroupApp" => {
            &|store| store.remove_user(user, group()?, input.uuid("sip_user_uuid")?)
        }
        _ => return None,
    };
    Some(operation(store))
}

/// Carries out an operation of the account user.
fn account(state: &mut State, operation: &str, input: &Input) -> Option<Result> {
    if input.caller != Caller::AccountUser {
        return None;
    }
    let now = Utc::now();
    let (numbers, messages) = (&mut state.numbers, &mut state.messages);
    let page = || Page::of(&input.query);
    let uuid = || input.uuid("uuid");
    Some(match operation {
        "Auth" => Ok(state.sign_in(now)),
        "Search" => input.body().map(|body| numbers.search(&body, page())),
        "CreateOrder" => input.body().map(|body| numbers.order(body, now)),
        "SearchTNLeases" => input
            .body()
            .map(|body| numbers.search_leases(&body, page())),
        "GetTNLeaseByUUID" => uuid().and_then(|uuid| numbers.show_lease(uuid)),
        "RemoveTNLeaseByUUID" => uuid().and_then(|uuid| numbers.release(uuid)),
        "ListSIPConnections" => Ok(numbers.list_connections()),
        "GetSIPConnectionTNLeasesList" => {
            uuid().and_then(|uuid| numbers.list_connection_leases(uuid))
        }
        "AssignTNLeasesToSIPConnection" => {
            uuid().and_then(|uuid| numbers.assign(uuid, &input.body()?, now))
        }
        "SendSMS" => {
            input.body().and_then(
                |message: NewMessage| match numbers.is_leased(message.from) {
                    true => Ok(messages.send(message, now)),
                    false => Err(ErrorResponse::not_found("`from` is not a leased number")),
                },
            )
        }
        "GetSMSByUUID" => uuid().and_then(|uuid| messages.show(uuid)),
        "SearchOutboundSMS" => input.body().map(|body| messages.search(&body, page())),
        _ => return None,
    })
}

impl Input {
    fn uuid(&self, name: &str) -> Result<Uuid> {
        let mut parameters = self.path.iter();
        parameters
            .find(|(known, _)| known == name)
            .and_then(|(_, value)| Uuid::try_parse(value).ok())
            .ok_or_else(|| ErrorResponse::bad_request(format!("`{name}` is not a UUID")))
    }

    fn body<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        T::deserialize(&self.body)
            .map_err(|_| ErrorResponse::bad_request("the body does not match the spec"))
    }
}
