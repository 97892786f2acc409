//! The public API of the generated code, and the changes of it by
//! [Cargo's rules for SemVer](https://doc.rust-lang.org/cargo/reference/semver.html).
//!
//! The API is read from the syntax trees before they are rendered: the modules of the pages, the methods
//! of `Client` and `ClientBuilder`, and the features that enable them. Documentation, bodies of functions,
//! serde's attributes and private items are no part of it. Only the items that the generator writes are
//! read: modules, structs, enums, functions, implementations, and the macros of enumerations and objects.

mod change;
mod data;
mod features;
mod implementation;
mod item;
mod macros;
mod reader;
mod scope;
mod signature;
mod text;

use std::collections::BTreeSet;

use syn::File;

pub use self::change::{RustChange, RustChangeKind};
use self::item::{Item, Items, Key, Space};

/// The public API of the code that a spec yields.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PublicApi {
    items: Items,
}

impl PublicApi {
    /// Reads the public API of generated files, each with its name.
    pub fn new(files: &[(String, File)]) -> Self {
        let items = reader::read(files);
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
    /// let base = PublicApi::new(&[("users.rs".to_owned(), base)]);
    /// let head = PublicApi::new(&[("users.rs".to_owned(), head)]);
    /// let changes = base.changes(&head);
    /// assert_eq!(changes[0].item, "users::User::name");
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
            let differences = match (was, is) {
                (Some(was), Some(is)) => was.differences(is),
                (Some(was), None) => vec![was.removed()],
                (None, _) => vec![item.added(self.parent(key))],
            };
            let (space, path) = key;
            let order = item.paths.first().unwrap_or(&item.name);
            for difference in differences {
                if difference.is_whole && *space != Space::Function {
                    whole.insert(path.as_str());
                }
                let change = RustChange {
                    kind: difference.kind,
                    item: item.name.clone(),
                    breaking: difference.breaking,
                    message: difference.message,
                };
                changes.push((order, change));
            }
        }
        changes.sort_by(|(a_order, a), (b_order, b)| {
            let by_path = (a_order, &a.item, a.kind, &a.message);
            let by_path = by_path.cmp(&(b_order, &b.item, b.kind, &b.message));
            b.breaking.cmp(&a.breaking).then(by_path)
        });
        changes.into_iter().map(|(_, change)| change).collect()
    }

    /// Returns the type that a field or variant is in.
    fn parent(&self, (space, path): &Key) -> Option<&Item> {
        let (parent, _) = path.rsplit_once("::").filter(|_| *space == Space::Member)?;
        let keys = [Space::Type, Space::Member].map(|space| (space, parent.to_owned()));
        keys.iter().find_map(|key| self.items.get(key))
    }
}

/// Returns `true` if a path or a path that contains it is in the set.
fn is_within(path: &str, whole: &BTreeSet<&str>) -> bool {
    let ends = path.match_indices("::").map(|(end, _)| end);
    let mut ends = ends.chain([path.len()]);
    ends.any(|end| whole.contains(&path[..end]))
}
