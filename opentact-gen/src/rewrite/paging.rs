//! The streams of paged operations: the items of all pages, one by one.

use std::collections::HashMap;

use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Ident, ImplItem, Item, ItemImpl, ReturnType, Type, TypePath, parse_quote};

use super::index::Index;
use super::service::constant;
use super::syntax::{first_argument, functions, inherent_impls, is_option, last_name};
use crate::ir::{Operation, Paging, PagingStyle};
use crate::names::parameter_name;

/// Adds `stream` to the request builders of paged operations.
///
/// # Errors
/// Returns the name of an operation whose pages have no list of items.
pub(super) fn add_streams(
    builders: &mut [Item],
    types: &[Item],
    index: &Index<'_>,
) -> Result<(), String> {
    let fields = fields(types);
    for (name, builder) in inherent_impls(builders) {
        if let Some(operation) = index.operation_of_builder(&name)
            && let Some(paging) = &operation.paging
        {
            let stream = stream(builder, operation, paging, &fields);
            let stream = stream.ok_or_else(|| format!("the pages of `{name}` have no items"))?;
            builder.items.push(stream);
        }
    }
    Ok(())
}

/// The types of the fields of each struct.
type Fields<'a> = HashMap<&'a Ident, HashMap<String, &'a Type>>;

fn fields(types: &[Item]) -> Fields<'_> {
    let mut structs = HashMap::new();
    for item in types {
        match item {
            Item::Struct(item) => {
                let fields = item.fields.iter();
                let fields = fields.filter_map(|it| Some((it.ident.as_ref()?.to_string(), &it.ty)));
                structs.insert(&item.ident, fields.collect());
            }
            Item::Enum(item) => {
                structs.insert(&item.ident, HashMap::new());
            }
            _ => {}
        }
    }
    structs
}

fn stream(
    builder: &mut ItemImpl,
    operation: &Operation,
    paging: &Paging,
    fields: &Fields<'_>,
) -> Option<ImplItem> {
    let send = functions(builder).find(|it| it.sig.ident == "send")?;
    let ReturnType::Type(_, result) = &send.sig.output else {
        return None;
    };
    // `Result<ResponseValue<Page>, Error>`
    let page = last_name(first_argument(first_argument(result)?)?)?;
    let items = parameter_name(&paging.items);
    let list = *fields.get(page)?.get(&items)?;
    let list = first_argument(list)
        .filter(|_| is_option(list))
        .unwrap_or(list);
    let mut item = first_argument(list)?.clone();
    OutsideTypes(fields).visit_type_mut(&mut item);

    let (items, total) = (format_ident!("{items}"), field(&paging.total));
    let (position, name) = (field(&paging.position), &paging.items);
    let operation = constant(&operation.name);
    let style: Ident = match paging.style {
        PagingStyle::Offset => parse_quote! { Offset },
        PagingStyle::Page => parse_quote! { Page },
    };
    Some(parse_quote! {
        /// Returns the items of all pages, one by one, from the page that this request sets. See
        /// [`ItemStream`](crate::ItemStream).
        pub fn stream(self) -> crate::ItemStream<'a, #item> {
            let client = self.client;
            let first = crate::paging::position(&self.#position);
            crate::ItemStream::new(crate::paging::Style::#style, first, move |position| {
                let mut request = self.clone();
                if let Some(position) = position {
                    request = request.#position(position);
                }
                async move {
                    let response = request.send().await?;
                    crate::paging::page(client, &operations::#operation, #name, response, |page| {
                        (page.#items, page.#total)
                    })
                }
            })
        }
    })
}

fn field(name: &str) -> Ident {
    format_ident!("{}", parameter_name(name))
}

/// Adds the module `types` to the paths of types, because the code is outside of it.
struct OutsideTypes<'a>(&'a Fields<'a>);

impl VisitMut for OutsideTypes<'_> {
    fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
        visit_mut::visit_type_path_mut(self, ty);
        if let Some(name) = ty.path.get_ident()
            && self.0.contains_key(name)
        {
            *ty = parse_quote! { types::#name };
        }
    }
}
