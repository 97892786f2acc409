//! The encoding of the properties of a form or of a message with several parts.

use std::collections::{BTreeSet, HashSet};

use openapi_tree::{Pointer, is_extension};
use serde_json::json;

use super::annotations::annotations;
use super::headers;
use super::serialization::{self, ValueKind};
use crate::change_id::{ChangeId, FlagIds};
use crate::compatibility::{Compatibility, Impact};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::media_type::MediaType;
use crate::revision::ElementTree;
use crate::schema::schema_path::SchemaPath;

const KEYWORD: &str = "encoding";
const CONTENT_TYPE: &str = "contentType";

/// A property whose encoding is compared, in one revision.
struct Encoded<'a> {
    /// The encoding. `None` if it has the defaults.
    encoding: Option<Element<'a>>,
    schema: Option<Element<'a>>,
}

/// Compares the encodings of two media types with their defaults.
///
/// Other media types than forms and `multipart` have no encoding (OpenAPI, Media Type Object).
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    subject: &Compared<'a>,
    [base, head]: [&MediaType; 2],
) {
    let applies = |media_type: &MediaType| media_type.is_form() || media_type.is_multipart();
    if !(applies(base) && applies(head)) {
        ineffective(context, subject, head);
        return;
    }
    let pair = subject.pair.clone();
    let encodings = [&pair.base, &pair.head].map(|element| element.named(KEYWORD));
    let names = encodings.iter().flatten().map(|(name, _)| *name);
    let names: BTreeSet<&str> = names.filter(|name| !is_extension(name)).collect();
    for name in names {
        let older = Encoded::new(&context.base, &pair.base, name);
        let newer = Encoded::new(&context.head, &pair.head, name);
        if older.schema.is_some() != newer.schema.is_some() {
            continue; // the property itself was added or removed
        }
        let title = format!("the encoding of `{name}` in {}", subject.title);
        // The place of an encoding that only one revision has is its media type.
        let place = |encoded: &Encoded<'a>, media_type: &Element<'a>| {
            let own = encoded.encoding.clone();
            own.unwrap_or_else(|| media_type.clone())
        };
        let places = Pair::new(place(&older, &pair.base), place(&newer, &pair.head));
        let encoded = Compared::new(subject.vertex, places, title);
        content_type(context, &encoded, &older, &newer);
        // In OpenAPI 3.0, `multipart` ignores the serialization.
        let ignores = context.base.is_openapi_3_0() || context.head.is_openapi_3_0();
        let is_serialized = head.is_form() || !ignores;
        if is_serialized {
            let kinds = (older.kind(&context.base), newer.kind(&context.head));
            let elements = (older.encoding.as_ref(), newer.encoding.as_ref());
            serialization::of_property(context, &encoded, elements, kinds);
        }
        if head.is_multipart() {
            headers::compare(context, &encoded, part_header);
        }
        if older.encoding.is_some() && newer.encoding.is_some() {
            annotations(context, &encoded, &[]);
        }
    }
}

/// Returns `true` if an encoding says the media type of a property, in either revision.
pub(super) fn has_types(media_types: &Pair<'_>) -> bool {
    let encodings = [&media_types.base, &media_types.head].map(|element| element.named(KEYWORD));
    let mut encodings = encodings.iter().flatten();
    encodings.any(|(_, encoding)| encoding.has(CONTENT_TYPE))
}

/// Returns `true` if an encoding allows XML for a property, in either revision.
pub(super) fn can_be_xml(media_types: &Pair<'_>) -> bool {
    let encodings = [&media_types.base, &media_types.head].map(|element| element.named(KEYWORD));
    let types = encodings.iter().flatten();
    let mut types = types.filter_map(|(_, encoding)| encoding.str_at(CONTENT_TYPE));
    types.any(|list| MediaType::list(list).iter().any(MediaType::can_be_xml))
}

/// Compares the encodings of a media type for which they have no effect.
fn ineffective(context: &mut Context<'_>, subject: &Compared<'_>, media_type: &MediaType) {
    let pair = &subject.pair;
    if pair.differs(KEYWORD) {
        let values = |element: &Element<'_>| {
            let mut values = json!({ "mediaType": media_type.name() });
            if let Some(encoding) = element.get(KEYWORD) {
                values[KEYWORD] = encoding.node.to_json();
            }
            values
        };
        let changed = Difference::of_keyword(ChangeId::KeywordIneffective, pair, KEYWORD);
        let (old, new) = (values(&pair.base), values(&pair.head));
        context.record(subject, changed.named(KEYWORD).values(Some(old), Some(new)));
    }
}

impl<'a> Encoded<'a> {
    fn new(document: &ElementTree<'a>, media_type: &Element<'a>, name: &str) -> Self {
        let schema = media_type.get("schema");
        let property = schema.and_then(|schema| property(document, &schema, name));
        let encoding = media_type.get(KEYWORD);
        Self {
            encoding: encoding.and_then(|encodings| encodings.get(name)),
            schema: property.map(|property| document.resolve(property)),
        }
    }

    fn kind(&self, document: &ElementTree<'a>) -> ValueKind {
        ValueKind::of(document, self.schema.as_ref())
    }

    /// Returns the media types of the property: those that are listed, or the default.
    fn content_type(&self, document: &ElementTree<'a>) -> Option<&'a str> {
        let own = self.encoding.as_ref();
        let own = own.and_then(|encoding| encoding.str_at(CONTENT_TYPE));
        own.or_else(|| default_content_type(document, self.schema.clone()?))
    }
}

/// Returns a property of a schema, or of a part of it.
fn property<'a>(
    document: &ElementTree<'a>,
    schema: &Element<'a>,
    name: &str,
) -> Option<Element<'a>> {
    let mut known: HashSet<Pointer> = HashSet::new();
    let mut parts = vec![schema.clone()];
    while let Some(part) = parts.pop() {
        let part = document.resolve(part);
        let property = part.get("properties").and_then(|map| map.get(name));
        if property.is_some() {
            return property;
        }
        if known.insert(part.pointer.clone()) {
            parts.extend(part.items("allOf"));
        }
    }
    None
}

/// Compares two headers of a part.
fn part_header<'a>(context: &mut Context<'a>, header: &Compared<'a>, required: FlagIds) {
    annotations(context, header, &["description"]);
    context.flag(header, required, "required");
    if let Some(schema) = header.pair.get("schema") {
        context.schema(header.vertex, schema, SchemaPath::of(&header.title), None);
    }
}

/// Returns the media type that OpenAPI chooses for a property of a schema, if its type is known.
fn default_content_type<'a>(
    document: &ElementTree<'a>,
    schema: Element<'a>,
) -> Option<&'static str> {
    let mut schema = schema;
    // The type of an array is that of its items, which can be arrays.
    for _ in 0..8 {
        match ValueKind::of(document, Some(&schema)) {
            ValueKind::Array => schema = document.resolve(schema.get("items")?),
            ValueKind::Object => return Some("application/json"),
            ValueKind::Primitive if schema.str_at("format") == Some("binary") => {
                return Some("application/octet-stream");
            }
            ValueKind::Primitive => return Some("text/plain"),
            ValueKind::Unknown => return None,
        }
    }
    None
}

/// Compares the media types of a property.
fn content_type<'a>(
    context: &mut Context<'a>,
    encoded: &Compared<'a>,
    older: &Encoded<'a>,
    newer: &Encoded<'a>,
) {
    let (old, new) = (
        older.content_type(&context.base),
        newer.content_type(&context.head),
    );
    let impact = |wide: Option<&str>, narrow: Option<&str>| {
        let list = |text: Option<&str>| text.map(MediaType::list).unwrap_or_default();
        let (wide, narrow) = (list(wide), list(narrow));
        let is_covered = |narrow: &MediaType| wide.iter().any(|wide| wide.covers(narrow));
        match wide.is_empty() == narrow.is_empty() && narrow.iter().all(is_covered) {
            true => Impact::Additive,
            false => Impact::Breaking,
        }
    };
    let compatibility = Compatibility::of_values(impact(new, old), impact(old, new));
    if compatibility != Compatibility::DOCUMENTATION {
        let changed =
            Difference::of_keyword(ChangeId::EncodingChanged, &encoded.pair, CONTENT_TYPE);
        let changed = changed.with(compatibility).named(CONTENT_TYPE);
        context.record(encoded, changed.values(old, new));
    }
}
