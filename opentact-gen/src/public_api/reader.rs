//! The reader of generated code.

use std::collections::{BTreeSet, HashMap, HashSet};

use syn::{Attribute, Field, Fields, File, ImplItem, ItemEnum, ItemImpl, ItemStruct, Path};
use syn::{Ident, Visibility};

use super::data::Data;
use super::features::{Features, of_item};
use super::implementation::{Header, Implementation, derives};
use super::item::{Item, Items, Kind};
use super::macros;
use super::scope::{Scope, declare};
use super::signature::Function;

/// Reads the public items of generated files, each with its name.
pub(super) fn read(files: &[(String, File)]) -> Items {
    let modules = files.iter().filter_map(|(name, file)| match &**name {
        "mod.rs" | "service.rs" => None,
        "client_builder.rs" => Some(("", file)),
        page => Some((page.strip_suffix(".rs")?, file)),
    });
    let mut declared = HashSet::new();
    for (module, file) in modules.clone() {
        declare(module, &file.items, &mut declared);
    }
    let conditions = conditions(files);
    let mut reader = Reader::default();
    for (module, file) in modules {
        reader.features = conditions.get(module).cloned().unwrap_or_default();
        if !module.is_empty() {
            let declaration = format!("mod {module}");
            reader.insert(module.to_owned(), declaration, Kind::Module);
        }
        reader.items(&file.items, &Scope::new(&declared, module.to_owned()));
    }
    reader.items
}

/// Returns the features that enable each module.
fn conditions(files: &[(String, File)]) -> HashMap<String, Features> {
    let roots = files.iter().filter(|(name, _)| name == "mod.rs");
    let modules = roots.flat_map(|(_, file)| &file.items);
    let conditions = modules.filter_map(|item| match item {
        syn::Item::Mod(module) => Some((module.ident.to_string(), of_item(&module.attrs)?)),
        _ => None,
    });
    conditions.collect()
}

#[derive(Default)]
struct Reader {
    items: Items,
    /// The features that enable the module that is read.
    features: Features,
}

impl Reader {
    fn items(&mut self, items: &[syn::Item], scope: &Scope<'_>) {
        for item in items {
            match item {
                syn::Item::Mod(item) if is_public(&item.vis) => {
                    let declaration = format!("mod {}", item.ident);
                    self.insert(scope.path(&item.ident), declaration, Kind::Module);
                    if let Some((_, items)) = &item.content {
                        // The builders of types are enabled with them.
                        let features = std::mem::take(&mut self.features);
                        self.items(items, &scope.module(&item.ident));
                        self.features = features;
                    }
                }
                syn::Item::Struct(item) if is_public(&item.vis) => self.data(item, scope),
                syn::Item::Enum(item) if is_public(&item.vis) => self.variants(item, scope),
                syn::Item::Fn(item) if is_public(&item.vis) => {
                    let function = Function::new(&item.sig, scope);
                    self.function(scope.path(&item.sig.ident), function);
                }
                syn::Item::Impl(item) => self.implementation(item, scope),
                syn::Item::Macro(item) => self.items(&macros::items(item), scope),
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
            features: Features::new(),
        };
        self.items.insert(key, item);
    }

    /// Inserts an item that is enabled by features of its own, or else by those of its module.
    fn insert_enabled(
        &mut self,
        path: String,
        declaration: String,
        kind: Kind,
        attributes: &[Attribute],
    ) {
        let key = (kind.space(), path.clone());
        self.insert(path, declaration, kind);
        if let Some(item) = self.items.get_mut(&key) {
            item.features = self.features.clone();
            if !self.features.is_empty()
                && let Some(own) = of_item(attributes)
            {
                item.features = own;
            }
        }
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
        self.insert_enabled(path, declaration, Kind::Type(data), &item.attrs);
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
        self.insert_enabled(path, declaration, Kind::Type(data), &item.attrs);
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
        let (is_client, attributes) = (path == "Client", &item.attrs);
        for item in &item.items {
            if let ImplItem::Fn(item) = item
                && is_public(&item.vis)
            {
                let function = Function::new(&item.sig, &scope);
                let path = format!("{path}::{}", item.sig.ident);
                match is_client {
                    true => {
                        let (declaration, kind) =
                            (function.declaration(), Kind::Function(function));
                        self.insert_enabled(path, declaration, kind, attributes);
                    }
                    false => self.function(path, function),
                }
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
                features: Features::new(),
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
