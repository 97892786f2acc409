//! The public face of generated code: all that users can name.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{ImplItem, Item, ItemImpl, Type, Visibility};

use super::attributes::Attributes;
use super::data::{Enum, Struct};
use super::implementation::Implementation;
use super::names::Reader;
use super::scopes::{Scopes, child, imports};
use super::signature::{Function, Generics};
use super::text::{Text, spaced};

/// The modules of the generated file that `opentact-api` exports.
const EXPORTED: [&str; 2] = ["builder", "types"];

/// All that users can name.
#[derive(Debug, Default)]
pub(super) struct Face {
    pub(super) items: BTreeMap<Key, Entry>,
    /// By the item to which they belong, and by what tells them apart.
    pub(super) implementations: BTreeMap<(String, Text), Implementation>,
}

/// A path from the root of the crate; a type and a function may have the same.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Key {
    pub(super) path: String,
    pub(super) is_value: bool,
}

/// An item.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) attributes: Attributes,
    pub(super) kind: Kind,
}

/// What an item is.
#[derive(Debug)]
pub(super) enum Kind {
    Module,
    Struct(Struct),
    Enum(Enum),
    Function(Function),
    /// `type`, with its generic parameters and the type for which it stands.
    Alias(Generics, Text),
    /// `const` or `static`, with its type.
    Value(&'static str, Text),
    /// `use`, with what it exports.
    Export(Text),
    /// What generated code does not have today, as it is written.
    Other(&'static str, Text),
}

impl Face {
    pub(super) fn of(file: &syn::File) -> Self {
        let scopes = Scopes::of(file);
        let mut face = Self::default();
        for item in &file.items {
            if let Item::Mod(module) = item
                && EXPORTED.iter().any(|name| module.ident == name)
            {
                face.item(item, &Reader::new(&scopes, &[]));
            }
        }
        face.implementations(&file.items, &[], &scopes);
        face
    }

    /// Whether there is a type of this path, or one that is written by hand.
    fn has_type(&self, path: &str, scopes: &Scopes) -> bool {
        let names: Vec<String> = path.split("::").map(ToOwned::to_owned).collect();
        let key = Key {
            path: path.to_owned(),
            is_value: false,
        };
        self.items.contains_key(&key) || !scopes.declares(&names)
    }

    fn insert(&mut self, path: &[String], is_value: bool, attributes: Attributes, kind: Kind) {
        let key = Key {
            path: path.join("::"),
            is_value,
        };
        self.items.insert(key, Entry { attributes, kind });
    }

    fn item(&mut self, item: &Item, reader: &Reader<'_>) {
        let at = |name: &syn::Ident| child(reader.module, name);
        let (path, attributes, is_value, kind) = match item {
            Item::Mod(item) if is_public(&item.vis) => {
                let path = at(&item.ident);
                for inner in item.content.iter().flat_map(|(_, items)| items) {
                    self.item(inner, &Reader::new(reader.scopes, &path));
                }
                (path, &item.attrs, false, Kind::Module)
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let kind = Kind::Struct(Struct::of(item, reader));
                (at(&item.ident), &item.attrs, false, kind)
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let kind = Kind::Enum(Enum::of(item, reader));
                (at(&item.ident), &item.attrs, false, kind)
            }
            Item::Type(item) if is_public(&item.vis) => {
                let within = reader.with(&item.generics);
                let generics = Generics::of(&item.generics, &within);
                let kind = Kind::Alias(generics, within.ty(&item.ty));
                (at(&item.ident), &item.attrs, false, kind)
            }
            Item::Fn(item) if is_public(&item.vis) => {
                let kind = Kind::Function(Function::of(&item.sig, reader));
                (at(&item.sig.ident), &item.attrs, true, kind)
            }
            Item::Const(item) if is_public(&item.vis) => {
                let kind = Kind::Value("const", reader.ty(&item.ty));
                (at(&item.ident), &item.attrs, true, kind)
            }
            Item::Static(item) if is_public(&item.vis) => {
                let kind = Kind::Value("static", reader.ty(&item.ty));
                (at(&item.ident), &item.attrs, true, kind)
            }
            Item::Trait(item) if is_public(&item.vis) => {
                let kind = Kind::Other("trait", Text::plain(spaced(item.to_token_stream())));
                (at(&item.ident), &item.attrs, false, kind)
            }
            Item::Union(item) if is_public(&item.vis) => {
                let kind = Kind::Other("union", Text::plain(spaced(item.to_token_stream())));
                (at(&item.ident), &item.attrs, false, kind)
            }
            Item::Use(item) if is_public(&item.vis) => {
                for (name, import) in imports(item) {
                    let kind = Kind::Export(reader.import(&import));
                    let attributes = Attributes::of(&item.attrs);
                    self.insert(&child(reader.module, &name), false, attributes, kind);
                }
                return;
            }
            _ => return,
        };
        self.insert(&path, is_value, Attributes::of(attributes), kind);
    }

    /// What types do, wherever that is written.
    fn implementations(&mut self, items: &[Item], module: &[String], scopes: &Scopes) {
        let reader = Reader::new(scopes, module);
        for item in items {
            match item {
                Item::Impl(item) if item.trait_.is_none() => self.members(item, &reader),
                Item::Impl(item) => self.implement(Implementation::written(item, &reader), scopes),
                Item::Struct(item) => {
                    for derived in Implementation::derived(&item.ident, &item.attrs, &reader) {
                        self.implement(Some(derived), scopes);
                    }
                }
                Item::Enum(item) => {
                    for derived in Implementation::derived(&item.ident, &item.attrs, &reader) {
                        self.implement(Some(derived), scopes);
                    }
                }
                Item::Mod(inner) => {
                    let path = child(module, &inner.ident);
                    if let Some((_, items)) = &inner.content {
                        self.implementations(items, &path, scopes);
                    }
                }
                _ => {}
            }
        }
    }

    fn implement(&mut self, implementation: Option<Implementation>, scopes: &Scopes) {
        let Some(implementation) = implementation else {
            return;
        };
        if !implementation
            .mentions
            .iter()
            .all(|path| self.has_type(path, scopes))
        {
            return;
        }
        let key = (implementation.owner.clone(), implementation.header.clone());
        match self.implementations.get_mut(&key) {
            Some(same) => same.or(implementation),
            None => drop(self.implementations.insert(key, implementation)),
        }
    }

    /// The public functions and constants of an inherent `impl`.
    fn members(&mut self, item: &ItemImpl, reader: &Reader<'_>) {
        let reader = reader.with(&item.generics);
        let Type::Path(ty) = reader.exact(&item.self_ty) else {
            return;
        };
        let names = ty
            .path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        let owner: Vec<String> = names.skip(1).collect();
        if owner.is_empty() || !self.has_type(&owner.join("::"), reader.scopes) {
            return;
        }
        for member in &item.items {
            let (name, attributes, kind) = match member {
                ImplItem::Fn(member) if is_public(&member.vis) => {
                    let kind = Kind::Function(Function::of(&member.sig, &reader));
                    (&member.sig.ident, &member.attrs, kind)
                }
                ImplItem::Const(member) if is_public(&member.vis) => (
                    &member.ident,
                    &member.attrs,
                    Kind::Value("const", reader.ty(&member.ty)),
                ),
                _ => continue,
            };
            self.insert(&child(&owner, name), true, Attributes::of(attributes), kind);
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
