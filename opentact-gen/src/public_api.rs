//! What users of the generated code notice of a change, by
//! [Cargo's rules for SemVer](https://doc.rust-lang.org/cargo/reference/semver.html).
//!
//! Both sides are read from their syntax trees into a [`Face`]: all that users can name, and
//! what they can do with it. Documentation, bodies of functions, how serde reads and writes, and
//! whatever is private are no part of it.

mod attributes;
mod changes;
mod data;
mod face;
mod implementation;
mod names;
mod scheme;
mod scopes;
mod signature;
mod text;

use std::collections::BTreeSet;

use self::changes::Changes;
use self::face::{Entry, Face, Key, Kind};
use self::text::{Text, contrast};
/// The kind of a change of the public API.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RustChangeKind {
    /// The item is new.
    Added,
    /// The item is gone.
    Removed,
    /// The item differs.
    Changed,
}

/// A difference between the public APIs of the code that two specs yield.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct RustChange {
    /// The kind of the change.
    pub kind: RustChangeKind,
    /// The path of the item in the crate, such as `types::SipUser::state`.
    pub item: String,
    /// `true` if a program that compiled against the former code may not compile against the new
    /// code, by Cargo's rules for SemVer, or sends another token than before.
    pub breaking: bool,
    /// The new and the former value, such as `Option<String>, was String`.
    pub message: String,
}

/// The differences between the public faces of the code that two specs yield: what may stop a
/// program from compiling first, then by path.
///
/// The texts are those of two [`Generated::single_file`](crate::Generated::single_file). Of them, users see the modules
/// `types` and `builder`, the methods of `Client` and `ClientBuilder`, and which token
/// `Client::builder` takes. What is in an item that is new, gone or
/// another altogether is not told apart from it.
///
/// # Errors
/// Where a text is not Rust.
///
/// ```
/// use opentact_gen::public_api::rust_changes;
///
/// let base = "pub mod types { #[derive(Clone, Default)] pub struct User { pub name: String } }";
/// let head = "pub mod types { #[derive(Clone)] pub struct User { pub name: Option<String> } }";
/// let changes = rust_changes(base, head)?;
/// assert_eq!(changes[0].item, "impl Default for types::User");
/// assert_eq!(changes[1].item, "types::User::name");
/// assert_eq!(changes[1].message, "Option<String>, was String");
/// assert!(changes.iter().all(|change| change.breaking));
/// # Ok::<_, syn::Error>(())
/// ```
pub fn rust_changes(base: &str, head: &str) -> Result<Vec<RustChange>, syn::Error> {
    let (base, head) = (syn::parse_file(base)?, syn::parse_file(head)?);
    let mut changes = Changes::default();
    scheme::compare(&base, &head, &mut changes);
    let (base, head) = (Face::of(&base), Face::of(&head));
    let whole = compare_items(&base, &head, &mut changes);
    compare_implementations(&base, &head, &whole, &mut changes);
    Ok(changes.sorted())
}

/// Compares items, and returns the paths of those that are new, gone or another altogether.
fn compare_items(base: &Face, head: &Face, changes: &mut Changes) -> BTreeSet<String> {
    let mut whole = BTreeSet::new();
    // In order of their paths, an item stands before what is in it.
    let keys: BTreeSet<&Key> = base.items.keys().chain(head.items.keys()).collect();
    for key in keys {
        if is_within(&key.path, &whole) {
            continue;
        }
        let item = key.path.as_str();
        let is_whole = match (base.items.get(key), head.items.get(key)) {
            (Some(base), Some(head)) => compare_item(base, head, item, changes),
            (Some(base), None) => {
                changes.removed(item, &declaration(base, item));
                true
            }
            (None, Some(head)) => {
                changes.added(item, false, declaration(head, item));
                true
            }
            (None, None) => false,
        };
        if is_whole && !key.is_value {
            whole.insert(key.path.clone());
        }
    }
    whole
}

/// Whether an item or what it is in is one of these.
fn is_within(path: &str, whole: &BTreeSet<String>) -> bool {
    let ends = path.match_indices("::").map(|(end, _)| end);
    ends.chain([path.len()])
        .any(|end| whole.contains(&path[..end]))
}

/// Compares two items of the same path, and returns whether one is of another kind.
fn compare_item(base: &Entry, head: &Entry, item: &str, changes: &mut Changes) -> bool {
    match (&base.kind, &head.kind) {
        (Kind::Module, Kind::Module) => {}
        (Kind::Struct(was), Kind::Struct(is)) => was.compare(is, item, changes),
        (Kind::Enum(was), Kind::Enum(is)) => was.compare(is, item, changes),
        (Kind::Function(was), Kind::Function(is)) => was.compare(is, name(item), item, changes),
        (Kind::Alias(was_generics, was), Kind::Alias(is_generics, is)) => {
            was_generics.compare(is_generics, item, changes);
            compare_text(was, is, item, changes);
        }
        (Kind::Value(was_kind, was), Kind::Value(is_kind, is)) if was_kind == is_kind => {
            compare_text(was, is, item, changes);
        }
        (Kind::Export(was), Kind::Export(is)) => compare_text(was, is, item, changes),
        (Kind::Other(was_kind, was), Kind::Other(is_kind, is)) if was_kind == is_kind => {
            compare_text(was, is, item, changes);
        }
        _ => {
            let message = format!(
                "{}, was {}",
                declaration(head, item),
                declaration(base, item)
            );
            changes.breaking(item, message);
            return true;
        }
    }
    base.attributes.compare(&head.attributes, item, changes);
    false
}

fn compare_text(was: &Text, is: &Text, item: &str, changes: &mut Changes) {
    if was != is {
        changes.breaking(item, contrast(was, is));
    }
}

fn compare_implementations(
    base: &Face,
    head: &Face,
    whole: &BTreeSet<String>,
    changes: &mut Changes,
) {
    let all = base.implementations.iter().chain(&head.implementations);
    let keys: BTreeSet<_> = all
        .filter(|(_, found)| !found.mentions.iter().any(|path| is_within(path, whole)))
        .map(|(key, _)| key)
        .collect();
    for key in keys {
        let (owner, _) = key;
        let mut found = Changes::default();
        match (base.implementations.get(key), head.implementations.get(key)) {
            (Some(base), Some(head)) => base.compare(head, &mut found),
            (Some(base), None) => found.removed(&base.item, &base.declaration()),
            (None, Some(head)) => found.added(&head.item, false, head.declaration()),
            (None, None) => {}
        }
        changes.extend_of(owner, found);
    }
}

fn name(item: &str) -> &str {
    item.rsplit("::").next().unwrap_or(item)
}

/// How an item is declared, without what is in it.
fn declaration(entry: &Entry, item: &str) -> String {
    let name = name(item);
    match &entry.kind {
        Kind::Module => format!("mod {name}"),
        Kind::Struct(item) => item.declaration(name),
        Kind::Enum(item) => item.declaration(name),
        Kind::Function(function) => function.declaration(name).short,
        Kind::Alias(generics, ty) => format!("type {name}{} = {}", generics.list().short, ty.short),
        Kind::Value(keyword, ty) => format!("{keyword} {name}: {}", ty.short),
        Kind::Export(path) => format!("use {}", path.short),
        Kind::Other(keyword, _) => format!("{keyword} {name}"),
    }
}
