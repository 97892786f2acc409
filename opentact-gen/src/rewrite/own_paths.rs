//! Paths to generated items, in the files of the pages: progenitor has all types in one module, all
//! their builders in another one, and all request builders in a third.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Generics, Ident, ImplItemFn, Item, ItemImpl, LitStr, Meta, Path, PathSegment,
};
use syn::{Token, Type, parse_quote};

use super::imports::Imports;
use super::index::Index;
use super::places::{Place, Places};
use crate::names::module_name;

/// The module in which progenitor wrote a piece of code.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Within {
    /// The root, with the methods of the client.
    Client,
    /// `builder`, with the request builders.
    Requests,
    /// `types`.
    Types,
    /// `types::builder`.
    Builders,
}

/// The rewriting of the paths in a piece of code that moves to the file of a page.
pub(super) struct OwnPaths<'a> {
    within: Within,
    /// The page to whose file the code moves.
    page: usize,
    places: &'a Places,
    index: &'a Index<'a>,
    imports: Option<&'a Imports>,
    /// The generic parameters, which hide types of the same name.
    generics: Vec<Ident>,
}

impl<'a> OwnPaths<'a> {
    pub(super) fn new(
        within: Within,
        page: usize,
        places: &'a Places,
        index: &'a Index<'a>,
    ) -> Self {
        Self {
            within,
            page,
            places,
            index,
            imports: None,
            generics: Vec::new(),
        }
    }

    /// Replaces imported names by their paths as well.
    pub(super) fn with(self, imports: &'a Imports) -> Self {
        Self {
            imports: Some(imports),
            ..self
        }
    }

    pub(super) fn rewrite(mut self, item: &mut Item) {
        self.visit_item_mut(item);
    }

    pub(super) fn rewrite_method(&mut self, method: &mut ImplItemFn) {
        self.visit_impl_item_fn_mut(method);
    }

    /// Returns the path from the file of the page, or `None` if it stays as it is.
    fn moved(&self, path: &Path) -> Option<Path> {
        if path.leading_colon.is_some() {
            return None;
        }
        let mut names: Vec<&PathSegment> = path.segments.iter().collect();
        let starts = |names: &[&PathSegment], name: &str| {
            names.len() > 1 && names.first().is_some_and(|first| first.ident == name)
        };
        let (first, is_alone) = (&path.segments.first()?.ident, names.len() == 1);
        if is_alone && self.generics.contains(first) {
            return None;
        }
        let is_type = match self.within {
            Within::Client if starts(&names, "builder") => {
                return Some(joined(None, &names[1..]));
            }
            Within::Client | Within::Requests => starts(&names, "types"),
            Within::Types => true,
            Within::Builders => starts(&names, "super"),
        };
        if !is_type {
            return self.imported(path);
        }
        if ["self", "super", "types"]
            .iter()
            .any(|module| starts(&names, module))
        {
            names.remove(0);
        }
        if starts(&names, "error") {
            return Some(parse_quote! { crate::ConversionError });
        }
        let of_builder = starts(&names, "builder");
        let name = &names.get(usize::from(of_builder))?.ident;
        let Some(Place { page, .. }) = self.places.get(name) else {
            return self.imported(path);
        };
        let module: Option<Path> = match *page == self.page {
            false => {
                let module = module_name(&self.index.ir.pages[*page].stem);
                let module = format_ident!("{module}");
                Some(parse_quote! { crate::#module })
            }
            true if self.within == Within::Builders => Some(parse_quote! { super }),
            true => None,
        };
        Some(joined(module, &names))
    }

    /// Returns the full path of an imported type.
    fn imported(&self, path: &Path) -> Option<Path> {
        let name = path.segments.first().filter(|_| path.segments.len() == 1)?;
        let mut full = self.imports?.full(&name.ident)?.clone();
        full.segments.last_mut()?.arguments = name.arguments.clone();
        Some(full)
    }

    /// Visits code with these generic parameters.
    fn within_generics(&mut self, generics: &Generics, visit: impl FnOnce(&mut Self)) {
        let known = self.generics.len();
        let names = generics
            .type_params()
            .map(|parameter| parameter.ident.clone());
        self.generics.extend(names);
        visit(self);
        self.generics.truncate(known);
    }

    /// Rewrites the types in the strings of an attribute, such as `schemars(with = "Option<SipUser>")`.
    fn strings(&mut self, tokens: TokenStream) -> TokenStream {
        let tokens = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) => {
                let inner = self.strings(group.stream());
                proc_macro2::Group::new(group.delimiter(), inner).into()
            }
            TokenTree::Literal(literal) => self.string(&literal).unwrap_or(literal).into(),
            token => token,
        });
        tokens.collect()
    }

    fn string(&mut self, literal: &Literal) -> Option<Literal> {
        let text: LitStr = syn::parse2(literal.to_token_stream()).ok()?;
        let mut ty: Type = text.parse().ok()?;
        let former = ty.clone();
        self.visit_type_mut(&mut ty);
        let text = ty.to_token_stream().to_string().replace(' ', "");
        (ty != former).then(|| Literal::string(&text))
    }
}

/// Returns a path of a module and names.
fn joined(module: Option<Path>, names: &[&PathSegment]) -> Path {
    let modules = module.into_iter().flat_map(|module| module.segments);
    let segments = modules.chain(names.iter().map(|name| (*name).clone()));
    Path {
        leading_colon: None,
        segments: segments.collect::<Punctuated<_, Token![::]>>(),
    }
}

impl VisitMut for OwnPaths<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if let Some(moved) = self.moved(path) {
            *path = moved;
        }
    }

    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        let generics = item.generics.clone();
        self.within_generics(&generics, |pass| visit_mut::visit_item_impl_mut(pass, item));
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        let generics = function.sig.generics.clone();
        self.within_generics(&generics, |pass| {
            visit_mut::visit_impl_item_fn_mut(pass, function);
        });
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if attribute.path().is_ident("cfg_attr")
            && let Meta::List(list) = &mut attribute.meta
        {
            list.tokens = self.strings(list.tokens.clone());
        }
    }
}
