//! Reading a file with a state. Every mistake is reported with its place.

use std::collections::HashSet;

use chrono::Utc;
use openapi_tree::{Document, Finding, Findings, Node, Pointer, Source, Sources, load};

use super::reader::Reader;
use super::{GROUPS, NUMBERS, VERSION};
use crate::numbers::expiry;
use crate::resources::table::{
    ACCOUNT_USERS, ACCOUNTS, BACK_REFERENCES, DOMAINS, KINDS, Kind, LEASES, USERS, kind,
    referred_kind,
};
use crate::resources::{is_known, text};
use crate::state::{State, check_token};

/// Fills a state from the text of a file. A section of the file replaces that of the state.
pub(crate) fn read(state: &mut State, name: &str, text: &str) -> Result<(), Findings> {
    let document = load_file(name, text)?;
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
        self.check_accounts(root);
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

    /// Checks that the file leaves an account with a user.
    fn check_accounts(&mut self, root: &Node) {
        for list in [ACCOUNTS, ACCOUNT_USERS].map(|section| root.get(section)) {
            let Some(list) = list.filter(|list| list.items().is_empty()) else {
                continue;
            };
            // Anything but a list is reported already.
            if matches!(list.value, openapi_tree::Value::Sequence(_)) {
                let help = "add an entry, or leave out the section: somebody must sign in";
                self.report("required", list, "the section is empty", help);
            }
        }
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
            // Users can have other properties with such a name.
            if is_known(&self.state.shapes, added.kind, &entry.key) {
                let help = format!("add it to the section `{}`", kind.section);
                if let Some(key) = self.key(kind, &entry.node, typed, &help) {
                    object.insert(entry.key.to_string(), key.into());
                }
            }
        }
        if let Some(parent) = added.kind.parent
            && added.node.get(parent).is_none()
            && let Some(kind) = referred_kind(parent)
            && self
                .state
                .resources
                .get(kind.section, text(&object, parent))
                .is_none()
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
}

const SECTIONS_HELP: &str = "the README of opentact-sandbox lists the sections";

/// Loads the text. The loader helps authors of specs, and this replaces the help that is only for them.
fn load_file(name: &str, text: &str) -> Result<Document, Findings> {
    load(Source::new(name, text)).map_err(|findings| {
        let findings = findings.iter().cloned().map(with_help);
        Findings::new(Sources::new([Source::new(name, text)]), findings.collect())
    })
}

fn with_help(mut finding: Finding) -> Finding {
    let (message, help) = match finding.message.as_str() {
        message @ "the file is empty" => (
            message,
            "write a section, such as `numbers: [12025550160]`, or leave the file out",
        ),
        message if message.starts_with("an alias") => (
            "an alias, which this file cannot have",
            "write the value again in place of the alias",
        ),
        message if message.starts_with("nested") => (message, "no resource is nested this deeply"),
        _ => return finding,
    };
    (finding.message, finding.help) = (message.to_owned(), help.to_owned());
    finding
}
