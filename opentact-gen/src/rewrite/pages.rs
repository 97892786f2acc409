//! The files of the pages: each has the methods of the client for the operations of a page, their
//! request builders, the types that the page defines, and the builders of these types.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::{File, Ident, ImplItem, Item, ItemImpl, ItemMod, ItemUse, parse_quote};

use super::conditions::restrict;
use super::imports::Imports;
use super::index::Index;
use super::own_paths::{OwnPaths, Within};
use super::places::{Pages, Places, named, own_type};
use super::service;
use super::syntax::{last_name, take_module};
use crate::ir::Operation;

/// The code of progenitor, with the changes of all other passes.
pub(super) struct Modules {
    /// The methods of `Client`.
    pub(super) client: Vec<Item>,
    /// The request builders.
    pub(super) requests: Vec<Item>,
    /// The types, with their builders in a module.
    pub(super) types: Vec<Item>,
}

/// The code of a page.
#[derive(Default)]
pub(super) struct Page {
    /// The pages that need any of the code.
    pub(super) users: Pages,
    /// This page, if it has operations.
    own: Pages,
    imports: Vec<ItemUse>,
    methods: Vec<ImplItem>,
    requests: Vec<Item>,
    types: Vec<(Pages, Item)>,
    builders: Vec<(Pages, Item)>,
    operations: Vec<Item>,
}

/// Divides the code among pages. A page without code has no entry.
pub(super) fn divide(
    mut modules: Modules,
    places: &Places,
    index: &Index<'_>,
) -> Result<BTreeMap<usize, Page>, String> {
    let mut division = Division {
        pages: BTreeMap::new(),
        places,
        index,
    };
    let builders = take_module(&mut modules.types, "builder").unwrap_or_default();
    // `crate::ConversionError` takes its place.
    let _ = take_module(&mut modules.types, "error");
    modules.types.retain(|item| !matches!(item, Item::Mod(_)));
    division.methods(modules.client);
    division.requests(modules.requests)?;
    division.types(modules.types, Within::Types)?;
    division.types(builders, Within::Builders)?;
    for operation in &index.ir.operations {
        let item = service::operation(operation, index)?;
        division.page_of(operation).operations.push(item);
    }
    Ok(division.pages)
}

struct Division<'a> {
    pages: BTreeMap<usize, Page>,
    places: &'a Places,
    index: &'a Index<'a>,
}

impl Division<'_> {
    /// Returns the page with this position, for code that the pages in `users` need.
    fn page(&mut self, page: usize, users: &Pages) -> &mut Page {
        let page = self.pages.entry(page).or_default();
        page.users.extend(users);
        page
    }

    fn page_of(&mut self, operation: &Operation) -> &mut Page {
        let page = self.index.page(&operation.page);
        let own = Pages::from([page]);
        let page = self.page(page, &own);
        page.own = own;
        page
    }

    /// Divides the methods of `Client` that are operations, and drops the others.
    fn methods(&mut self, items: Vec<Item>) {
        for item in items {
            let Item::Impl(client) = item else { continue };
            let is_client = last_name(&client.self_ty).is_some_and(|name| name == "Client");
            for mut method in client.items {
                let ImplItem::Fn(function) = &mut method else {
                    continue;
                };
                let operation = self.index.operation(&function.sig.ident);
                let Some(operation) = operation.filter(|_| is_client) else {
                    continue;
                };
                let page = self.index.page(&operation.page);
                let mut paths = OwnPaths::new(Within::Client, page, self.places, self.index);
                paths.rewrite_method(function);
                self.page_of(operation).methods.push(method);
            }
        }
    }

    fn requests(&mut self, items: Vec<Item>) -> Result<(), String> {
        let (imports, items) = Imports::take(items);
        for mut item in items {
            let name = match &item {
                Item::Struct(builder) => Some(builder.ident.clone()),
                Item::Impl(implementation) => last_name(&implementation.self_ty).cloned(),
                Item::Macro(item) => first_name(&item.mac.tokens),
                _ => None,
            };
            let operation = name
                .as_ref()
                .and_then(|name| self.index.operation_of_builder(name));
            let unexpected = || {
                format!(
                    "the request builder `{}` belongs to no operation",
                    shown(&name)
                )
            };
            let operation = operation.ok_or_else(unexpected)?;
            let page = self.index.page(&operation.page);
            let paths = OwnPaths::new(Within::Requests, page, self.places, self.index);
            paths.with(&imports).rewrite(&mut item);
            let page = self.page_of(operation);
            page.import(&imports);
            page.requests.push(item);
        }
        Ok(())
    }

    /// Divides types, or their builders. Types that no operation uses are dropped.
    fn types(&mut self, items: Vec<Item>, within: Within) -> Result<(), String> {
        let (imports, items) = Imports::take(items);
        for mut item in items {
            let places: Vec<_> = match &item {
                Item::Struct(item) => self.places.get(&item.ident).into_iter().collect(),
                Item::Enum(item) => self.places.get(&item.ident).into_iter().collect(),
                Item::Macro(item) => {
                    let name = first_name(&item.mac.tokens);
                    name.and_then(|name| self.places.get(&name))
                        .into_iter()
                        .collect()
                }
                Item::Impl(item) => {
                    let paths = named(item, header).into_iter();
                    paths
                        .filter_map(|path| self.places.get(own_type(path)?))
                        .collect()
                }
                _ => {
                    return Err(
                        "an item of `types` is neither a type nor its implementation".into(),
                    );
                }
            };
            let Some((first, others)) = places.split_first() else {
                continue;
            };
            let (page, mut users) = (first.page, first.users.clone());
            for place in others {
                users.retain(|page| place.users.contains(page));
            }
            let paths = OwnPaths::new(within, page, self.places, self.index);
            paths.with(&imports).rewrite(&mut item);
            let page = self.page(page, &users);
            page.import(&imports);
            match within {
                Within::Builders => page.builders.push((users, item)),
                _ => page.types.push((users, item)),
            }
        }
        Ok(())
    }
}

/// Visits the trait and the type of an implementation, without the items in it.
fn header<'a>(paths: &mut super::places::Paths<'a>, item: &'a ItemImpl) {
    use syn::visit::Visit;
    paths.visit_type(&item.self_ty);
    if let Some((_, path, _)) = &item.trait_ {
        paths.visit_path(path);
    }
}

/// Returns the first name in the tokens of a macro.
fn first_name(tokens: &TokenStream) -> Option<Ident> {
    tokens.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    })
}

fn shown(name: &Option<Ident>) -> String {
    name.as_ref().map(Ident::to_string).unwrap_or_default()
}

impl Page {
    fn import(&mut self, imports: &Imports) {
        for import in imports.functions() {
            if !self.imports.contains(import) {
                self.imports.push(import.clone());
            }
        }
    }

    /// Returns the file of the page. The condition of an item is left out if the page has the same one.
    pub(super) fn file(self, docs: &str, index: &Index<'_>) -> File {
        let docs = super::doc_comment::lines(docs);
        let mut file: File = parse_quote! { #(#![doc = #docs])* };
        let restricted = |(users, mut item): (Pages, Item)| {
            if users != self.users {
                restrict(&mut item, &users, index.ir);
            }
            item
        };
        let imports = self.imports.into_iter().map(Item::Use);
        file.items.extend(imports);
        if !self.methods.is_empty() {
            let mut client: ItemImpl = parse_quote! { impl crate::Client {} };
            client.items = self.methods;
            file.items
                .push(restricted((self.own.clone(), Item::Impl(client))));
        }
        let requests = self.requests.into_iter();
        let requests = requests.map(|item| (self.own.clone(), item));
        file.items.extend(requests.map(restricted));
        file.items.extend(self.types.into_iter().map(restricted));
        if !self.builders.is_empty() {
            let mut builder: ItemMod = parse_quote! {
                /// The builders of the types.
                pub mod builder {}
            };
            let builders = self.builders.into_iter().map(restricted);
            builder.content = Some((Default::default(), builders.collect()));
            file.items.push(Item::Mod(builder));
        }
        if !self.operations.is_empty() {
            let operations = self.operations;
            let operations = parse_quote! {
                /// The operations of the page.
                pub(crate) mod operations {
                    use crate::generated::service::schemes;
                    use crate::operation::Operation;

                    #(#operations)*
                }
            };
            file.items.push(restricted((self.own.clone(), operations)));
        }
        file
    }
}
