//! The SIP users of a sandbox.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::StartError;
use crate::resources::table::{USERS, kind};
use crate::state::{State, check_token};

/// The default users, in the format of [`User::list_from_json`].
pub(crate) const COMPANY: &str = include_str!("company.json");

/// A SIP user of the sandbox, with the token that authenticates this user.
///
/// The UUID is random and the token is `sandbox-<login>`, unless they are set. `Debug` shows only
/// the login.
///
/// ```
/// use opentact_sandbox::User;
///
/// let carol = User::new("carol")
///     .property("first_name", "Carol")
///     .property("uuid", "3b8f1d60-54c2-4e79-a1d3-0f6e92b7c845")
///     .token("token-of-carol");
/// assert_eq!(carol.login(), "carol");
/// ```
#[derive(Clone)]
pub struct User {
    token: String,
    properties: Map<String, Value>,
}

impl User {
    /// Returns a user with a login and no other properties.
    pub fn new(login: impl Into<String>) -> Self {
        let login = login.into();
        let token = format!("sandbox-{login}");
        let properties = Map::from_iter([
            ("uuid".to_owned(), Uuid::new_v4().to_string().into()),
            ("login".to_owned(), login.into()),
        ]);
        Self { token, properties }
    }

    /// Sets the token. The sandbox does not start if the token is empty, has a space or a
    /// character other than printable ASCII, or belongs to another user.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// Sets a property of the schema `SIPUser`. The sandbox does not start if the property breaks
    /// the spec. `groups` is ignored, because the sandbox derives it.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// Returns the login.
    pub fn login(&self) -> &str {
        self.properties["login"].as_str().unwrap_or_default()
    }

    /// Parses users from a JSON list of objects. Each has `login`, optionally `token`, and any other
    /// properties of the schema `SIPUser`.
    ///
    /// ```
    /// use opentact_sandbox::User;
    ///
    /// let users = User::list_from_json(r#"[{"login": "carol"}, {"login": "dave", "token": "x"}]"#)?;
    /// assert_eq!(users.len(), 2);
    /// # Ok::<_, opentact_sandbox::StartError>(())
    /// ```
    ///
    /// # Errors
    /// Fails with [`StartError::Users`] if the text is not such a list.
    pub fn list_from_json(json: &str) -> Result<Vec<Self>, StartError> {
        let entries: Vec<Map<String, Value>> = serde_json::from_str(json).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let reason = match error.classify() {
                serde_json::error::Category::Data => "it is not a list of objects",
                _ => "it is not JSON",
            };
            StartError::Users(format!("{reason}, at line {line}, column {column}"))
        })?;
        let users = entries.into_iter().enumerate();
        users
            .map(|(index, mut properties)| {
                let invalid = |reason: &str| StartError::Users(format!("user {index}: {reason}"));
                let Some(Value::String(login)) = properties.remove("login") else {
                    return Err(invalid("`login` is missing or not a string"));
                };
                let mut user = Self::new(login);
                match properties.remove("token") {
                    None => {}
                    Some(Value::String(token)) => user.token = token,
                    Some(_) => return Err(invalid("`token` is not a string")),
                }
                user.properties.extend(properties);
                Ok(user)
            })
            .collect()
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut user = f.debug_struct("User");
        user.field("login", &self.login()).finish_non_exhaustive()
    }
}

/// Checks users against the spec and against each other, and adds them to a state.
pub(crate) fn add(users: Vec<User>, state: &mut State) -> Result<(), StartError> {
    let spec = Arc::clone(&state.shapes.0);
    let schema = spec.schema("SIPUser").map_err(StartError::Spec)?;
    for mut user in users {
        let login = user.login().to_owned();
        let invalid = |reason: String| StartError::Users(format!("user `{login}`: {reason}"));
        user.properties.remove("groups");
        let properties = Value::Object(user.properties.clone());
        schema.check("the user", &properties).map_err(&invalid)?;
        let uuid = user.properties["uuid"].as_str().unwrap_or_default();
        if Uuid::try_parse(uuid).is_err() {
            return Err(invalid("`uuid` is not a UUID".to_owned()));
        }
        check_token(&user.token).map_err(|reason| invalid(reason.to_owned()))?;
        user.properties
            .insert("token".to_owned(), user.token.into());
        if let Some(kind) = kind(USERS) {
            let added = state.add(kind, user.properties);
            added.map_err(|error| invalid(error.message().to_owned()))?;
        }
    }
    Ok(())
}
