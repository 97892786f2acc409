//! Which operation of the spec does what.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::answer::{Outcome, Refusal};
use crate::store::{Change, Store};

/// What a request asks for, checked against the spec.
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

/// Carries out an operation. One that the sandbox does not have is answered with 501.
pub(crate) fn perform(store: &mut Store, operation: &str, input: &Input) -> Outcome {
    let user = input.user;
    let group = || input.uuid("uuid");
    match operation {
        "GetSIPGroupsListApp" => store.list_groups(user),
        "CreateSIPUserGroupApp" => store.create_group(user, input.body::<Change>()?),
        "ModifySIPUserGroupApp" => store.update_group(user, group()?, input.body::<Change>()?),
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
        _ => Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the sandbox does not implement {operation}"),
        )),
    }
}

impl Input {
    fn uuid(&self, name: &str) -> Result<Uuid, Refusal> {
        let mut parameters = self.path.iter();
        parameters
            .find(|(known, _)| known == name)
            .and_then(|(_, value)| Uuid::try_parse(value).ok())
            .ok_or_else(|| Refusal::bad_request(format!("`{name}` is no UUID")))
    }

    fn body<T: serde::de::DeserializeOwned>(&self) -> Result<T, Refusal> {
        T::deserialize(&self.body)
            .map_err(|_| Refusal::bad_request("the body is not what the spec says"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_that_is_only_in_the_spec() {
        let mut store = Store::new(Vec::new());
        let input = Input {
            user: Uuid::nil(),
            path: Vec::new(),
            body: Value::Null,
        };
        let refusal = perform(&mut store, "ListConnectionUsers", &input).unwrap_err();
        assert_eq!(refusal.status, StatusCode::NOT_IMPLEMENTED);
    }
}
