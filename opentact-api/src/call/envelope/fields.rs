//! The parameters that the service refused, in the envelope of an error response.

use crate::call::decode::scanner::Scanner;
use crate::error::cause::RefusedField;
use crate::error::text::ForeignText;

/// The most fields that are read.
const FIELDS: usize = 32;

/// Returns the fields of an object: their paths, and their messages if there are any. A field is an
/// object with a message, or the message itself. Values are not read: they may be secrets. Everything
/// of another shape is ignored.
pub(super) fn read(json: &[u8]) -> Vec<RefusedField> {
    let mut fields = Vec::new();
    let _ = entries(json, |path, field| {
        let path = serde_json::from_slice::<String>(path).ok();
        if let Some(path) = path.filter(|_| fields.len() < FIELDS) {
            fields.push(RefusedField {
                path: ForeignText::page(path.as_bytes(), true),
                message: message(field).map(|message| ForeignText::message(&message)),
            });
        }
    });
    fields
}

fn message(field: &[u8]) -> Option<String> {
    let mut message = serde_json::from_slice(field).ok();
    let _ = entries(field, |name, value| {
        if name == b"\"message\"" && message.is_none() {
            message = serde_json::from_slice(value).ok();
        }
    });
    message
}

/// Takes the entries of an object, as far as it is one. Names have their quotes and escapes.
fn entries(json: &[u8], mut take: impl FnMut(&[u8], &[u8])) -> Option<()> {
    let mut scanner = Scanner::new(json);
    scanner.consume(b'{').ok()?;
    let mut is_first = true;
    while scanner.next_item(b'}', is_first).ok()? {
        is_first = false;
        let (name, value) = (scanner.name().ok()?, scanner.value().ok()?);
        take(name, value);
    }
    Some(())
}
