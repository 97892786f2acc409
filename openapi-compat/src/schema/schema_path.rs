//! Paths of schemas in sentences.

use std::fmt;

use openapi_tree::{Pointer, reference};

use crate::element::Element;

/// The path of a schema, such as `` `SIPUser.login` ``, `` `name` in the request body ``.
#[derive(Clone, Debug)]
pub(crate) struct SchemaPath {
    /// The element that the path starts from, such as `the request body`.
    origin: String,
    /// The component that the path starts from, instead of the origin.
    component: Option<String>,
    path: String,
    /// The name of the alternative that has no other name.
    alternative: Option<String>,
}

impl SchemaPath {
    /// Returns the path of the schema of a parameter, header or body.
    pub(crate) fn of(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            component: None,
            path: String::new(),
            alternative: None,
        }
    }

    /// Returns the path of a component.
    pub(crate) fn of_component(name: String) -> Self {
        Self {
            component: Some(name),
            ..Self::of("")
        }
    }

    /// Returns the path of the component that both schemas refer to or are a part of, or else this
    /// path.
    pub(crate) fn at(self, base: &Element<'_>, head: &Element<'_>) -> Self {
        let target = |schema: &Element<'_>| match reference(schema.node) {
            Some(target) => Pointer::of_reference(target),
            None => Some(schema.pointer.clone()),
        };
        match (target(base), target(head)) {
            (Some(base), Some(head)) => self.within(&base, &head),
            _ => self,
        }
    }

    /// Returns the path from the component that has both places, or else this path. The component
    /// can be another one than that of the path, which has the places by `allOf`.
    pub(crate) fn within(&self, base: &Pointer, head: &Pointer) -> Self {
        match (component_of(base), component_of(head)) {
            (Some((older, _)), Some((component, inside)))
                if older == component
                    && (inside.is_empty() || self.component.as_ref() != Some(&component)) =>
            {
                Self {
                    path: path_of(&inside),
                    ..Self::of_component(component)
                }
            }
            _ => self.clone(),
        }
    }

    /// Returns the element that the path starts from, unless it starts from a component.
    pub(crate) fn origin(&self) -> Option<&str> {
        self.component.is_none().then_some(&self.origin)
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

    /// Returns the path of a part that is no property: an item at a position, or a condition.
    pub(super) fn part(&self, name: &str) -> Self {
        self.inside(format!("{}[{name}]", self.path))
    }

    /// Returns the path of the additional properties.
    pub(crate) fn additional(&self) -> Self {
        self.property("*")
    }

    /// Returns the path of an alternative, if it has a name.
    pub(crate) fn alternative(&self, name: Option<String>) -> Self {
        Self {
            alternative: name.or_else(|| self.alternative.clone()),
            ..self.clone()
        }
    }

    fn inside(&self, path: String) -> Self {
        Self {
            path,
            ..self.clone()
        }
    }
}

/// Returns the component that has a place, and the way from it to the place.
fn component_of(pointer: &Pointer) -> Option<(String, Vec<String>)> {
    if !pointer.as_str().starts_with("/components/schemas/") {
        return None;
    }
    let mut segments = pointer.segments().skip(2);
    Some((segments.next()?, segments.collect()))
}

/// Returns the path of a place below a schema. Keywords that apply to the schema itself, such as
/// `allOf`, are no part of it.
fn path_of(segments: &[String]) -> String {
    let mut path = String::new();
    let mut segments = segments.iter();
    while let Some(segment) = segments.next() {
        let property = match segment.as_str() {
            "properties" => segments.next().map(String::as_str),
            "additionalProperties" => Some("*"),
            "items" => {
                path.push_str("[]");
                None
            }
            _ => None,
        };
        if let Some(property) = property {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(property);
        }
    }
    path
}

impl fmt::Display for SchemaPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = match self.path.is_empty() || self.path.starts_with("[]") {
            true => "",
            false => ".",
        };
        match (&self.component, self.path.as_str()) {
            (Some(component), path) => write!(f, "`{component}{separator}{path}`")?,
            (None, "") => f.write_str(&self.origin)?,
            (None, "[]") => write!(f, "the items of {}", self.origin)?,
            (None, path) => write!(f, "`{path}` in {}", self.origin)?,
        }
        match &self.alternative {
            Some(name) => write!(f, " (alternative `{name}`)"),
            None => Ok(()),
        }
    }
}
