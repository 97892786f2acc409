//! The public API of the generated code, and the changes of it by
//! [Cargo's rules for SemVer](https://doc.rust-lang.org/cargo/reference/semver.html).
//!
//! The API is read from the syntax trees before they are rendered: the modules `types` and `builder`,
//! the methods of `Client` and `ClientBuilder`, and the header of the token that `Client::builder`
//! takes. Documentation, bodies of functions, serde's attributes and private items are no part of it.
//! Only the items that the generator writes are read: modules, structs, enums, functions and
//! implementations.

mod change;
mod data;
mod implementation;
mod item;
mod reader;
mod scope;
mod signature;
mod text;

use std::collections::BTreeSet;

use syn::File;

pub use self::change::{RustChange, RustChangeKind};
use self::item::{Item, Items, Key, Kind, Space};

/// The public API of the code that a spec yields.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PublicApi {
    items: Items,
}

impl PublicApi {
    /// Reads the public API of generated files, each with its name. `main_header` is the header of the
    /// token that `Client::builder` takes.
    pub fn new(files: &[(&str, File)], main_header: Option<String>) -> Self {
        let mut items = reader::read(files);
        if let Some(header) = main_header {
            let key = Key::new(Space::Function, "Client::builder");
            let declaration = format!("fn builder, with the token for `{header}`");
            items.insert(
                key.clone(),
                Item::new(key.path, declaration, Kind::TokenOf(header)),
            );
        }
        Self { items }
    }

    /// Returns the changes from this API to `head`: breaking changes first, then by path.
    ///
    /// A new, removed or entirely different item is one change, without the items in it.
    ///
    /// ```
    /// use opentact_gen::public_api::PublicApi;
    ///
    /// let base = syn::parse_str("#[non_exhaustive] pub struct User { pub name: String }")?;
    /// let head = syn::parse_str("#[non_exhaustive] pub struct User { pub name: Option<String> }")?;
    /// let base = PublicApi::new(&[("types.rs", base)], None);
    /// let head = PublicApi::new(&[("types.rs", head)], None);
    /// let changes = base.changes(&head);
    /// assert_eq!(changes[0].item, "types::User::name");
    /// assert_eq!(changes[0].message, "Option<String>, was String");
    /// assert!(changes[0].breaking);
    /// # Ok::<_, syn::Error>(())
    /// ```
    pub fn changes(&self, head: &Self) -> Vec<RustChange> {
        let mut changes: Vec<(&str, RustChange)> = Vec::new();
        let mut whole = BTreeSet::new();
        let keys: BTreeSet<&Key> = self.items.keys().chain(head.items.keys()).collect();
        for key in keys {
            let (was, is) = (self.items.get(key), head.items.get(key));
            let Some(item) = is.or(was) else { continue };
            if item.paths.iter().any(|path| is_within(path, &whole)) {
                continue;
            }
            let comparison = match (was, is) {
                (Some(was), Some(is)) => was.compare(is),
                (Some(was), None) => was.removed(),
                (None, _) => item.added(self.parent(key)),
            };
            if comparison.is_whole && key.space != Space::Function {
                whole.insert(key.path.as_str());
            }
            let order = item.paths.first().unwrap_or(&item.name);
            changes.extend(
                comparison
                    .changes(&item.name)
                    .map(|change| (order.as_str(), change)),
            );
        }
        changes.sort_by(|(a_order, a), (b_order, b)| {
            let by_path = (a_order, &a.item, a.kind, &a.message);
            let by_path = by_path.cmp(&(b_order, &b.item, b.kind, &b.message));
            b.breaking.cmp(&a.breaking).then(by_path)
        });
        changes.into_iter().map(|(_, change)| change).collect()
    }

    /// Returns the type that a field or variant is in.
    fn parent(&self, key: &Key) -> Option<&Item> {
        let (parent, _) = key
            .path
            .rsplit_once("::")
            .filter(|_| key.space == Space::Member)?;
        let keys = [Space::Type, Space::Member].map(|space| Key::new(space, parent));
        keys.iter().find_map(|key| self.items.get(key))
    }
}

/// Returns `true` if a path or a path that contains it is in the set.
fn is_within(path: &str, whole: &BTreeSet<&str>) -> bool {
    let ends = path.match_indices("::").map(|(end, _)| end);
    ends.chain([path.len()])
        .any(|end| whole.contains(&path[..end]))
}
