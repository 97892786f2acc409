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

use self::change::Difference;
pub use self::change::{RustChange, RustChangeKind};
use self::item::{Item, Items, Key, Space};
use self::text::short;

/// The public API of the code that a spec yields.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PublicApi {
    main_header: Option<String>,
    items: Items,
}

impl PublicApi {
    /// Reads the public API of generated files, each with its name. `main_header` is the header of the
    /// token that `Client::builder` takes.
    pub fn new<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a File)>,
        main_header: Option<String>,
    ) -> Self {
        let files: Vec<_> = files.into_iter().collect();
        Self {
            main_header,
            items: reader::read(&files),
        }
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
    /// let base = PublicApi::new([("types.rs", &base)], None);
    /// let head = PublicApi::new([("types.rs", &head)], None);
    /// let changes = base.changes(&head);
    /// assert_eq!(changes[0].item, "types::User::name");
    /// assert_eq!(changes[0].message, "Option<String>, was String");
    /// assert!(changes[0].breaking);
    /// # Ok::<_, syn::Error>(())
    /// ```
    pub fn changes(&self, head: &Self) -> Vec<RustChange> {
        let mut changes: Vec<(&str, RustChange)> = Vec::new();
        if let (Some(was), Some(is)) = (&self.main_header, &head.main_header)
            && was != is
        {
            let message = format!("takes the token for the header `{is}`, was the one for `{was}`");
            let change =
                Difference::breaking(message).of("Client::builder", RustChangeKind::Changed);
            changes.push(("Client::builder", change));
        }
        let keys: BTreeSet<&Key> = self.items.keys().chain(head.items.keys()).collect();
        let mut whole = BTreeSet::new();
        for key in keys {
            let (was, is) = (self.items.get(key), head.items.get(key));
            let Some(item) = is.or(was) else { continue };
            if item.paths.iter().any(|path| is_within(path, &whole)) {
                continue;
            }
            let (kind, differences, is_whole) = match (was, is) {
                (Some(was), Some(is)) => {
                    let (differences, is_whole) = was.compare(is);
                    (RustChangeKind::Changed, differences, is_whole)
                }
                (Some(was), None) => {
                    let message = format!("was {}", short(&was.declaration));
                    let removed = vec![Difference::breaking(message)];
                    (RustChangeKind::Removed, removed, true)
                }
                _ => {
                    let added = Difference {
                        breaking: self.is_broken_by(key, item),
                        message: short(&item.declaration),
                    };
                    (RustChangeKind::Added, vec![added], true)
                }
            };
            if is_whole && key.space != Space::Function {
                whole.insert(key.path.as_str());
            }
            let order = item.paths.first().unwrap_or(&item.name);
            let found = differences.into_iter();
            changes.extend(found.map(|found| (order.as_str(), found.of(&item.name, kind))));
        }
        changes.sort_by(|(a_order, a), (b_order, b)| {
            let by_path = (a_order, &a.item, a.kind, &a.message);
            let by_path = by_path.cmp(&(b_order, &b.item, b.kind, &b.message));
            b.breaking.cmp(&a.breaking).then(by_path)
        });
        changes.into_iter().map(|(_, change)| change).collect()
    }

    /// Returns `true` if a new item breaks programs that construct, match or cast the type that it is in.
    fn is_broken_by(&self, key: &Key, item: &Item) -> bool {
        key.space == Space::Member
            && key.path.rsplit_once("::").is_some_and(|(parent, _)| {
                let spaces = [Space::Type, Space::Member];
                let mut parents = spaces.iter().filter_map(|space| {
                    self.items.get(&Key {
                        space: *space,
                        path: parent.to_owned(),
                    })
                });
                parents.any(|parent| parent.is_broken_by(item))
            })
    }
}

/// Returns `true` if a path or a path that contains it is in the set.
fn is_within(path: &str, whole: &BTreeSet<&str>) -> bool {
    let ends = path.match_indices("::").map(|(end, _)| end);
    ends.chain([path.len()])
        .any(|end| whole.contains(&path[..end]))
}
