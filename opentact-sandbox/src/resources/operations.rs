//! The operations that all kinds of resources have.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::input::Input;
use crate::page::Page;
use crate::resources::collections::{Object, no_such};
use crate::resources::search::{fits, sort};
use crate::resources::table::{Action, INBOUND_MESSAGES, Kind, MESSAGES, referred_kind};
use crate::resources::{is_known, text};
use crate::response::{ErrorResponse, Result};
use crate::state::State;
use crate::time::{later, timestamp};

impl State {
    /// Carries out an operation on the resources of a kind.
    pub(crate) fn act(&mut self, kind: &'static Kind, action: Action, input: &Input) -> Result {
        let parent = match kind.parent {
            Some(property) => Some((property, self.parent(property, input)?)),
            None => None,
        };
        let caller = input.caller.account_user();
        let first = self.first_account_user().unwrap_or_default().to_owned();
        let is_own = |object: &Object| match text(object, "user") {
            // A seed can leave out the user of a cart entry.
            "" => kind.is_personal && caller == first,
            user => caller == user,
        };
        let is_visible = |object: &Object| {
            let is_child = parent.as_ref().is_none_or(|(property, parent)| {
                object.get(*property).and_then(Value::as_str) == Some(parent)
            });
            is_child && (!kind.is_personal || is_own(object))
        };
        let key = || input.last_parameter();
        let existing = || {
            let found = self.resources.existing(kind, key())?;
            is_visible(found).then_some(()).ok_or_else(|| no_such(kind))
        };
        match action {
            Action::List => Ok(self.list(kind, |object| {
                let mut query = input.query.iter();
                is_visible(object) && query.all(|(name, value)| object.get(name) == Some(value))
            })),
            Action::ListOwn => Ok(self.list(kind, is_own)),
            Action::ListOf(property) => {
                if let Some(other) = referred_kind(property) {
                    self.resources.existing(other, key())?;
                }
                Ok(self.list(kind, |object| {
                    object.get(property).and_then(Value::as_str) == Some(key())
                }))
            }
            Action::Search => Ok(self.search(kind, input)),
            Action::Create => {
                let mut object = input.properties();
                object
                    .extend(parent.map(|(property, parent)| (property.to_owned(), parent.into())));
                let key = self.create(kind, object, input)?;
                Ok(self.show(kind, &key))
            }
            Action::Get => {
                existing()?;
                Ok(self.show(kind, key()))
            }
            Action::Update => {
                existing()?;
                self.update(kind, key(), input)?;
                Ok(self.show(kind, key()))
            }
            Action::Delete | Action::Discard => {
                existing()?;
                let deleted = self.show(kind, key());
                self.delete(kind, key())?;
                Ok(match action {
                    Action::Delete => deleted,
                    _ => json!({}),
                })
            }
            Action::Clear => {
                self.resources
                    .retain(kind.section, |object| !is_visible(object));
                Ok(json!({}))
            }
        }
    }

    pub(crate) fn show(&self, kind: &Kind, key: &str) -> Value {
        self.shapes.show(&self.resources, kind, key, kind.schema)
    }

    /// Returns the resources that a filter selects, the oldest first.
    pub(crate) fn list(&self, kind: &Kind, filter: impl Fn(&Object) -> bool) -> Value {
        let all = self.resources.all(kind.section);
        all.filter(|(_, object)| filter(object))
            .map(|(key, _)| self.show(kind, key))
            .collect()
    }

    /// Returns a page of the resources that fit the conditions in the body. Messages stand in it with
    /// the newest first, and all others with the oldest first.
    fn search(&self, kind: &Kind, input: &Input) -> Value {
        let conditions = input.properties();
        let all = self.resources.all(kind.section);
        let mut found: Vec<_> = all
            .filter(|(_, object)| fits(object, &conditions))
            .collect();
        if [MESSAGES, INBOUND_MESSAGES].contains(&kind.section) {
            found.reverse();
        }
        sort(&mut found, conditions.get("order"), |(_, object)| object);
        let found = found.into_iter();
        Page::of(&input.query).payload(found.map(|(key, _)| self.show(kind, key)))
    }

    /// Creates a resource from the properties in the body, and returns its key.
    pub(crate) fn create(
        &mut self,
        kind: &'static Kind,
        mut object: Object,
        input: &Input,
    ) -> Result<String> {
        let now = timestamp(Utc::now());
        let user = input.caller.account_user();
        for (name, value) in [
            ("uuid", Value::from(Uuid::new_v4().to_string())),
            ("created_on", now.clone().into()),
            ("modified_on", now.into()),
            ("account", self.account().into()),
            ("created_by", user.clone()),
            ("user", user),
            ("modified_by", Value::Null),
        ] {
            // `POST /user` sends the account of a new user as an object with a name.
            if !object.contains_key(name) || name == "account" {
                object.insert(name.to_owned(), value);
            }
        }
        object.retain(|name, _| is_known(&self.shapes, kind, name));
        self.check_references(&object)?;
        Self::set_defaults(kind, &mut object);
        self.complete(kind, &mut object);
        self.check_unique(kind, None, &object)?;
        let key = text(&object, kind.key).to_owned();
        self.resources.insert(kind.section, key.clone(), object);
        Ok(key)
    }

    pub(crate) fn update(&mut self, kind: &'static Kind, key: &str, input: &Input) -> Result<()> {
        let mut changes = input.properties();
        changes.retain(|name, _| is_known(&self.shapes, kind, name));
        self.change(kind, key, changes, &input.caller.account_user())
    }

    /// Changes the properties of a resource that exists.
    pub(crate) fn change(
        &mut self,
        kind: &'static Kind,
        key: &str,
        changes: Object,
        user: &Value,
    ) -> Result<()> {
        self.check_references(&changes)?;
        let mut object = self.resources.existing(kind, key)?.clone();
        let before = object.clone();
        object.extend(changes);
        if object == before {
            return Ok(());
        }
        self.complete(kind, &mut object);
        self.check_unique(kind, Some(key), &object)?;
        let modified_on = text(&object, "modified_on");
        let modified_on = modified_on.parse::<DateTime<Utc>>().unwrap_or_default();
        for (name, value) in [
            ("modified_on", Value::from(timestamp(later(modified_on)))),
            ("modified_by", user.clone()),
        ] {
            if is_known(&self.shapes, kind, name) {
                object.insert(name.to_owned(), value);
            }
        }
        self.resources.insert(kind.section, key.to_owned(), object);
        Ok(())
    }

    /// Returns the key of the parent in the path, if the parent exists.
    fn parent(&self, property: &str, input: &Input) -> Result<String> {
        let key = input.first_parameter();
        if let Some(kind) = referred_kind(property) {
            self.resources.existing(kind, key)?;
        }
        Ok(key.to_owned())
    }

    /// Checks that the resources exist to which properties refer.
    fn check_references(&self, object: &Object) -> Result<()> {
        for (name, value) in object {
            if let (Some(kind), Some(key)) = (referred_kind(name), value.as_str()) {
                self.resources.existing(kind, key)?;
            }
        }
        Ok(())
    }

    /// Checks that no other resource has the same key or unique property.
    pub(crate) fn check_unique(
        &self,
        kind: &Kind,
        own_key: Option<&str>,
        object: &Object,
    ) -> Result<()> {
        let is_taken = |name: &str| {
            let mut all = self.resources.all(kind.section);
            all.any(|(key, other)| {
                Some(key) != own_key
                    && object.get(name).is_some()
                    && other.get(name) == object.get(name)
                    && kind
                        .parent
                        .is_none_or(|parent| other.get(parent) == object.get(parent))
            })
        };
        let names = [Some(kind.key), kind.unique];
        match names.into_iter().flatten().find(|name| is_taken(name)) {
            None => Ok(()),
            Some(name) => Err(ErrorResponse::new(
                StatusCode::CONFLICT,
                format!("another {} has the same `{name}`", kind.noun),
            )),
        }
    }
}
