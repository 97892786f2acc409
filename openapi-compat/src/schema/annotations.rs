//! Keywords beside the assertions: texts, extensions, deprecation, defaults.

use std::collections::BTreeSet;

use openapi_tree::is_extension;

use super::schema_pair::SchemaPair;
use crate::change_id::{ChangeId, flag_change};
use crate::context::Context;

const TEXTS: [&str; 4] = ["$comment", "title", "description", "externalDocs"];

/// Compares the keywords of two schemas that assert nothing.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    compare_if(context, schemas, &|_| true);
}

/// Compares the keywords that the schema around another one has itself. Without them, those of the
/// other one apply.
pub(super) fn compare_around<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let around = match schemas.base.is_composed() {
        true => &schemas.base,
        false => &schemas.head,
    };
    compare_if(context, schemas, &|keyword| {
        around.keyword(keyword).is_some()
    });
}

fn compare_if<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    is_compared: &dyn Fn(&str) -> bool,
) {
    let (base, head) = (&schemas.base, &schemas.head);
    let keywords: BTreeSet<&str> = base.keywords().chain(head.keywords()).collect();
    for keyword in keywords.into_iter().filter(|keyword| is_compared(keyword)) {
        let id = match keyword {
            "default" => ChangeId::DefaultChanged,
            "examples" => ChangeId::ExamplesChanged,
            "xml" => ChangeId::XmlChanged,
            text if TEXTS.contains(&text) || is_extension(text) => ChangeId::AnnotationChanged,
            _ => continue,
        };
        let follows_type = matches!(keyword, "default" | "example" | "examples" | "xml");
        if schemas.differs(keyword) && !(follows_type && schemas.changes_type()) {
            schemas.changed(context, id, keyword);
        }
    }
    let (was, is) = (base.flag("deprecated"), head.flag("deprecated"));
    let ids = (ChangeId::Deprecated, ChangeId::NoLongerDeprecated);
    if let Some(id) = flag_change(was, is, ids).filter(|_| is_compared("deprecated")) {
        schemas.record(context, schemas.difference(id, "deprecated"));
    }
}
