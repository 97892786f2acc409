//! How people call a schema.

use std::fmt;

use crate::revision::At;

/// The name of a schema in a sentence: `` `SIPUser.login` ``, `` `name` in the request body ``.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// What it is a part of, where that is not a component.
    context: String,
    path: String,
}

impl Label {
    /// The label of the schema of a parameter, header or body.
    pub(crate) fn of(context: &str) -> Self {
        Self {
            context: context.to_owned(),
            path: String::new(),
        }
    }

    /// The label of what both sides refer to, where that is a component.
    pub(crate) fn at(self, base: &At<'_>, head: &At<'_>) -> Self {
        const SCHEMAS: &str = "#/components/schemas/";
        let component = |at: &At<'_>| {
            let target = openapi_tree::reference(at.node)?;
            target.strip_prefix(SCHEMAS).map(str::to_owned)
        };
        match component(head) {
            Some(path) if component(base).as_ref() == Some(&path) => Self {
                context: String::new(),
                path,
            },
            _ => self,
        }
    }

    pub(crate) fn property(&self, name: &str) -> Self {
        let path = match self.path.is_empty() {
            true => name.to_owned(),
            false => format!("{}.{name}", self.path),
        };
        Self {
            path,
            ..self.clone()
        }
    }

    pub(crate) fn item(&self) -> Self {
        let path = format!("{}[]", self.path);
        Self {
            path,
            ..self.clone()
        }
    }

    pub(crate) fn entry(&self) -> Self {
        self.property("*")
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.path.as_str(), self.context.as_str()) {
            ("", context) => f.write_str(context),
            (path, "") => write!(f, "`{path}`"),
            (path, context) => write!(f, "`{path}` in {context}"),
        }
    }
}
