//! The state of the reading, and the findings of it.

use openapi_tree::{Entry, Finding, Node};
use serde_json::Value;

use crate::resources::table::Kind;
use crate::state::State;

/// Fills a state from a file, and collects the mistakes in the file.
pub(super) struct Reader<'a> {
    pub(super) state: &'a mut State,
    /// `true` if the sandbox wrote the file.
    pub(super) is_state: bool,
    pub(super) findings: Vec<Finding>,
}

impl Reader<'_> {
    pub(super) fn items<'n>(&mut self, list: &'n Node) -> &'n [Node] {
        if !matches!(list.value, openapi_tree::Value::Sequence(_)) {
            let help = "write one entry for each resource, each after a hyphen";
            self.report("type", list, "the section is not a list", help);
        }
        list.items()
    }

    /// Returns the key of the resource with a key, name, login or e-mail address. Reports if there is
    /// none or more than one.
    pub(super) fn key(
        &mut self,
        kind: &Kind,
        node: &Node,
        typed: &str,
        help: &str,
    ) -> Option<String> {
        if self.state.resources.get(kind.section, typed).is_some() {
            return Some(typed.to_owned());
        }
        let typed_value = Value::from(typed);
        let mut all = self
            .state
            .resources
            .all(kind.section)
            .filter(|(_, object)| {
                let mut names = ["name", "login", "email"].iter();
                names.any(|name| object.get(*name) == Some(&typed_value))
            });
        let found = (all.next().map(|(key, _)| key.to_owned()), all.next());
        let (message, help) = match found {
            (Some(key), None) => return Some(key),
            (Some(_), Some(_)) => (
                format!("there is more than one {} `{typed}`", kind.noun),
                "give it a `uuid`, and write this UUID here",
            ),
            (None, _) => (format!("there is no {} `{typed}`", kind.noun), help),
        };
        drop(all);
        self.report("reference", node, message, help);
        None
    }

    pub(super) fn unknown<'k>(
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

    pub(super) fn report(
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
