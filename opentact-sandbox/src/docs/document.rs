//! The spec as the page shows it: with the credentials and the resources of this sandbox.

use serde_json::{Value, json};

use crate::credentials::BEARER_TOKEN;
use crate::service::Service;

/// The title of the page.
pub(super) const TITLE: &str = "OpenTACT sandbox";

/// The path parameters with an example, each with the place of a resource in the state.
const PREFILLED: [(&str, &str); 21] = [
    ("AccountUuid", "/accounts/0/uuid"),
    ("AddressUuid", "/addresses/0/uuid"),
    ("CartEntryUuid", "/cart_entries/0/uuid"),
    ("GroupUuid", "/groups/0/uuid"),
    ("LeasedTN", "/leases/0/tn"),
    ("MessagingProfileUuid", "/messaging_profiles/0/uuid"),
    ("OfficeHoursUuid", "/office_hours/0/uuid"),
    ("OutboundVoiceProfileUuid", "/voice_profiles/0/uuid"),
    ("PaymentUuid", "/payments/0/uuid"),
    ("SIPConnectionUuid", "/connections/0/uuid"),
    ("SIPControlAppUuid", "/control_apps/0/uuid"),
    ("SIPDomainName", "/domains/0/domain"),
    ("SIPDomainUserUuid", "/users/0/uuid"),
    ("SIPSwitchUuid", "/switches/0/uuid"),
    ("SIPUserInviteToken", "/invites/0/token"),
    ("SIPUserInviteUuid", "/invites/0/uuid"),
    ("SIPUserUuid", "/users/1/uuid"),
    ("SMSUuid", "/messages/0/uuid"),
    ("TNLeaseUuid", "/leases/0/uuid"),
    ("TokenUuid", "/tokens/0/uuid"),
    ("UserUuid", "/account_users/0/uuid"),
];

/// Returns the spec with the sandbox as its only server, the tokens to try with, and examples of path
/// parameters that exist in the state.
pub(super) fn for_sandbox(service: &Service) -> Value {
    let state = service.state_json();
    let (email, password) = service.state().sign_in();
    let mut document = service.spec.document.clone();
    document["servers"] =
        json!([{ "url": service.spec.base_path, "description": "This sandbox." }]);
    document["info"]["title"] = TITLE.into();
    document["info"]["description"] = description(&state, &email, &password).into();
    let first = state["users"][0]["token"].as_str().unwrap_or_default();
    let schemes = &mut document["components"]["securitySchemes"];
    for (scheme, try_it) in [
        ("HA1BToken", format!("Try `{first}`.")),
        ("BearerToken", format!("Try `{BEARER_TOKEN}`.")),
        ("Basic", format!("Try `{email}` with `{password}`.")),
    ] {
        append(&mut schemes[scheme], &try_it);
    }
    prefill(&mut document, &state);
    document
}

fn prefill(document: &mut Value, state: &Value) {
    let Some(parameters) = document["components"]["parameters"].as_object_mut() else {
        return;
    };
    for (name, pointer) in PREFILLED {
        let Some(parameter) = parameters.get_mut(name) else {
            continue;
        };
        match state.pointer(pointer) {
            Some(value) => parameter["example"] = value.clone(),
            None => {
                let missing = "The sandbox has none yet: create one, then reload this page.";
                append(parameter, missing);
            }
        }
    }
}

/// Appends a sentence to the description of an object, if there is one.
fn append(object: &mut Value, sentence: &str) {
    if let Some(Value::String(description)) = object.get_mut("description") {
        *description = format!("{} {sentence}", description.trim_end());
    }
}

fn description(state: &Value, email: &str, password: &str) -> String {
    let users = state["users"].as_array().into_iter().flatten();
    let rows = users.map(|user| {
        let text = |name: &str| user[name].as_str().unwrap_or_default();
        let name = format!("{} {}", text("first_name"), text("last_name"));
        let (login, token) = (text("login"), text("token"));
        format!("| {login} | {} | `{token}` |\n", name.trim())
    });
    let rows: String = rows.collect();
    format!(
        "A stand-in for the OpenTACT service, in memory. Press **Authorize** and enter a token:\n\n\
         | SIP user | Name | HA1BToken |\n|---|---|---|\n{rows}\n\
         The account user is `{email}` with the password `{password}` (Basic) and the token \
         `{BEARER_TOKEN}` (BearerToken). `GET /auth` returns a JWT. These credentials open nothing else.\n\n\
         Tests control the sandbox with the [API under `/_sandbox`](/_sandbox/openapi.json)."
    )
}
