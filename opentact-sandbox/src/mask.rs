//! Masking of secrets in requests and responses that the sandbox shows or writes down.

use std::collections::HashSet;

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderName, SET_COOKIE};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use openapi_tree::{Node, resolve, walk};
use serde_json::{Map, Value};

/// The text in place of a secret.
pub(crate) const MASK: &str = "***";

/// Names of secrets in any API, without separators.
const SECRET_NAMES: [&str; 5] = ["cookie", "ha1", "ha1b", "key", "setcookie"];

/// The last words of other names of secrets, without separators.
const SECRET_ENDINGS: [&str; 12] = [
    "accesskey",
    "apikey",
    "authorization",
    "cardnumber",
    "cvv",
    "jwt",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "secretkey",
    "token",
];

/// The shortest secret that is looked for in other texts.
const MIN_LENGTH: usize = 4;

/// The names of the properties, parameters and headers that are secret.
#[derive(Debug, Default)]
pub(crate) struct SecretNames {
    /// The names that a document adds to the usual ones.
    names: HashSet<String>,
    /// The path templates of the document, in segments.
    paths: Vec<Vec<String>>,
}

/// The secrets of one request, which are masked wherever they appear.
#[derive(Debug, Default)]
pub(crate) struct Secrets(Vec<String>);

impl SecretNames {
    /// Returns the names to which a document gives `format: password`, the headers of its security
    /// schemes, and the usual names of secrets.
    pub(crate) fn of(root: &Node) -> Self {
        let mut names = HashSet::new();
        let is_secret = |schema: &Node| {
            let schema = resolve(root, schema);
            schema.is_some_and(|schema| schema.str_at("format") == Some("password"))
        };
        walk(root, &mut |node: &Node, _: &_| {
            for property in node.entries_at("properties") {
                if is_secret(&property.node) {
                    names.insert(normalized(&property.key));
                }
            }
            let is_scheme = node.str_at("type") == Some("apiKey");
            if let (Some(name), Some(_)) = (node.str_at("name"), node.str_at("in"))
                && (is_scheme || node.get("schema").is_some_and(is_secret))
            {
                names.insert(normalized(name));
            }
        });
        let segments = |path: &str| segments(path).map(str::to_owned).collect();
        let paths = root.entries_at("paths").iter();
        Self {
            names,
            paths: paths.map(|path| segments(&path.key)).collect(),
        }
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        let normal = normalized(name);
        let joined = normal.replace('_', "");
        SECRET_NAMES.contains(&joined.as_str())
            || SECRET_ENDINGS.iter().any(|end| joined.ends_with(end))
            // Other words end in `pin`, such as `shopping`.
            || normal.rsplit('_').next() == Some("pin")
            || self.names.contains(&normal)
    }

    /// Returns the headers with their secrets masked. The secrets are added to `secrets`.
    pub(crate) fn mask_headers(&self, headers: &HeaderMap, secrets: &mut Secrets) -> Value {
        let mut shown = Map::new();
        for name in headers.keys() {
            let values = headers.get_all(name).iter();
            let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
            let values: Vec<_> = values.collect();
            let value = match self.contains(name.as_str()) {
                true => {
                    for value in values {
                        secrets.add_header(name, &value);
                    }
                    MASK.to_owned()
                }
                false => values.join(", "),
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
        let segments = segments.map(|(segment, template)| match parameter(template) {
            Some(name) if self.contains(name) => {
                secrets.add(segment);
                MASK
            }
            _ => segment,
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// Returns a path to which no operation belongs, without the segments after those that lead to a
    /// secret parameter of any template.
    pub(crate) fn mask_unknown_path(&self, path: &str, secrets: &mut Secrets) -> String {
        let (mut known, mut is_secret) = (Vec::new(), false);
        let segments = path.split('/').map(|segment| {
            if segment.is_empty() {
                return segment;
            }
            is_secret = is_secret || self.leads_to_secret(&known, segment);
            known.push(segment);
            match is_secret {
                true => {
                    secrets.add(segment);
                    MASK
                }
                false => segment,
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// Returns `true` if a template has a secret parameter after these segments, and none has this
    /// segment there. The segments before them are ignored, because a client can have a wrong base URL.
    fn leads_to_secret(&self, before: &[&str], segment: &str) -> bool {
        let followers = self.paths.iter().flat_map(|template| {
            let ends = (1..template.len()).filter(|end| {
                let (fixed, start) = (&template[..*end], before.len().checked_sub(*end));
                start.is_some_and(|start| {
                    let pairs = fixed.iter().zip(&before[start..]);
                    let mut pairs = pairs.map(|(fixed, given)| {
                        fixed.starts_with('{') || fixed.eq_ignore_ascii_case(given)
                    });
                    pairs.all(|fits| fits)
                })
            });
            ends.map(|end| template[end].as_str())
        });
        let followers: Vec<_> = followers.collect();
        let mut names = followers.iter().filter_map(|name| parameter(name));
        names.any(|name| self.contains(name)) && !followers.contains(&segment)
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
            // A short secret that is part of a longer one must not break it up.
            let at = self.0.partition_point(|known| known.len() > secret.len());
            self.0.insert(at, secret.to_owned());
        }
    }

    /// Adds the value of a header, and the secrets in it: the token after `Bearer`, the password in
    /// `Basic`, the values of cookies.
    fn add_header(&mut self, name: &HeaderName, value: &str) {
        self.add(value);
        // The rest of `Set-Cookie` are attributes.
        let cookies = match *name {
            COOKIE => usize::MAX,
            SET_COOKIE => 1,
            _ => 0,
        };
        for cookie in value.split(';').take(cookies) {
            if let Some((_, value)) = cookie.split_once('=') {
                self.add(value.trim().trim_matches('"'));
            }
        }
        if let Some((_, credentials)) = value.split_once(' ').filter(|_| cookies == 0) {
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
        let mut at = 0;
        while let Some(start) = text[at..].find("eyJ").map(|found| at + found) {
            if let Some(length) = token_length(&text[start..]) {
                text.replace_range(start..start + length, MASK);
            }
            at = start + MASK.len();
        }
    }
}

/// Returns the length of the JSON Web Token at the start of a text.
fn token_length(text: &str) -> Option<usize> {
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let (mut length, mut parts) = (0, 0);
    loop {
        length += text
            .bytes()
            .skip(length)
            .take_while(|byte| is_digit(byte))
            .count();
        parts += 1;
        match text.as_bytes().get(length) {
            Some(b'.') => length += 1,
            _ => return (parts > 2).then_some(length),
        }
    }
}

/// Returns a name in lower case, with `_` between its words.
fn normalized(name: &str) -> String {
    let mut normal = String::new();
    let mut was_lower = false;
    for character in name.chars() {
        if character.is_uppercase() && was_lower {
            normal.push('_');
        }
        was_lower = character.is_lowercase();
        match character {
            '-' | '.' | ' ' => normal.push('_'),
            other => normal.extend(other.to_lowercase()),
        }
    }
    normal
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Returns the name of a parameter: `uuid` for `{uuid}`.
fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}
