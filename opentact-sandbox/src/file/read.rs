//! Reading a file with a state. Every mistake is reported with its place.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use openapi_tree::{Entry, Finding, Findings, Node, Pointer, Source, load};
use serde_json::Value;
use uuid::Uuid;

use super::{GROUPS, NUMBERS, VERSION};
use crate::groups::Group;
use crate::numbers::expiry;
use crate::resources::table::{
    BACK_REFERENCES, DOMAINS, KINDS, Kind, LEASES, USERS, kind, referred_kind,
};
use crate::resources::{is_known, text};
use crate::state::{State, check_token};

/// The properties of a group.
const GROUP: [&str; 6] = [
    "uuid",
    "name",
    "owner",
    "users",
    "created_on",
    "modified_on",
];

/// Fills a state from the text of a file. A section of the file replaces that of the state.
pub(crate) fn read(state: &mut State, name: &str, text: &str) -> Result<(), Findings> {
    let document = load(Source::new(name, text))?;
    let mut reader = Reader {
        state,
        is_state: document.root.get(VERSION).is_some(),
        findings: Vec::new(),
    };
    reader.file(&document.root);
    match reader.findings.is_empty() {
        true => Ok(()),
        false => Err(Findings::new(document.sources.clone(), reader.findings)),
    }
}

struct Reader<'a> {
    state: &'a mut State,
    /// `true` if the sandbox wrote the file.
    is_state: bool,
    findings: Vec<Finding>,
}

/// A resource of the file, with its key in the state.
struct Added<'n> {
    kind: &'static Kind,
    key: String,
    node: &'n Node,
}

impl Reader<'_> {
    fn file(&mut self, root: &Node) {
        if !matches!(root.value, openapi_tree::Value::Mapping(_)) {
            return self.report("section", root, "the file has no sections", SECTIONS_HELP);
        }
        for entry in root.entries() {
            match entry.key.as_str() {
                VERSION if entry.node.to_json() != 1 => {
                    let message = "the version is not 1";
                    self.report("version", &entry.node, message, "use a newer sandbox");
                }
                VERSION => {}
                NUMBERS => self.state.numbers.clear(),
                GROUPS => self.state.groups.clear(),
                section => match kind(section) {
                    Some(kind) => {
                        self.state.resources.clear(kind.section);
                        if kind.section == USERS {
                            self.state.groups.clear();
                        }
                    }
                    None => {
                        let known = KINDS.iter().map(|kind| kind.section);
                        let known = known.chain([NUMBERS, GROUPS]);
                        self.unknown("section", entry, known, SECTIONS_HELP);
                    }
                },
            }
        }
        let mut added = Vec::new();
        for entry in root.entries() {
            if let Some(kind) = kind(&entry.key) {
                for node in self.items(&entry.node) {
                    added.extend(self.add(kind, node));
                }
            }
        }
        for added in &added {
            self.connect(added);
        }
        self.check_default_users(root);
        for kind in root.entries().iter().filter_map(|entry| kind(&entry.key)) {
            let known: HashSet<String> = {
                let all = self.state.resources.all(kind.section);
                all.map(|(key, _)| key.to_owned()).collect()
            };
            self.state.forget(kind.section, |key| !known.contains(key));
        }
        for entry in root.entries() {
            match entry.key.as_str() {
                NUMBERS => self.numbers(&entry.node),
                GROUPS => {
                    for node in self.items(&entry.node) {
                        self.group(node);
                    }
                }
                _ => {}
            }
        }
        let leases = self.state.resources.all(LEASES);
        let leased = leases.filter_map(|(_, lease)| lease.get("tn")?.as_i64());
        self.state.numbers.extend(leased);
    }

    /// Checks that the users who are not in the file still have a domain.
    fn check_default_users(&mut self, root: &Node) {
        let (Some(domains), None) = (root.get(DOMAINS), root.get(USERS)) else {
            return;
        };
        let mut users = self.state.resources.all(USERS);
        let homeless = users.find_map(|(_, user)| {
            let domain = text(user, "sip_domain");
            let is_missing = self.state.resources.get(DOMAINS, domain).is_none();
            is_missing.then(|| domain.to_owned())
        });
        drop(users);
        if let Some(domain) = homeless {
            let message = format!("the SIP users belong to the domain {domain}, which is missing");
            let help = "add this domain, or a section `users` with other users";
            self.report("reference", domains, message, help);
        }
    }

    fn items<'n>(&mut self, list: &'n Node) -> &'n [Node] {
        if !matches!(list.value, openapi_tree::Value::Sequence(_)) {
            let help = "write one entry for each resource, each after a hyphen";
            self.report("type", list, "the section is not a list", help);
        }
        list.items()
    }

    /// Adds a resource with the properties of the file.
    fn add<'n>(&mut self, kind: &'static Kind, node: &'n Node) -> Option<Added<'n>> {
        if !matches!(node.value, openapi_tree::Value::Mapping(_)) {
            let message = format!("the {} is not an object", kind.noun);
            self.report("type", node, message, "write its properties with colons");
            return None;
        }
        let is_derived = |name: &str| {
            let mut derived = BACK_REFERENCES.iter();
            derived.any(|(section, property, ..)| *section == kind.section && *property == name)
        };
        let before = self.findings.len();
        // Users who were given by a program can have any properties, and the sandbox keeps them.
        let is_open = self.is_state && kind.section == USERS;
        for entry in node.entries().iter().filter(|_| !is_open) {
            if is_derived(&entry.key) || !is_known(&self.state.shapes, kind, &entry.key) {
                let shapes = self.state.shapes.clone();
                let names = shapes.properties(kind.schema).into_iter().flatten();
                let names = names.map(|(name, _)| name.as_str());
                let names = names.filter(|name| !is_derived(name));
                let help = format!(
                    "the properties are those of the schema {} of the spec",
                    kind.schema
                );
                self.unknown(
                    "property",
                    entry,
                    names.chain(kind.hidden.iter().copied()),
                    &help,
                );
            }
        }
        let mut object = node.to_json().as_object().cloned().unwrap_or_default();
        for name in [Some(kind.key), kind.unique].into_iter().flatten() {
            if name != "uuid" && !object.contains_key(name) {
                let message = format!("the {} has no `{name}`", kind.noun);
                self.report("required", node, message, "add the property");
            }
        }
        if kind.section == LEASES {
            object
                .entry("expired_on")
                .or_insert(expiry(Utc::now()).into());
        }
        if let Some(token) = object.get("token")
            && let Err(reason) = check_token(token.as_str().unwrap_or_default())
        {
            let at = node.get("token").unwrap_or(node);
            self.report("token", at, reason, "leave it out for the default token");
        }
        if self.findings.len() > before {
            return None;
        }
        match self.state.add(kind, object) {
            Ok(key) => Some(Added { kind, key, node }),
            Err(error) => {
                self.report("duplicate", node, error.message(), "remove one of them");
                None
            }
        }
    }

    /// Replaces names of other resources by their keys, and checks the resource against the spec.
    fn connect(&mut self, added: &Added<'_>) {
        let Some(object) = self.state.resources.get(added.kind.section, &added.key) else {
            return;
        };
        let mut object = object.clone();
        for entry in added.node.entries() {
            let (Some(kind), Some(typed)) = (referred_kind(&entry.key), entry.node.as_str()) else {
                continue;
            };
            match self.key(kind, typed) {
                Some(key) => {
                    object.insert(entry.key.clone(), key.into());
                }
                None => {
                    let message = format!("there is no {} `{typed}`", kind.noun);
                    let help = format!("add it to the section `{}`", kind.section);
                    self.report("reference", &entry.node, message, help);
                }
            }
        }
        if let Some(parent) = added.kind.parent
            && added.node.get(parent).is_none()
            && let Some(kind) = referred_kind(parent)
            && self.key(kind, text(&object, parent)).is_none()
        {
            let message = format!("there is no {} `{}`", kind.noun, text(&object, parent));
            let help = format!("set `{parent}`, or add the {} to the file", kind.noun);
            self.report("reference", added.node, message, help);
        }
        let section = added.kind.section;
        self.state
            .resources
            .insert(section, added.key.clone(), object);
        self.check(added);
    }

    fn check(&mut self, added: &Added<'_>) {
        let shown = self.state.show(added.kind, &added.key);
        let schema = self.state.shapes.0.schema(added.kind.schema);
        let error = schema
            .map_err(|error| (Pointer::root(), error))
            .and_then(|schema| schema.find_error(&shown));
        if let Err((pointer, message)) = error {
            let segments: Vec<String> = pointer.segments().collect();
            let name = segments.first().map(String::as_str).unwrap_or_default();
            let at = added.node.get(name).unwrap_or(added.node);
            let help = format!("see the schema {} of the spec", added.kind.schema);
            self.report("schema", at, format!("`{name}`: {message}"), help);
        }
    }

    /// Returns the key of the resource with a key, name, login or e-mail address.
    fn key(&self, kind: &Kind, typed: &str) -> Option<String> {
        let typed_value = Value::from(typed);
        let mut all = self.state.resources.all(kind.section);
        let found = all.find(|(key, object)| {
            let mut names = ["name", "login", "email"].iter();
            *key == typed || names.any(|name| object.get(*name) == Some(&typed_value))
        });
        found.map(|(key, _)| key.to_owned())
    }

    /// Reads numbers, and ranges such as `12025550160-12025550199`.
    fn numbers(&mut self, list: &Node) {
        for node in self.items(list) {
            let value = node.to_json();
            let (first, last) = match value.as_str().and_then(|text| text.split_once('-')) {
                Some((first, last)) => (first.parse().ok(), last.parse().ok()),
                None => (value.as_i64(), value.as_i64()),
            };
            match (first, last) {
                (Some(first), Some(last)) if is_range(first, last) => {
                    self.state.numbers.extend(first..=last);
                }
                _ => {
                    let help = "write 12025550160, or a range: 12025550160-12025550199";
                    self.report("number", node, "this is not a telephone number", help);
                }
            }
        }
    }

    fn group(&mut self, node: &Node) {
        for entry in node.entries() {
            if !GROUP.contains(&entry.key.as_str()) {
                let help = "a group has `name`, `owner` and `users`";
                self.unknown("property", entry, GROUP.into_iter(), help);
            }
        }
        let Some(name) = node.str_at("name") else {
            return self.report("required", node, "the group has no `name`", "add a name");
        };
        let length = name.chars().count();
        if !(3..=80).contains(&length) {
            let at = node.get("name").unwrap_or(node);
            let help = "the spec allows 3 to 80 characters";
            self.report(
                "schema",
                at,
                format!("the name has {length} characters"),
                help,
            );
        }
        let owner = match node.get("owner") {
            Some(owner) => self.user(owner),
            None => {
                let help = "add the login of a user";
                return self.report("required", node, "the group has no `owner`", help);
            }
        };
        let users = node.items_at("users").iter();
        let users: IndexSet<Uuid> = users.filter_map(|user| self.user(user)).collect();
        let time = |name: &str| node.str_at(name)?.parse::<DateTime<Utc>>().ok();
        let uuid = match node.get("uuid") {
            None => Some(Uuid::new_v4()),
            Some(uuid) => Uuid::try_parse(uuid.as_str().unwrap_or_default()).ok(),
        };
        let Some(uuid) = uuid else {
            return self.report("schema", node, "`uuid` is not a UUID", "leave it out");
        };
        let created_on = time("created_on").unwrap_or_else(Utc::now);
        if let Some(owner) = owner {
            self.state.groups.insert(Group {
                uuid,
                name: name.to_owned(),
                owner,
                users,
                created_on,
                modified_on: time("modified_on").unwrap_or(created_on),
            });
        }
    }

    /// Returns the SIP user with a login, an e-mail address or a UUID.
    fn user(&mut self, node: &Node) -> Option<Uuid> {
        let typed = node.as_str().unwrap_or_default();
        let key = self.key(kind(USERS)?, typed);
        if key.is_none() {
            let help = "write the login of a user of the section `users`";
            self.report(
                "reference",
                node,
                format!("there is no SIP user `{typed}`"),
                help,
            );
        }
        Uuid::try_parse(&key?).ok()
    }

    fn unknown<'k>(
        &mut self,
        what: &str,
        entry: &Entry,
        known: impl Iterator<Item = &'k str>,
        help: &str,
    ) {
        let near = known
            .map(|name| (strsim::jaro_winkler(name, &entry.key), name))
            .filter(|(similarity, _)| *similarity > 0.8)
            .max_by(|(first, _), (second, _)| first.total_cmp(second));
        let help = match near {
            Some((_, name)) => format!("did you mean `{name}`?"),
            None => help.to_owned(),
        };
        let message = format!("unknown {what} `{}`", entry.key);
        let finding = Finding::new("unknown-key", &entry.key_span, message, help);
        self.findings.push(finding);
    }

    fn report(
        &mut self,
        rule: &'static str,
        node: &Node,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Finding::new(rule, &node.span, message, help);
        self.findings.push(finding);
    }
}

/// Returns `true` if these are the first and the last number of a range that fits into memory.
fn is_range(first: i64, last: i64) -> bool {
    let length = last.checked_sub(first);
    0 < first && length.is_some_and(|length| (0..100_000).contains(&length))
}

const SECTIONS_HELP: &str = "the README of opentact-sandbox lists the sections";
