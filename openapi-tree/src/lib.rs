//! Reads OpenAPI files into one tree in which every node knows its place.
//!
//! [`load()`] takes the text of one file or several and returns a [`Document`]: a tree of [`Node`]s
//! with a [`Span`] for every key and value, in which references between the files became
//! references within the document. [`validate()`] reports violations of OpenAPI 3.0 and references
//! that do not resolve, each as a [`Finding`]. [`Operation`] gives access to the operations of a
//! tree, and [`JsonSchemas`] translates its schemas to JSON Schema.
//!
//! The library is pure. It reads no files, prints nothing, and knows no programming language.
//!
//! To read the source code, start with `node`, `pointer` and `source`. `load` calls `parse` for each
//! file and then `merge`. `validate` has the rules.
//!
//! ```
//! use openapi_tree::{Operation, Source, load};
//!
//! let yaml = "openapi: 3.0.3
//! paths:
//!   /groups:
//!     get: {responses: {}}
//! ";
//! let document = load(Source::new("api.yaml", yaml))?;
//! let operation = Operation::all(&document.root).next().unwrap();
//! assert_eq!(operation.title(), "GET /groups");
//!
//! let place = document.sources.location(operation.method.key_span.start).unwrap();
//! assert_eq!(place.to_string(), "api.yaml:4:5");
//! # Ok::<_, openapi_tree::Findings>(())
//! ```

mod document;
mod finding;
mod findings;
mod json_schema;
mod keywords;
mod lenient;
mod load;
mod merge;
mod node;
mod operation;
mod parse;
mod pointer;
mod reference;
mod sameness;
mod security;
mod source;
mod style;
mod text;
mod validate;
mod walk;

pub use document::Document;
pub use finding::Finding;
pub use findings::{Findings, Severity};
pub use json_schema::{JsonSchemas, SchemaValidator, ValueError};
pub use keywords::{Holds, SUBSCHEMA_KEYWORDS, is_extension, is_method};
pub use lenient::{File, Loaded, ReadFile, load_lenient};
pub use load::load;
pub use node::{Entry, Mapping, Node, Value};
pub use operation::Operation;
pub use pointer::Pointer;
pub use reference::{reference, resolve, target};
pub use security::{required_schemes, security_schemes};
pub use source::{LineColumn, Location, Source, Sources, Span};
pub use style::Style;
pub use text::Text;
pub use validate::{RULES, load_valid, validate};
pub use walk::{change_schemas, subschemas, walk, walk_schemas};
