//! Keywords beside the assertions: texts, extensions, deprecation, defaults.

use std::collections::BTreeSet;

use openapi_tree::is_extension;

use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::context::Context;

const TEXTS: [&str; 4] = ["title", "description", "example", "externalDocs"];

/// Compares the keywords of two schemas that assert nothing.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let (base, head) = (&schemas.base, &schemas.head);
    let keywords: BTreeSet<&str> = base.keywords().chain(head.keywords()).collect();
    for keyword in keywords {
        let id = match keyword {
            "default" => ChangeId::DefaultChanged,
            "xml" => ChangeId::XmlChanged,
            text if TEXTS.contains(&text) || is_extension(text) => ChangeId::AnnotationChanged,
            _ => continue,
        };
        if schemas.differs(keyword) {
            let (old, new) = schemas.values(keyword);
            let changed = schemas.difference(id, keyword);
            context.record(schemas.vertex, changed.named(keyword).values(old, new));
        }
    }
    let deprecation = match (base.flag("deprecated"), head.flag("deprecated")) {
        (false, true) => Some(ChangeId::Deprecated),
        (true, false) => Some(ChangeId::NoLongerDeprecated),
        _ => None,
    };
    if let Some(id) = deprecation {
        let changed = schemas.difference(id, "deprecated");
        context.record(schemas.vertex, changed);
    }
    if base.has_ineffective_nullable != head.has_ineffective_nullable {
        let changed = schemas.difference(ChangeId::NullableIneffective, "nullable");
        let old = base.has_ineffective_nullable.then_some(true);
        let new = head.has_ineffective_nullable.then_some(true);
        context.record(schemas.vertex, changed.values(old, new));
    }
}
