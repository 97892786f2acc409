//! Names of schemas in sentences.

use std::fmt;

use openapi_tree::reference;

use crate::element::Element;

/// The name of a schema in a sentence: `` `SIPUser.login` ``, `` `name` in the request body ``.
#[derive(Clone, Debug)]
pub(crate) struct SchemaPath {
    /// The element that the path starts from. Empty if the path starts with a component.
    origin: String,
    path: String,
}

impl SchemaPath {
    /// Returns the path of the schema of a parameter, header or body.
    pub(crate) fn of(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            path: String::new(),
        }
    }

    /// Returns the path of the component that both schemas refer to, or else this path.
    pub(crate) fn at(self, base: &Element<'_>, head: &Element<'_>) -> Self {
        let component = |schema: &Element<'_>| {
            let target = reference(schema.node)?;
            target
                .strip_prefix("#/components/schemas/")
                .map(str::to_owned)
        };
        match component(head) {
            Some(path) if component(base).as_ref() == Some(&path) => Self {
                origin: String::new(),
                path,
            },
            _ => self,
        }
    }

    /// Returns the path of a property.
    pub(crate) fn property(&self, name: &str) -> Self {
        self.inside(match self.path.is_empty() {
            true => name.to_owned(),
            false => format!("{}.{name}", self.path),
        })
    }

    /// Returns the path of the items.
    pub(crate) fn item(&self) -> Self {
        self.inside(format!("{}[]", self.path))
    }

    fn inside(&self, path: String) -> Self {
        let origin = self.origin.clone();
        Self { origin, path }
    }

    /// Returns the path of the additional properties.
    pub(crate) fn additional(&self) -> Self {
        self.property("*")
    }
}

impl fmt::Display for SchemaPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.path.as_str(), self.origin.as_str()) {
            ("", origin) => f.write_str(origin),
            (path, "") => write!(f, "`{path}`"),
            (path, origin) => write!(f, "`{path}` in {origin}"),
        }
    }
}
