//! The state of the sandbox.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::StatusCode;
use chrono::Utc;
use serde_json::Value;
use uuid::Uuid;

use crate::group::Groups;
use crate::resources::table::{
    ACCOUNT_USERS, ACCOUNTS, DOMAINS, INVITES, KINDS, Kind, REFERENCES, TOKENS, USERS, kind,
};
use crate::resources::{Collections, Object, Shapes, is_known, text};
use crate::response::{ErrorResponse, Result};
use crate::spec::Spec;
use crate::time::timestamp;

/// The domain of the SIP users that name no other one.
pub(crate) const DOMAIN: &str = "sip.example.com";

/// The state that requests read and change.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) shapes: Shapes,
    pub(crate) resources: Collections,
    pub(crate) groups: Groups,
    /// The telephone numbers that exist. Those without a lease can be ordered.
    pub(crate) numbers: BTreeSet<i64>,
}

impl State {
    /// Returns a state without any resources.
    pub(crate) fn empty(spec: &Arc<Spec>) -> Self {
        Self {
            shapes: Shapes(Arc::clone(spec)),
            resources: Collections::default(),
            groups: Groups::default(),
            numbers: BTreeSet::new(),
        }
    }

    /// Returns the UUID of the account.
    pub(crate) fn account(&self) -> String {
        let account = self.resources.all(ACCOUNTS).next();
        account.map(|(key, _)| key.to_owned()).unwrap_or_default()
    }

    /// Returns the UUID of the account user who owns the bearer token of the sandbox.
    pub(crate) fn first_account_user(&self) -> Option<&str> {
        self.resources.all(ACCOUNT_USERS).next().map(|(key, _)| key)
    }

    /// Returns the e-mail address and the password of the first account user.
    pub(crate) fn sign_in(&self) -> (String, String) {
        let user = self.resources.all(ACCOUNT_USERS).next();
        let property = |name| user.map_or("", |(_, user)| text(user, name)).to_owned();
        (property("email"), property("password"))
    }

    /// Adds the properties that a new resource has if the request does not set them.
    pub(crate) fn set_defaults(kind: &Kind, object: &mut Object) {
        let defaults: &[(&str, Value)] = match kind.section {
            USERS => &[
                ("is_active", Value::Bool(true)),
                ("same_domain_calls_only", Value::Bool(false)),
            ],
            ACCOUNT_USERS => &[("role", "User".into()), ("deleted_on", Value::Null)],
            "payments" => &[("state", "created".into())],
            "connections" | "control_apps" | "voice_profiles" => &[("is_active", true.into())],
            _ => &[],
        };
        for (name, value) in defaults {
            object.entry(*name).or_insert_with(|| value.clone());
        }
    }

    /// Adds the properties that the sandbox derives from others.
    pub(crate) fn complete(&self, kind: &Kind, object: &mut Object) {
        let mut default = |name: &str, value: Value| {
            object.entry(name).or_insert(value);
        };
        match kind.section {
            USERS => {
                default("sip_domain", DOMAIN.into());
                let login = text(object, "login").to_owned();
                let domain = text(object, "sip_domain").to_owned();
                if !object.contains_key("token") {
                    let token = self.default_token(&login, &domain, text(object, "uuid"));
                    object.insert("token".to_owned(), token.into());
                }
                if let Some(password) = object.get("password").and_then(Value::as_str) {
                    let realm = &domain;
                    let ha1 = md5(&format!("{login}:{realm}:{password}"));
                    let ha1b = md5(&format!("{login}@{domain}:{realm}:{password}"));
                    object.insert("ha1".to_owned(), ha1.into());
                    object.insert("ha1b".to_owned(), ha1b.into());
                }
            }
            TOKENS => default("token", random_token("sandbox-token").into()),
            INVITES => default("token", random_token("sandbox-invite").into()),
            _ => {}
        }
    }

    /// Returns the token of a SIP user who has none. If the login cannot be a part of it, it has the
    /// UUID instead.
    fn default_token(&self, login: &str, domain: &str, uuid: &str) -> String {
        let token = match domain {
            DOMAIN => format!("sandbox-{login}"),
            domain => format!("sandbox-{login}@{domain}"),
        };
        let taken = self.resources.find(USERS, "token", &token.as_str().into());
        match check_token(&token).is_ok() && taken.is_none() {
            true => token,
            false => format!("sandbox-{uuid}"),
        }
    }

    /// Deletes a resource that exists.
    pub(crate) fn delete(&mut self, kind: &Kind, key: &str) -> Result<()> {
        let conflict = |message: &str| Err(ErrorResponse::new(StatusCode::CONFLICT, message));
        match kind.section {
            DOMAINS => {
                let domain = Value::from(key);
                if self.resources.find(USERS, "sip_domain", &domain).is_some() {
                    return conflict("the SIP domain has SIP users: delete them first");
                }
            }
            ACCOUNT_USERS if Some(key) == self.first_account_user() => {
                return conflict(
                    "the first user of the account stays, so that someone can sign in",
                );
            }
            USERS => {
                if let Ok(user) = Uuid::try_parse(key) {
                    self.groups.forget(user);
                }
            }
            _ => {}
        }
        self.resources.remove(kind.section, key);
        self.forget(kind.section, |referred| referred == key);
        Ok(())
    }

    /// Sets the references to resources that no longer exist to null, so that a state file can be read
    /// again. The children of such resources, and the tokens and carts of such users, are removed.
    pub(crate) fn forget(&mut self, section: &str, is_gone: impl Fn(&str) -> bool) {
        let replacement = match section {
            ACCOUNTS => self.account().into(),
            _ => Value::Null,
        };
        let references = REFERENCES.iter().filter(|(_, other)| *other == section);
        for (kind, (name, _)) in
            references.flat_map(|reference| KINDS.iter().map(move |kind| (kind, reference)))
        {
            // SIP users can have other properties with such a name.
            if !is_known(&self.shapes, kind, name) {
                continue;
            }
            let is_personal = kind.is_personal || kind.section == TOKENS;
            let is_owner = kind.parent == Some(name) || (is_personal && *name == "user");
            self.resources.retain(kind.section, |object| {
                let reference = object.get_mut(*name);
                match reference.filter(|key| key.as_str().is_some_and(&is_gone)) {
                    Some(_) if is_owner => false,
                    Some(reference) => {
                        *reference = replacement.clone();
                        true
                    }
                    None => true,
                }
            });
        }
    }

    /// Adds a resource from a seed, with the properties that it lacks. Returns its key.
    pub(crate) fn add(&mut self, kind: &'static Kind, mut object: Object) -> Result<String> {
        let now = timestamp(Utc::now());
        let created_on = match text(&object, "created_on") {
            "" => now,
            created_on => created_on.to_owned(),
        };
        for (name, value) in [
            ("uuid", Value::from(Uuid::new_v4().to_string())),
            ("created_on", created_on.clone().into()),
            ("modified_on", created_on.into()),
            ("account", self.account().into()),
        ] {
            // The users of a file keep to the properties that it has.
            let is_needed = name == "uuid" || kind.section != USERS;
            if is_needed && is_known(&self.shapes, kind, name) {
                object.entry(name).or_insert(value);
            }
        }
        if let Ok(uuid) = Uuid::try_parse(text(&object, "uuid")) {
            object.insert("uuid".to_owned(), uuid.to_string().into());
        }
        self.complete(kind, &mut object);
        self.complete_message(kind, &mut object);
        self.check_unique(kind, None, &object)?;
        let has_token = [USERS, TOKENS, INVITES].contains(&kind.section);
        let token = object.get("token").filter(|_| has_token);
        if token.is_some_and(|token| self.resources.find(kind.section, "token", token).is_some()) {
            let message = format!("another {} has the same `token`", kind.noun);
            return Err(ErrorResponse::new(StatusCode::CONFLICT, message));
        }
        let key = text(&object, kind.key).to_owned();
        self.resources.insert(kind.section, key.clone(), object);
        Ok(key)
    }

    /// Returns the SIP user with a UUID, as the pages about SIP users show it.
    pub(crate) fn show_user(&self, user: Uuid) -> Result {
        let missing = || ErrorResponse::not_found("there is no such SIP user");
        let users = kind(USERS).ok_or_else(missing)?;
        self.resources.existing(users, &user.to_string())?;
        Ok(self.show(users, &user.to_string()))
    }
}

/// Checks that a token can be sent in a header.
pub(crate) fn check_token(token: &str) -> Result<(), &'static str> {
    match !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(()),
        false => Err("the token must be printable ASCII without spaces, and not empty"),
    }
}

fn random_token(prefix: &str) -> String {
    format!("{prefix}-{}", Uuid::new_v4().simple())
}

fn md5(text: &str) -> String {
    let digest = md5::compute(text);
    digest.0.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // a string takes everything
        hex
    })
}
