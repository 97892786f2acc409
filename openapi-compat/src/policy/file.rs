//! The file of ignores.

use openapi_tree::{Finding, Findings, Node, Pointer, Source, Span, Value, load};

use super::ignore::{Ignore, Ignores};
use crate::named::UnknownName;
use crate::nearest::suggestion;

/// The rule in the errors of a file of ignores.
const RULE: &str = "ignore-file";
const LIST: &str = "ignore";
const KEYS: [&str; 5] = ["id", "operation", "pointer", "reason", "until"];

impl Ignores {
    /// Reads a file of accepted changes, in YAML or JSON:
    ///
    /// ```yaml
    /// ignore:
    ///   - id: property-removed # or `operation`, or `pointer`, or several of them
    ///     operation: GET /users # or `*` for all operations
    ///     pointer: /components/schemas/*/properties/fax
    ///     reason: No client reads it.
    ///     until: 2027-01-31 # optional: the last day
    /// ```
    ///
    /// # Errors
    /// Returns all mistakes of the file, each with its place.
    pub fn parse(source: Source) -> Result<Self, Findings> {
        let document = load(source)?;
        let mut reader = Reader::default();
        let entries = reader.file(&document.root);
        match reader.findings.is_empty() {
            true => Ok(Self {
                sources: document.sources,
                entries,
            }),
            false => Err(Findings::new(document.sources, reader.findings)),
        }
    }
}

#[derive(Default)]
struct Reader {
    findings: Vec<Finding>,
}

impl Reader {
    fn error(&mut self, span: &Span, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding::new(RULE, span, message, help));
    }

    fn file(&mut self, root: &Node) -> Vec<Ignore> {
        self.keys(root, &[LIST]);
        let Some(list) = root.get(LIST) else {
            self.error(
                &root.span,
                "there is no list `ignore`",
                "write `ignore: []` if no change is accepted",
            );
            return Vec::new();
        };
        if !matches!(list.value, Value::Sequence(_)) {
            self.error(
                &list.span,
                "`ignore` is no list",
                "start each entry with `- `",
            );
        }
        let entries = list.items().iter();
        entries.map(|entry| self.entry(entry)).collect()
    }

    fn entry(&mut self, node: &Node) -> Ignore {
        self.keys(node, &KEYS);
        let selects = |key: &&str| node.get(key).is_some();
        if !["id", "operation", "pointer"].iter().any(selects) {
            self.error(
                &node.span,
                "the entry selects no change",
                "add `id`, `operation` or `pointer`",
            );
        }
        if node.get("reason").is_none() {
            self.error(
                &node.span,
                "the entry has no `reason`",
                "write why the change is accepted",
            );
        }
        let reason = self.read(node, "reason", "a text that is not empty", |text| {
            (!text.trim().is_empty())
                .then(|| text.to_owned())
                .ok_or_else(String::new)
        });
        Ignore {
            span: node.span.clone(),
            id: self.read(node, "id", "the id of a type of change", |text| {
                text.parse().map_err(|error: UnknownName| error.to_string())
            }),
            operation: self.read(node, "operation", "such as `GET /users`, or `*`", |text| {
                let is_operation = text == "*" || text.split(' ').count() > 1;
                is_operation
                    .then(|| text.to_owned())
                    .ok_or_else(|| format!("`{text}` is no operation"))
            }),
            pointer: self.read(
                node,
                "pointer",
                "a JSON pointer such as `/paths/~1users`",
                |text| Pointer::parse(text).ok_or_else(|| format!("`{text}` is no JSON pointer")),
            ),
            reason: reason.unwrap_or_default(),
            until: self.read(node, "until", "a date such as `2027-01-31`", |text| {
                text.parse().map_err(|_| format!("`{text}` is no date"))
            }),
        }
    }

    /// Reports the keys that are not known, or that the node has none.
    fn keys(&mut self, node: &Node, known: &[&str]) {
        if !matches!(node.value, Value::Mapping(_)) {
            let help = format!("the keys are {}", known.join(", "));
            self.error(&node.span, "there must be keys with values", help);
        }
        for entry in node.entries() {
            if !known.contains(&&*entry.key) {
                let suggestion = suggestion(&entry.key, known.iter().copied());
                self.error(
                    &entry.key_span,
                    format!("unknown key `{}`{suggestion}", entry.key),
                    format!("the keys are {}", known.join(", ")),
                );
            }
        }
    }

    /// Returns the value of a key. Reports a value that cannot be read.
    fn read<T>(
        &mut self,
        node: &Node,
        key: &str,
        expected: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = node.get(key)?;
        let result = match value.as_str() {
            Some(text) => read(text),
            None => Err("the value is no text".to_owned()),
        };
        match result {
            Ok(value) => Some(value),
            Err(message) if message.is_empty() => {
                self.error(
                    &value.span,
                    format!("`{key}` is empty"),
                    format!("expected {expected}"),
                );
                None
            }
            Err(message) => {
                self.error(
                    &value.span,
                    message,
                    format!("expected for `{key}`: {expected}"),
                );
                None
            }
        }
    }
}
