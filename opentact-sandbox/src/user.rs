//! The SIP users who are there from the start.

use std::collections::HashSet;
use std::fmt;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::StartError;
use crate::spec::Spec;

/// The company that is there where nothing else is said, in the format of a file of users.
pub(crate) const COMPANY: &str = include_str!("company.json");

/// A SIP user of the sandbox, with the token that authenticates this user.
///
/// Its UUID is random and its token is `sandbox-<login>` where they are not set. `Debug` shows
/// the login only.
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
    /// A user of whom nothing but the login is known.
    pub fn new(login: impl Into<String>) -> Self {
        let login = login.into();
        let token = format!("sandbox-{login}");
        let properties = Map::from_iter([
            ("uuid".to_owned(), Uuid::new_v4().to_string().into()),
            ("login".to_owned(), login.into()),
        ]);
        Self { token, properties }
    }

    /// Sets the token: printable ASCII without spaces, which no other user has. What is not is
    /// refused when the sandbox starts.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// Sets a property of the schema `SIPUser`. What does not fit the spec is refused when the
    /// sandbox starts; `groups` is left out of account, as the sandbox keeps them itself.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// The short name with which the user logs in.
    pub fn login(&self) -> &str {
        self.properties["login"].as_str().unwrap_or_default()
    }

    /// The users of a file: a JSON list of objects with the properties of the schema
    /// `SIPUser`, of which `login` has to be there, and `token`.
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
    /// [`StartError::Users`] where the text is not such a list.
    pub fn list_from_json(json: &str) -> Result<Vec<Self>, StartError> {
        let entries: Vec<Map<String, Value>> = serde_json::from_str(json).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let what = match error.classify() {
                serde_json::error::Category::Data => "it is not a list of objects",
                _ => "it is not JSON",
            };
            StartError::Users(format!("{what}, at line {line}, column {column}"))
        })?;
        let users = entries.into_iter().enumerate();
        users
            .map(|(index, mut properties)| {
                let refused = |what: &str| StartError::Users(format!("user {index}: {what}"));
                let Some(Value::String(login)) = properties.remove("login") else {
                    return Err(refused("`login` is missing, or no string"));
                };
                let mut user = Self::new(login);
                match properties.remove("token") {
                    None => {}
                    Some(Value::String(token)) => user.token = token,
                    Some(_) => return Err(refused("`token` is no string")),
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

/// A user as the sandbox keeps it.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) uuid: Uuid,
    pub(crate) login: String,
    pub(crate) token: String,
    pub(crate) properties: Map<String, Value>,
}

/// Checks users against the spec and against each other.
pub(crate) fn accounts(users: Vec<User>, spec: &Spec) -> Result<Vec<Account>, StartError> {
    let mut taken = HashSet::new();
    let mut accounts = Vec::new();
    for mut user in users {
        let login = user.login().to_owned();
        let refused = |what: String| StartError::Users(format!("user `{login}`: {what}"));
        user.properties.remove("groups");
        let properties = Value::Object(user.properties.clone());
        spec.user.check("the user", &properties).map_err(&refused)?;
        let uuid = user.properties["uuid"].as_str().unwrap_or_default();
        let uuid = Uuid::try_parse(uuid).map_err(|_| refused("`uuid` is no UUID".to_owned()))?;
        let is_text = |byte: u8| (b'!'..=b'~').contains(&byte);
        if user.token.is_empty() || !user.token.bytes().all(is_text) {
            let what = "the token is empty, or has more in it than printable ASCII";
            return Err(refused(what.to_owned()));
        }
        let keys = [
            ("login", login.clone()),
            ("token", user.token.clone()),
            ("uuid", uuid.to_string()),
        ];
        for key in keys {
            let what = key.0;
            if !taken.insert(key) {
                return Err(refused(format!("another user has the same {what}")));
            }
        }
        accounts.push(Account {
            uuid,
            login,
            token: user.token,
            properties: user.properties,
        });
    }
    Ok(accounts)
}
