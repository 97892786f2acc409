//! The reader of generated code.

use std::collections::{BTreeSet, HashSet};

use syn::{Attribute, Field, Fields, File, ImplItem, ItemEnum, ItemImpl, ItemStruct, Path};
use syn::{Ident, Visibility};

use super::data::Data;
use super::implementation::{Header, Implementation, derives};
use super::item::{Item, Items, Kind};
use super::scope::{Scope, declare};
use super::signature::Function;

/// Reads the public items of generated files, each with its name, and the item for the token of
/// `Client::builder`.
pub(super) fn read(files: &[(&str, File)], main_header: Option<String>) -> Items {
    let modules = files.iter().filter_map(|(name, file)| match *name {
        "types.rs" => Some(("types", file)),
        "builder.rs" => Some(("builder", file)),
        "client.rs" => Some(("", file)),
        _ => None,
    });
    let mut declared = HashSet::new();
    for (module, file) in modules.clone() {
        declare(module, &file.items, &mut declared);
    }
    let mut reader = Reader::default();
    for (module, file) in modules {
        reader.items(&file.items, &Scope::new(&declared, module.to_owned()));
    }
    if let Some(header) = main_header {
        let declaration = format!("fn builder, with the token for `{header}`");
        let path = "Client::builder".to_owned();
        reader.insert(path, declaration, Kind::TokenOf(header));
    }
    reader.items
}

#[derive(Default)]
struct Reader {
    items: Items,
}

impl Reader {
    fn items(&mut self, items: &[syn::Item], scope: &Scope<'_>) {
        for item in items {
            match item {
                syn::Item::Mod(item) if is_public(&item.vis) => {
                    let declaration = format!("mod {}", item.ident);
                    self.insert(scope.path(&item.ident), declaration, Kind::Module);
                    if let Some((_, items)) = &item.content {
                        self.items(items, &scope.module(&item.ident));
                    }
                }
                syn::Item::Struct(item) if is_public(&item.vis) => self.data(item, scope),
                syn::Item::Enum(item) if is_public(&item.vis) => self.variants(item, scope),
                syn::Item::Fn(item) if is_public(&item.vis) => {
                    let function = Function::new(&item.sig, scope);
                    self.function(scope.path(&item.sig.ident), function);
                }
                syn::Item::Impl(item) => self.implementation(item, scope),
                _ => {}
            }
        }
    }

    fn insert(&mut self, path: String, declaration: String, kind: Kind) {
        let key = (kind.space(), path.clone());
        let item = Item {
            name: path.clone(),
            paths: vec![path],
            declaration,
            kind,
        };
        self.items.insert(key, item);
    }

    fn function(&mut self, path: String, function: Function) {
        let declaration = function.declaration();
        self.insert(path, declaration, Kind::Function(function));
    }

    fn data(&mut self, item: &ItemStruct, scope: &Scope<'_>) {
        let is_open = |field: &Field| is_public(&field.vis);
        let path = scope.path(&item.ident);
        let mut data = self.fields(&item.ident, &path, &item.fields, is_open, scope);
        data.is_number = false;
        data.is_non_exhaustive = is_non_exhaustive(&item.attrs);
        let declaration = format!("struct {}{}", item.ident, scope.text(&item.generics));
        self.insert(path, declaration, Kind::Type(data));
        self.derives(&item.ident, &item.attrs, scope);
    }

    fn variants(&mut self, item: &ItemEnum, scope: &Scope<'_>) {
        let path = scope.path(&item.ident);
        let mut is_number = !item.variants.is_empty();
        for variant in &item.variants {
            let path = format!("{path}::{}", variant.ident);
            let mut data = self.fields(&variant.ident, &path, &variant.fields, |_| true, scope);
            data.is_non_exhaustive = is_non_exhaustive(&variant.attrs);
            data.is_number &= !data.is_non_exhaustive;
            is_number &= data.is_number;
            self.insert(path, data.shape.clone(), Kind::Variant(data));
        }
        let data = Data {
            is_non_exhaustive: is_non_exhaustive(&item.attrs),
            is_number,
            ..Data::default()
        };
        let declaration = format!("enum {}{}", item.ident, scope.text(&item.generics));
        self.insert(path, declaration, Kind::Type(data));
        self.derives(&item.ident, &item.attrs, scope);
    }

    /// Reads the public fields of a struct or variant, and returns its form.
    fn fields(
        &mut self,
        name: &Ident,
        path: &str,
        fields: &Fields,
        is_open: impl Fn(&Field) -> bool,
        scope: &Scope<'_>,
    ) -> Data {
        let mut names = BTreeSet::new();
        let mut shown = Vec::new();
        let fields_by_index = fields.iter().enumerate();
        for (index, field) in fields_by_index.filter(|(_, field)| is_open(field)) {
            let ty = scope.text(&field.ty);
            let (name, text) = match &field.ident {
                Some(name) => (name.to_string(), format!("{name}: {ty}")),
                None => (index.to_string(), ty.clone()),
            };
            let (path, declaration) = (format!("{path}::{name}"), format!("{name}: {ty}"));
            self.insert(path, declaration, Kind::Field(ty));
            shown.push(text);
            names.insert(name);
        }
        let has_private = shown.len() < fields.len();
        if has_private {
            shown.push("..".to_owned());
        }
        let (bracket, shape) = match (fields, shown.join(", ")) {
            (Fields::Named(_), shown) if shown.is_empty() => ("{", format!("{name} {{}}")),
            (Fields::Named(_), shown) => ("{", format!("{name} {{ {shown} }}")),
            (Fields::Unnamed(_), shown) => ("(", format!("{name}({shown})")),
            (Fields::Unit, _) => ("", name.to_string()),
        };
        Data {
            is_non_exhaustive: false,
            has_private,
            is_number: fields.is_empty(),
            bracket,
            names,
            shape,
        }
    }

    fn derives(&mut self, name: &Ident, attributes: &[Attribute], scope: &Scope<'_>) {
        let ty = format!("crate::{}", scope.path(name));
        for (path, condition) in derives(attributes, scope) {
            self.implement(&path, &ty, Implementation::derived(condition), scope);
        }
    }

    /// Reads the implementation of a trait, or the methods of a type.
    fn implementation(&mut self, item: &ItemImpl, scope: &Scope<'_>) {
        let scope = scope.with(&item.generics);
        let ty = scope.text(&item.self_ty);
        if let Some((_, path, _)) = &item.trait_ {
            return self.implement(path, &ty, Implementation::written(item, &scope), &scope);
        }
        let path = ty.strip_prefix("crate::").unwrap_or(&ty);
        let path = path.split('<').next().unwrap_or(path);
        for item in &item.items {
            if let ImplItem::Fn(item) = item
                && is_public(&item.vis)
            {
                let function = Function::new(&item.sig, &scope);
                self.function(format!("{path}::{}", item.sig.ident), function);
            }
        }
    }

    fn implement(&mut self, path: &Path, ty: &str, found: Implementation, scope: &Scope<'_>) {
        if let Some(header) = Header::new(path, ty, scope) {
            let declaration = found.declaration();
            let kind = Kind::Implementation(found);
            let key = (kind.space(), header.text);
            let item = Item {
                name: header.name,
                paths: header.paths,
                declaration,
                kind,
            };
            self.items.insert(key, item);
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_non_exhaustive(attributes: &[Attribute]) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|attribute| attribute.path().is_ident("non_exhaustive"))
}
