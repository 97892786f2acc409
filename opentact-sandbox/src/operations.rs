//! The operations of the spec, each with its function of the store.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::response::{ErrorResponse, Result};
use crate::store::Store;

/// The input of an operation, checked against the spec.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) user: Uuid,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) body: Value,
}

#[derive(Deserialize)]
struct Users {
    users: Vec<Uuid>,
}

/// Carries out an operation. Responds with 501 if the sandbox does not implement it.
pub(crate) fn perform(store: &mut Store, operation: &str, input: &Input) -> Result {
    let user = input.user;
    let group = || input.uuid("uuid");
    match operation {
        "GetSIPGroupsListApp" => store.list_groups(user),
        "CreateSIPUserGroupApp" => store.create_group(user, input.body()?),
        "ModifySIPUserGroupApp" => store.update_group(user, group()?, input.body()?),
        "RemoveSIPUserGroupApp" => store.delete_group(user, group()?),
        "GetSIPUserGroupUsersApp" => store.list_users(user, group()?),
        "AddSIPUsersToSIPUserGroupApp" => {
            store.add_users(user, group()?, input.body::<Users>()?.users)
        }
        "AddSIPUserToSIPUserGroupApp" => {
            store.add_user(user, group()?, input.uuid("sip_user_uuid")?)
        }
        "RemoveSIPUserFromSIPUserGroupApp" => {
            store.remove_user(user, group()?, input.uuid("sip_user_uuid")?)
        }
        _ => Err(ErrorResponse::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the sandbox does not implement {operation}"),
        )),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perform_an_unimplemented_operation_responds_501() {
        let mut store = Store::new(Vec::new());
        let input = Input {
            user: Uuid::nil(),
            path: Vec::new(),
            body: Value::Null,
        };
        let error = perform(&mut store, "ListConnectionUsers", &input).unwrap_err();
        assert_eq!(error.status, StatusCode::NOT_IMPLEMENTED);
    }
}
