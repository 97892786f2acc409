//! Implementations of traits, written or derived.

use std::collections::BTreeMap;

use syn::punctuated::Punctuated;
use syn::{Attribute, GenericArgument, ImplItem, ItemImpl, Meta, Path, PathArguments, Token};

use super::change::Difference;
use super::scope::Scope;
use super::text::{contrast, own_paths, short};

/// The implementation of a trait.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Implementation {
    /// `Error`, `Target` and other associated types, by name.
    associated: BTreeMap<String, String>,
    /// The condition of the implementation: `feature = "schemars"`.
    condition: Option<String>,
}

impl Implementation {
    pub(super) fn written(item: &ItemImpl, scope: &Scope<'_>) -> Self {
        let associated = item.items.iter().filter_map(|item| match item {
            ImplItem::Type(item) => Some((item.ident.to_string(), scope.text(&item.ty))),
            _ => None,
        });
        Self {
            associated: associated.collect(),
            condition: None,
        }
    }

    pub(super) fn derived(condition: Option<String>) -> Self {
        Self {
            condition,
            ..Self::default()
        }
    }

    pub(super) fn declaration(&self) -> String {
        match &self.condition {
            Some(condition) => format!("implemented, #[cfg({condition})]"),
            None => "implemented".to_owned(),
        }
    }

    pub(super) fn differences(&self, head: &Self) -> Vec<Difference> {
        let mut differences = Vec::new();
        for (name, was) in &self.associated {
            if let Some(is) = head.associated.get(name)
                && was != is
            {
                let message = format!("{name} = {}", contrast(was, is));
                differences.push(Difference::new(true, message));
            }
        }
        if self.condition != head.condition {
            let shown = |condition: &Option<String>| match condition {
                Some(condition) => format!("#[cfg({condition})]"),
                None => "always".to_owned(),
            };
            let message = format!("{}, was {}", shown(&head.condition), shown(&self.condition));
            differences.push(Difference::new(head.condition.is_some(), message));
        }
        differences
    }
}

/// The trait and the type of an implementation.
pub(super) struct Header {
    /// The same text for the same implementation, derived or written.
    pub(super) text: String,
    /// `impl Default for types::SipUser`.
    pub(super) name: String,
    /// The paths of the items of the crate that it names: that of its type first.
    pub(super) paths: Vec<String>,
}

impl Header {
    /// Reads the header of an implementation of a trait for the type `of`. Derived traits have neither
    /// modules nor lifetimes, and `PartialEq` does not name the type itself.
    pub(super) fn new(path: &Path, of: &str, scope: &Scope<'_>) -> Option<Self> {
        let last = path.segments.last()?;
        let mut arguments = Vec::new();
        if let PathArguments::AngleBracketed(list) = &last.arguments {
            let is_lifetime = |it: &&GenericArgument| matches!(it, GenericArgument::Lifetime(_));
            let shown = list.args.iter().filter(|it| !is_lifetime(it));
            arguments.extend(shown.map(|it| scope.text(it)).filter(|it| it != of));
        }
        let mut of_trait = last.ident.to_string();
        if !arguments.is_empty() {
            of_trait += &format!("<{}>", arguments.join(", "));
        }
        let paths = own_paths(of).chain(own_paths(&of_trait)).map(str::to_owned);
        let own = of.strip_prefix("crate::");
        let shown = own.map_or_else(|| short(of), str::to_owned);
        Some(Self {
            text: format!("{of_trait} for {of}"),
            name: format!("impl {} for {shown}", short(&of_trait)),
            paths: paths.collect(),
        })
    }
}

/// Returns the derived traits, each with its condition.
pub(super) fn derives(attributes: &[Attribute], scope: &Scope<'_>) -> Vec<(Path, Option<String>)> {
    let metas = attributes.iter().map(|attribute| attribute.meta.clone());
    let mut waiting: Vec<(Meta, Option<String>)> = metas.map(|meta| (meta, None)).collect();
    let mut derived = Vec::new();
    while let Some((meta, condition)) = waiting.pop() {
        let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
        let list = meta.require_list();
        let list = list.and_then(|list| list.parse_args_with(parse));
        let mut arguments = list.into_iter().flatten();
        if meta.path().is_ident("derive") {
            derived.extend(arguments.map(|it| (it.path().clone(), condition.clone())));
        } else if meta.path().is_ident("cfg_attr") {
            let condition = arguments.next().map(|it| scope.text(&it));
            waiting.extend(arguments.map(|it| (it, condition.clone())));
        }
    }
    derived
}
