//! Implementations of traits, written or derived.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Attribute, GenericArgument, ImplItem, ItemImpl, Path, PathArguments, Type, parse_quote};

use super::attributes::{compare_conditions, derives};
use super::changes::Changes;
use super::names::Reader;
use super::signature::Generics;
use super::text::{Text, contrast};

/// The implementation of a trait.
#[derive(Clone, Debug)]
pub(super) struct Implementation {
    /// The item to which it belongs, by its path: what implements the trait, or what the trait
    /// is about where that is a type of another crate.
    pub(super) owner: String,
    /// `impl Default for types::SipUser`.
    pub(super) item: String,
    /// What tells it from others: trait and type.
    pub(super) header: Text,
    /// The items that it names, by their paths. Without one of them, it cannot be.
    pub(super) mentions: Vec<String>,
    generics: Generics,
    /// `Error`, `Target` and their like.
    associated: BTreeMap<String, Text>,
    condition: Option<String>,
}

impl Implementation {
    /// Nothing for what is no implementation of a trait, or of none for an item of the crate.
    pub(super) fn written(item: &ItemImpl, reader: &Reader<'_>) -> Option<Self> {
        let (None, path, _) = item.trait_.as_ref()? else {
            return None;
        };
        let reader = reader.with(&item.generics);
        let associated = item.items.iter().filter_map(|item| match item {
            ImplItem::Type(ty) => Some((ty.ident.to_string(), reader.ty(&ty.ty))),
            ImplItem::Const(constant) => {
                Some((constant.ident.to_string(), reader.ty(&constant.ty)))
            }
            _ => None,
        });
        Some(Self {
            generics: Generics::of(&item.generics, &reader),
            associated: associated.collect(),
            ..Self::of(path, &item.self_ty, &reader)?
        })
    }

    /// What is derived for the type of a name.
    pub(super) fn derived(
        name: &syn::Ident,
        attributes: &[Attribute],
        reader: &Reader<'_>,
    ) -> Vec<Self> {
        let ty: Type = parse_quote! { #name };
        let derived = derives(attributes)
            .into_iter()
            .filter_map(|(path, condition)| {
                Some(Self {
                    condition,
                    ..Self::of(&path, &ty, reader)?
                })
            });
        derived.collect()
    }

    fn of(path: &Path, ty: &Type, reader: &Reader<'_>) -> Option<Self> {
        let path = without_the_usual(path, ty, reader);
        let of_trait: Type = parse_quote! { #path };
        let mut mentioned = Mentioned::default();
        mentioned.visit_type(&reader.exact(ty));
        let is_own = matches!(ty, Type::Path(_)) && mentioned.is_first(&reader.exact(ty));
        mentioned.visit_type(&reader.exact(&of_trait));
        let owner = mentioned.0.first()?.clone();
        let (of_trait, ty) = (reader.path(&path), reader.ty(ty));
        let (header, implementor) = if is_own {
            (of_trait.clone(), owner.clone())
        } else {
            let header = Text::compose(|form| format!("{} for {}", form(&of_trait), form(&ty)));
            (header, ty.short)
        };
        Some(Self {
            item: format!("impl {} for {implementor}", of_trait.short),
            owner,
            header,
            mentions: mentioned.0,
            generics: Generics::default(),
            associated: BTreeMap::new(),
            condition: None,
        })
    }

    /// Takes in the same implementation under another condition.
    pub(super) fn or(&mut self, other: Self) {
        self.condition = match (self.condition.take(), other.condition) {
            (Some(one), Some(other)) if one != other => Some(format!("any({one}, {other})")),
            (Some(one), Some(_)) => Some(one),
            _ => None,
        };
    }

    /// That it is there, and when.
    pub(super) fn declaration(&self) -> String {
        match &self.condition {
            Some(condition) => format!("implemented, #[cfg({condition})]"),
            None => "implemented".to_owned(),
        }
    }

    pub(super) fn compare(&self, head: &Self, changes: &mut Changes) {
        let item = &self.item;
        self.generics.compare_bounds(&head.generics, item, changes);
        for (name, ty) in &self.associated {
            if let Some(head_ty) = head.associated.get(name)
                && ty != head_ty
            {
                let message = format!("{name} = {}", contrast(ty, head_ty));
                changes.breaking(item, message);
            }
        }
        compare_conditions(
            self.condition.as_ref(),
            head.condition.as_ref(),
            item,
            changes,
        );
    }
}

/// Without what a derived trait does not say, either: lifetimes, and that `PartialEq` is with
/// the type itself.
fn without_the_usual(path: &Path, ty: &Type, reader: &Reader<'_>) -> Path {
    let mut path = path.clone();
    let Some(last) = path.segments.last_mut() else {
        return path;
    };
    let compares = last.ident == "PartialEq" || last.ident == "PartialOrd";
    let PathArguments::AngleBracketed(arguments) = &mut last.arguments else {
        return path;
    };
    let own = reader.ty(ty);
    let is_said = |argument: &GenericArgument| match argument {
        GenericArgument::Lifetime(_) => false,
        GenericArgument::Type(with) => {
            let with = reader.ty(with);
            !(compares && (with == own || with.exact == "Self"))
        }
        _ => true,
    };
    let said = arguments.args.iter().filter(|argument| is_said(argument));
    arguments.args = said.cloned().collect();
    if arguments.args.is_empty() {
        last.arguments = PathArguments::None;
    }
    path
}

/// The items of the crate that are named in a type with exact paths.
#[derive(Default)]
struct Mentioned(Vec<String>);

impl Mentioned {
    /// Whether what was mentioned first is the type itself, and no part of it.
    fn is_first(&self, ty: &Type) -> bool {
        let mut path = match ty {
            Type::Path(path) if path.qself.is_none() => path.path.clone(),
            _ => return false,
        };
        if let Some(last) = path.segments.last_mut() {
            last.arguments = PathArguments::None;
        }
        self.0
            .first()
            .is_some_and(|first| *first == names(&path).join("::"))
    }
}

impl Visit<'_> for Mentioned {
    fn visit_path(&mut self, path: &Path) {
        let is_own = path
            .segments
            .first()
            .is_some_and(|first| first.ident == "crate");
        if is_own {
            self.0.push(names(path).join("::"));
        }
        visit::visit_path(self, path);
    }
}

/// The names of an exact path to an item of the crate, from the root of the crate.
fn names(path: &Path) -> Vec<String> {
    let segments = path.segments.iter().skip(1);
    segments.map(|segment| segment.ident.to_string()).collect()
}
