//! The parameters that the service refused, in the envelope of an error response.

use crate::call::decode::scanner::Scanner;
use crate::error::cause::RefusedField;
use crate::error::text::ForeignText;

/// The most fields that are read.
const FIELDS: usize = 32;
/// The number of bytes of paths and messages after which no other field is read. Each is searched for
/// every secret.
const TEXTS: usize = 8 * 1024;

/// Returns the fields of an object: their paths, and their messages if there are any. A field is an
/// object with a message, or the message itself. Values are not read: they may be secrets. Everything
/// of another shape is ignored.
pub(super) fn read(json: &[u8]) -> Vec<RefusedField> {
    let mut fields = Vec::new();
    let mut texts = 0;
    let _ = entries(json, |path, field| {
        if fields.len() == FIELDS || texts >= TEXTS {
            return;
        }
        let Ok(path) = serde_json::from_slice::<String>(path) else {
            return;
        };
        let message = message(field);
        texts += path.len() + message.as_ref().map_or(0, String::len);
        fields.push(RefusedField {
            path: ForeignText::page(path.as_bytes(), true),
            message: message.map(|message| ForeignText::message(&message)),
        });
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an object with many fields, each with a message of this length.
    fn many(length: usize) -> String {
        let message = "x".repeat(length);
        let fields = (10..90).map(|number| format!(r#""f{number}":"{message}""#));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    }

    #[test]
    fn read_ends_after_many_fields_or_much_text() {
        for (length, count) in [(1, 32), (253, 32), (1021, 8), (1 << 20, 1)] {
            assert_eq!(read(many(length).as_bytes()).len(), count, "{length}");
        }
    }
}
