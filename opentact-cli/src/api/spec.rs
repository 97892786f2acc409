//! The operations of the spec that the sandbox embeds.

use openapi_tree::{Document, Node, Source, load, required_schemes, resolve};
use opentact_sandbox::OPENAPI;

use super::schema::Schema;

/// The only media type of the spec.
const JSON: &str = "application/json";

/// The spec of the API.
pub(crate) struct Spec {
    document: Document,
}

/// An operation of the spec.
#[derive(Clone, Copy)]
pub(crate) struct Operation<'a> {
    root: &'a Node,
    inner: openapi_tree::Operation<'a>,
}

/// A parameter of an operation.
pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    pub(crate) place: Place,
    pub(crate) is_required: bool,
    pub(crate) description: &'a str,
    pub(crate) schema: Schema<'a>,
    node: &'a Node,
}

/// The place of a parameter in a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
}

/// The paging of a list, from `x-paging`.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Paging<'a> {
    /// `true` if the position is the number of a page, from 1. Otherwise, it is the number of items before
    /// the page.
    pub(crate) by_page: bool,
    /// The query parameter of the position.
    pub(crate) position: &'a str,
    /// The property of the items.
    pub(crate) items: &'a str,
    /// The property of the number of items on all pages.
    pub(crate) total: &'a str,
}

impl Parameter<'_> {
    /// Returns the example of the spec.
    pub(crate) fn example(&self) -> Option<serde_json::Value> {
        self.node.get("example").map(Node::to_json)
    }
}

impl Spec {
    /// Reads the embedded spec.
    pub(crate) fn embedded() -> Result<Self, String> {
        let document = load(Source::new("openapi.json", OPENAPI));
        let document = document.map_err(|findings| findings.summary())?;
        Ok(Self { document })
    }

    /// Returns all operations, in the order of the spec: page by page.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let root = &self.document.root;
        openapi_tree::Operation::all(root).map(move |inner| Operation { root, inner })
    }
}

impl<'a> Operation<'a> {
    /// Returns the name that the SDK and the command line use, such as `list_groups`.
    pub(crate) fn name(&self) -> &'a str {
        self.text("x-rust-name").unwrap_or_else(|| self.id())
    }

    /// Returns the `operationId`.
    pub(crate) fn id(&self) -> &'a str {
        self.text("operationId").unwrap_or_default()
    }

    /// Returns the method in upper case.
    pub(crate) fn method(&self) -> String {
        self.inner.method.key.to_uppercase()
    }

    /// Returns the path template.
    pub(crate) fn path(&self) -> &'a str {
        &self.inner.path.key
    }

    pub(crate) fn page(&self) -> &'a str {
        let tag = self.inner.node().items_at("tags").first();
        tag.and_then(Node::as_str).unwrap_or_default()
    }

    /// Returns the provenance, such as `page+2021`.
    pub(crate) fn source(&self) -> &'a str {
        self.text("x-source").unwrap_or_default()
    }

    pub(crate) fn summary(&self) -> &'a str {
        self.text("summary").unwrap_or_default()
    }

    pub(crate) fn description(&self) -> &'a str {
        self.text("description").unwrap_or_default()
    }

    /// Returns the names of the security schemes that the operation accepts, the preferred one first.
    pub(crate) fn schemes(&self) -> Vec<&'a str> {
        let required = required_schemes(self.inner.security(self.root));
        required.map(|scheme| scheme.key.as_str()).collect()
    }

    /// Returns the parameters: those of the path in the order of the path, and then the others.
    pub(crate) fn parameters(&self) -> Vec<Parameter<'a>> {
        let parameters = self.inner.parameters(self.root).into_iter();
        let mut parameters: Vec<Parameter<'a>> =
            parameters.filter_map(|node| self.parameter(node)).collect();
        let rank = |parameter: &Parameter| {
            let in_path = format!("{{{}}}", parameter.name);
            let position = self.path().find(&in_path);
            position.filter(|_| parameter.place == Place::Path)
        };
        parameters.sort_by_key(|parameter| rank(parameter).unwrap_or(usize::MAX));
        parameters
    }

    /// Returns the schema of the request body.
    pub(crate) fn body(&self) -> Option<Schema<'a>> {
        let body = self.inner.request_body(self.root)?;
        self.content(body)
    }

    /// Returns the schema of the payload of success.
    pub(crate) fn payload(&self) -> Option<Schema<'a>> {
        let mut responses = self.inner.responses(self.root);
        let (_, success) = responses.find(|(status, _)| status.key.starts_with('2'))?;
        self.content(success)?.property("payload")
    }

    /// Returns the first example of the request body.
    pub(crate) fn example(&self) -> Option<serde_json::Value> {
        let body = self.inner.request_body(self.root)?;
        let examples = body.descend(["content", JSON, "examples"])?;
        let example = resolve(self.root, &examples.entries().first()?.node)?;
        Some(example.get("value")?.to_json())
    }

    /// Returns the paging, if the list has pages.
    pub(crate) fn paging(&self) -> Option<Paging<'a>> {
        let paging = self.inner.node().get("x-paging")?;
        Some(Paging {
            by_page: paging.str_at("style") == Some("page"),
            position: paging.str_at("position")?,
            items: paging.str_at("items")?,
            total: paging.str_at("total")?,
        })
    }

    fn parameter(&self, node: &'a Node) -> Option<Parameter<'a>> {
        Some(Parameter {
            name: node.str_at("name")?,
            place: match node.str_at("in")? {
                "path" => Place::Path,
                "query" => Place::Query,
                "header" => Place::Header,
                _ => return None,
            },
            is_required: node.is_true("required"),
            description: node.str_at("description").unwrap_or_default(),
            schema: Schema::new(self.root, node.get("schema")?),
            node,
        })
    }

    fn content(&self, node: &'a Node) -> Option<Schema<'a>> {
        let schema = node.descend(["content", JSON, "schema"])?;
        Some(Schema::new(self.root, schema))
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.inner.node().str_at(key)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::OnceLock;

    use super::*;

    /// Returns the spec, which is read once.
    pub(crate) fn spec() -> &'static Spec {
        static SPEC: OnceLock<Spec> = OnceLock::new();
        SPEC.get_or_init(|| Spec::embedded().unwrap())
    }

    #[test]
    fn operations_have_all_that_the_commands_use() {
        let spec = spec();
        let mut count = 0;
        for operation in spec.operations() {
            count += 1;
            let name = operation.name();
            assert!(
                name.bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
            );
            assert!(!operation.page().is_empty(), "{name}");
            assert!(
                ["page", "2021", "page+2021"].contains(&operation.source()),
                "{name}"
            );
            assert!(operation.payload().is_some(), "{name}");
            let in_path = operation.parameters().into_iter();
            let in_path = in_path.filter(|parameter| parameter.place == Place::Path);
            let in_path: Vec<String> = in_path.map(|it| format!("{{{}}}", it.name)).collect();
            let template = operation.path().split('/');
            let template: Vec<&str> = template.filter(|it| it.starts_with('{')).collect();
            assert_eq!(in_path, template, "{name}");
        }
        assert_eq!(count, opentact_api::OPERATIONS.len());
    }

    #[test]
    fn paging_is_that_of_the_spec() {
        let spec = spec();
        let operation = |name| spec.operations().find(|it| it.name() == name).unwrap();
        assert_eq!(operation("list_groups").paging(), None);
        let expected = Paging {
            by_page: true,
            position: "page",
            items: "data",
            total: "total",
        };
        assert_eq!(
            operation("search_telephone_numbers").paging(),
            Some(expected)
        );
    }
}
