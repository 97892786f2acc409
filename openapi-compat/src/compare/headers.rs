//! Headers of a response, or of a part of a message.

use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};
use crate::graph::ElementKind;
use crate::revision::ElementTree;

/// The ids for `required` of a header.
const REQUIRED: FlagIds = (
    ChangeId::HeaderBecameRequired,
    ChangeId::HeaderBecameOptional,
);

/// Compares the headers of two elements. `compare_header` compares two headers of the same name.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    subject: &Compared<'a>,
    compare_header: fn(&mut Context<'a>, &Compared<'a>, FlagIds),
) {
    // Names of headers are case-insensitive. The media types describe `Content-Type`, so that
    // OpenAPI ignores a header of this name.
    let named = |document: &ElementTree<'a>, element: &Element<'a>| {
        let headers = element.named("headers").into_iter();
        let headers =
            headers.map(|(name, header)| (name.to_lowercase(), (name, document.resolve(header))));
        headers.filter(|(name, _)| name != "content-type").collect()
    };
    let pair = &subject.pair;
    let (base, head) = (
        named(&context.base, &pair.base),
        named(&context.head, &pair.head),
    );
    let matched = Matched::new(base, head);
    for (_, (name, header)) in matched.removed {
        let removed = Difference::removed(ChangeId::HeaderRemoved, &header, &pair.head);
        context.record(subject, removed.named(name));
    }
    for (_, (name, header)) in matched.added {
        let id = match header.flag("required") {
            true => ChangeId::RequiredHeaderAdded,
            false => ChangeId::HeaderAdded,
        };
        let added = Difference::added(id, &pair.base, &header);
        context.record(subject, added.named(name));
    }
    for (_, (older, base), (newer, head)) in matched.both {
        if older != newer {
            let renamed = Difference::changed(ChangeId::HeaderRenamed, &base, &head).named(newer);
            context.record(subject, renamed.values(Some(older), Some(newer)));
        }
        let (pair, title) = (Pair { base, head }, format!("the header `{newer}`"));
        if let Some(header) = context.enter(subject, ElementKind::Header, pair, title) {
            compare_header(context, &header, REQUIRED);
        }
    }
}
