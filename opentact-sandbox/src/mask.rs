//! Masking of secrets in requests and responses that the sandbox shows or writes down.

use std::collections::HashSet;

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use openapi_tree::{Node, resolve, walk};
use serde_json::{Map, Value};

/// The text in place of a secret.
pub(crate) const MASK: &str = "***";

/// Names that stand for secrets in any API, in lower case.
const ALWAYS_SECRET: [&str; 11] = [
    "access_token",
    "api_key",
    "cvv",
    "ha1",
    "ha1b",
    "jwt",
    "passwd",
    "password",
    "refresh_token",
    "secret",
    "token",
];

/// The shortest secret that is looked for in other texts.
const MIN_LENGTH: usize = 4;

/// The names of the properties, parameters and headers that are secret.
#[derive(Debug, Default)]
pub(crate) struct SecretNames(HashSet<String>);

/// The secrets of one request, which are masked wherever they appear.
#[derive(Debug, Default)]
pub(crate) struct Secrets(Vec<String>);

impl SecretNames {
    /// Returns the names to which a document gives `format: password`, the headers of its security
    /// schemes, and the usual names of secrets.
    pub(crate) fn of(root: &Node) -> Self {
        let mut names: HashSet<String> = ALWAYS_SECRET.map(str::to_owned).into();
        let headers = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE];
        names.extend(headers.map(|header| header.as_str().to_owned()));
        let is_secret = |schema: &Node| {
            let schema = resolve(root, schema);
            schema.is_some_and(|schema| schema.str_at("format") == Some("password"))
        };
        walk(root, &mut |node: &Node, _: &_| {
            for property in node.entries_at("properties") {
                if is_secret(&property.node) {
                    names.insert(property.key.to_lowercase());
                }
            }
            let is_scheme = node.str_at("type") == Some("apiKey");
            if let (Some(name), Some(_)) = (node.str_at("name"), node.str_at("in"))
                && (is_scheme || node.get("schema").is_some_and(is_secret))
            {
                names.insert(name.to_lowercase());
            }
        });
        Self(names)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }

    /// Returns the headers with their secrets masked. The secrets are added to `secrets`.
    pub(crate) fn mask_headers(&self, headers: &HeaderMap, secrets: &mut Secrets) -> Value {
        let mut shown = Map::new();
        for name in headers.keys() {
            let values = headers.get_all(name).iter();
            let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
            let values = values.collect::<Vec<_>>().join(", ");
            let value = match self.contains(name.as_str()) {
                true => {
                    secrets.add_credentials(&values);
                    MASK.to_owned()
                }
                false => values,
            };
            shown.insert(name.as_str().to_owned(), value.into());
        }
        shown.into()
    }

    /// Masks the values of secret properties, at any depth. The secrets are added to `secrets`.
    pub(crate) fn mask_properties(&self, value: &mut Value, secrets: &mut Secrets) {
        match value {
            Value::Array(items) => {
                for item in items {
                    self.mask_properties(item, secrets);
                }
            }
            Value::Object(properties) => {
                for (name, value) in properties {
                    if !self.contains(name) || value.is_boolean() {
                        self.mask_properties(value, secrets);
                    } else if !value.is_null() {
                        secrets.add_values(value);
                        *value = MASK.into();
                    }
                }
            }
            _ => {}
        }
    }

    /// Returns a path without its secrets: the values of secret parameters of its template.
    pub(crate) fn mask_path(&self, path: &str, template: &str, secrets: &mut Secrets) -> String {
        let segments = path.split('/').zip(template.split('/'));
        let segments = segments.map(|(segment, template)| {
            let name = template.strip_prefix('{');
            match name.and_then(|name| name.strip_suffix('}')) {
                Some(name) if self.contains(name) => {
                    secrets.add(segment);
                    MASK
                }
                _ => segment,
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// Returns the parameters of a query by name, with secrets masked. A parameter that is repeated has
    /// a list of values.
    pub(crate) fn mask_query(&self, query: &str, secrets: &mut Secrets) -> Map<String, Value> {
        let mut shown = Map::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = match self.contains(&name) {
                true => {
                    secrets.add(&value);
                    Value::from(MASK)
                }
                false => Value::from(&*value),
            };
            match shown.get_mut(&*name) {
                None => drop(shown.insert(name.into_owned(), value)),
                Some(Value::Array(values)) => values.push(value),
                Some(first) => *first = Value::from(vec![first.take(), value]),
            }
        }
        shown
    }
}

impl Secrets {
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() >= MIN_LENGTH && secret != MASK {
            self.0.push(secret.to_owned());
        }
    }

    /// Adds the value of a header, and the secrets in it: the token after `Bearer`, the password in
    /// `Basic`.
    fn add_credentials(&mut self, value: &str) {
        self.add(value);
        if let Some((_, credentials)) = value.split_once(' ') {
            self.add(credentials);
            let decoded = BASE64_STANDARD.decode(credentials).ok();
            let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            if let Some((_, password)) = decoded.as_deref().and_then(|text| text.split_once(':')) {
                self.add(password);
            }
        }
    }

    fn add_values(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add(text),
            Value::Number(number) => self.add(&number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.add_values(item)),
            Value::Object(properties) => properties.values().for_each(|item| self.add_values(item)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Masks the secrets, and whatever looks like a JSON Web Token, in all texts of a value.
    pub(crate) fn mask(&self, value: &mut Value) {
        match value {
            Value::String(text) => self.mask_text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.mask(item)),
            Value::Object(properties) => properties.values_mut().for_each(|item| self.mask(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    pub(crate) fn mask_text(&self, text: &mut String) {
        for secret in &self.0 {
            if text.contains(secret.as_str()) {
                *text = text.replace(secret.as_str(), MASK);
            }
        }
        let is_token = |word: &str| word.starts_with("eyJ") && word.matches('.').count() == 2;
        if text.split_whitespace().any(is_token) {
            *text = text
                .split_inclusive(char::is_whitespace)
                .map(|word| match is_token(word.trim_end()) {
                    true => word.replace(word.trim_end(), MASK),
                    false => word.to_owned(),
                })
                .collect();
        }
    }
}
