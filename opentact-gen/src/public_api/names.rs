//! Syntax as text, in which names are what they mean.

use std::collections::HashSet;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{GenericParam, Generics, Ident, Path, PathSegment, TypePath};

use super::scopes::{Import, Origin, Scopes};
use super::text::{Text, spaced};
use crate::names::PRELUDE;

/// Traits whose names `derive` knows without a path, which an `impl` has to write.
const DERIVED: [(&str, &str); 7] = [
    ("cmp", "Eq"),
    ("cmp", "Ord"),
    ("cmp", "PartialEq"),
    ("cmp", "PartialOrd"),
    ("fmt", "Debug"),
    ("hash", "Hash"),
    ("marker", "Copy"),
];

/// Reads syntax in a module, with the generic parameters that are in scope there.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    pub(super) scopes: &'a Scopes,
    pub(super) module: &'a [String],
    parameters: HashSet<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(scopes: &'a Scopes, module: &'a [String]) -> Self {
        Self {
            scopes,
            module,
            parameters: HashSet::new(),
        }
    }

    /// With more generic parameters in scope.
    pub(super) fn with(&self, generics: &Generics) -> Self {
        let mut reader = self.clone();
        for parameter in &generics.params {
            match parameter {
                GenericParam::Type(parameter) => {
                    reader.parameters.insert(parameter.ident.to_string());
                }
                GenericParam::Const(parameter) => {
                    reader.parameters.insert(parameter.ident.to_string());
                }
                GenericParam::Lifetime(_) => {}
            }
        }
        reader
    }

    pub(super) fn ty(&self, ty: &syn::Type) -> Text {
        self.text(ty, |names, ty| names.visit_type_mut(ty))
    }

    pub(super) fn path(&self, path: &Path) -> Text {
        self.text(path, |names, path| names.visit_path_mut(path))
    }

    pub(super) fn bound(&self, bound: &syn::TypeParamBound) -> Text {
        self.text(bound, |names, bound| {
            names.visit_type_param_bound_mut(bound);
        })
    }

    /// A type in which each path to an item of the crate starts with `crate`.
    pub(super) fn exact(&self, ty: &syn::Type) -> syn::Type {
        let mut ty = ty.clone();
        self.names(false).visit_type_mut(&mut ty);
        ty
    }

    /// What is imported, by its full path.
    pub(super) fn import(&self, import: &Import) -> Text {
        match self.scopes.resolve(self.module, import) {
            Origin::Crate(path) => Text::plain(format!("crate::{}", path.join("::"))),
            Origin::Elsewhere(path) => Text::plain(path.join("::")),
        }
    }

    fn text<T: Clone + ToTokens>(&self, syntax: &T, visit: impl Fn(&mut Names, &mut T)) -> Text {
        let written = |is_short| {
            let mut syntax = syntax.clone();
            visit(&mut self.names(is_short), &mut syntax);
            spaced(syntax.to_token_stream())
        };
        Text {
            exact: written(false),
            short: written(true),
        }
    }

    fn names(&self, is_short: bool) -> Names<'_> {
        Names {
            reader: self,
            is_short,
        }
    }
}

/// Writes every path in full, or as short as people do.
struct Names<'a> {
    reader: &'a Reader<'a>,
    is_short: bool,
}

impl Names<'_> {
    /// The names that stand for those of a path; nothing where they stay as they are.
    fn replaced(&self, path: &Path) -> Option<Vec<String>> {
        let arguments = path.segments.iter().map(|segment| &segment.arguments);
        if arguments
            .rev()
            .skip(1)
            .any(|arguments| !arguments.is_none())
        {
            return None;
        }
        let segments = path.segments.iter();
        let names: Vec<String> = segments.map(|segment| segment.ident.to_string()).collect();
        let first = names.first()?;
        if first == "Self" || self.reader.parameters.contains(first) {
            return None;
        }
        let import = Import {
            is_external: path.leading_colon.is_some(),
            names,
        };
        let origin = self.reader.scopes.resolve(self.reader.module, &import);
        Some(match origin {
            Origin::Crate(path) if self.is_short => match path.as_slice() {
                [module, name] if module == "types" => vec![name.clone()],
                _ => path,
            },
            Origin::Crate(mut path) => {
                path.insert(0, "crate".to_owned());
                path
            }
            Origin::Elsewhere(path) if self.is_short => path.last().cloned().into_iter().collect(),
            Origin::Elsewhere(path) => standard(path),
        })
    }
}

/// `Option` for `std::option::Option`.
fn standard(path: Vec<String>) -> Vec<String> {
    match path.as_slice() {
        [root, module, name] if ["alloc", "core", "std"].contains(&root.as_str()) => {
            let is_known = |known: &(&str, &str)| *known == (module.as_str(), name.as_str());
            if PRELUDE.iter().chain(&DERIVED).any(is_known) {
                vec![name.clone()]
            } else {
                path
            }
        }
        _ => path,
    }
}

impl VisitMut for Names<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if let Some(names) = self.replaced(path) {
            let arguments = path.segments.last().map(|last| last.arguments.clone());
            path.leading_colon = None;
            path.segments = names.iter().map(|name| segment(name)).collect();
            if let (Some(last), Some(arguments)) = (path.segments.last_mut(), arguments) {
                last.arguments = arguments;
            }
        }
    }

    /// In `<V as TryInto<T>>::Error`, the path is that of the trait and what follows it.
    fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
        let Some(qself) = &mut ty.qself else {
            return self.visit_path_mut(&mut ty.path);
        };
        self.visit_type_mut(&mut qself.ty);
        let mut of_trait = Path {
            leading_colon: ty.path.leading_colon,
            segments: ty
                .path
                .segments
                .iter()
                .take(qself.position)
                .cloned()
                .collect(),
        };
        self.visit_path_mut(&mut of_trait);
        let rest: Vec<PathSegment> = ty
            .path
            .segments
            .iter()
            .skip(qself.position)
            .cloned()
            .collect();
        qself.position = of_trait.segments.len();
        ty.path = of_trait;
        ty.path.segments.extend(rest);
    }

    fn visit_angle_bracketed_generic_arguments_mut(
        &mut self,
        arguments: &mut syn::AngleBracketedGenericArguments,
    ) {
        visit_mut::visit_angle_bracketed_generic_arguments_mut(self, arguments);
        arguments.colon2_token = None;
        arguments.args.pop_punct();
    }

    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        arguments: &mut syn::ParenthesizedGenericArguments,
    ) {
        visit_mut::visit_parenthesized_generic_arguments_mut(self, arguments);
        arguments.inputs.pop_punct();
    }

    fn visit_type_tuple_mut(&mut self, tuple: &mut syn::TypeTuple) {
        visit_mut::visit_type_tuple_mut(self, tuple);
        if tuple.elems.len() > 1 {
            tuple.elems.pop_punct();
        }
    }
}

fn segment(name: &str) -> PathSegment {
    let ident = name.strip_prefix("r#").map_or_else(
        || Ident::new(name, proc_macro2::Span::call_site()),
        |name| Ident::new_raw(name, proc_macro2::Span::call_site()),
    );
    ident.into()
}
