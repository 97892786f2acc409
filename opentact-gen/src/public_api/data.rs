//! Structs and enums: what is in them, and who may build them.

use std::collections::BTreeMap;

use syn::{ItemEnum, ItemStruct, Visibility};

use super::attributes::Attributes;
use super::changes::Changes;
use super::names::Reader;
use super::signature::Generics;
use super::text::{Text, contrast};

/// The fields of a struct or of a variant.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    style: Style,
    public: BTreeMap<String, (Attributes, Text)>,
    has_private: bool,
    is_non_exhaustive: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Style {
    Named,
    Tuple,
    Unit,
}

impl Fields {
    fn of(
        fields: &syn::Fields,
        is_public: impl Fn(&Visibility) -> bool,
        attributes: &Attributes,
        reader: &Reader<'_>,
    ) -> Self {
        let all = fields.iter().enumerate().map(|(index, field)| {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| index.to_string(), ToString::to_string);
            (name, field)
        });
        let (public, private): (Vec<_>, Vec<_>) = all.partition(|(_, field)| is_public(&field.vis));
        let public = public
            .into_iter()
            .map(|(name, field)| (name, (Attributes::of(&field.attrs), reader.ty(&field.ty))));
        Self {
            style: match fields {
                syn::Fields::Named(_) => Style::Named,
                syn::Fields::Unnamed(_) => Style::Tuple,
                syn::Fields::Unit => Style::Unit,
            },
            public: public.collect(),
            has_private: !private.is_empty(),
            is_non_exhaustive: attributes.is_non_exhaustive,
        }
    }

    /// Whether users can neither build it nor match it to the last field.
    fn is_closed(&self) -> bool {
        self.has_private || self.is_non_exhaustive
    }

    /// What follows the name: ` { … }`, `(u8, …)`, or nothing.
    fn shape(&self) -> Text {
        Text::compose(|form| {
            let mut fields: Vec<String> = match self.style {
                Style::Named => {
                    let named = self.public.iter();
                    named
                        .map(|(name, (_, ty))| format!("{name}: {}", form(ty)))
                        .collect()
                }
                _ => self.public.values().map(|(_, ty)| form(ty)).collect(),
            };
            if self.has_private {
                fields.push("..".to_owned());
            }
            match self.style {
                Style::Named if fields.is_empty() => " {}".to_owned(),
                Style::Named => format!(" {{ {} }}", fields.join(", ")),
                Style::Tuple => format!("({})", fields.join(", ")),
                Style::Unit => String::new(),
            }
        })
    }

    fn compare(&self, head: &Self, item: &str, changes: &mut Changes) {
        if !self.is_closed() && self.style != head.style {
            return changes.breaking(item, self.contrast(head, item));
        }
        if self.is_non_exhaustive != head.is_non_exhaustive {
            let closes = !self.is_closed() && head.is_closed();
            let message = match head.is_non_exhaustive {
                true => "#[non_exhaustive], was exhaustive",
                false => "exhaustive, was #[non_exhaustive]",
            };
            changes.changed(item, closes, message.to_owned());
        }
        let mut has_other_names = false;
        for (name, (attributes, ty)) in &self.public {
            let field = format!("{item}::{name}");
            match head.public.get(name) {
                Some((head_attributes, head_ty)) => {
                    if ty != head_ty {
                        changes.breaking(&field, contrast(ty, head_ty));
                    }
                    attributes.compare(head_attributes, &field, changes);
                }
                None => {
                    has_other_names = true;
                    changes.removed(&field, &format!("{name}: {}", ty.short));
                }
            }
        }
        for (name, (_, ty)) in &head.public {
            if !self.public.contains_key(name) {
                has_other_names = true;
                let field = format!("{item}::{name}");
                changes.added(&field, !self.is_closed(), format!("{name}: {}", ty.short));
            }
        }
        if self.has_private != head.has_private && !has_other_names {
            changes.changed(item, !self.is_closed(), self.contrast(head, item));
        }
    }

    fn contrast(&self, head: &Self, item: &str) -> String {
        let (_, name) = item.rsplit_once("::").unwrap_or(("", item));
        let whole = |fields: &Self| {
            let shape = fields.shape();
            Text::compose(|form| format!("{name}{}", form(&shape)))
        };
        contrast(&whole(self), &whole(head))
    }
}

/// A struct.
#[derive(Clone, Debug)]
pub(super) struct Struct {
    generics: Generics,
    fields: Fields,
}

impl Struct {
    pub(super) fn of(item: &ItemStruct, reader: &Reader<'_>) -> Self {
        let reader = reader.with(&item.generics);
        let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
        let attributes = Attributes::of(&item.attrs);
        Self {
            generics: Generics::of(&item.generics, &reader),
            fields: Fields::of(&item.fields, is_public, &attributes, &reader),
        }
    }

    pub(super) fn declaration(&self, name: &str) -> String {
        format!("struct {name}{}", self.generics.list().short)
    }

    pub(super) fn compare(&self, head: &Self, item: &str, changes: &mut Changes) {
        self.generics.compare(&head.generics, item, changes);
        self.fields.compare(&head.fields, item, changes);
    }
}

/// An enum.
#[derive(Clone, Debug)]
pub(super) struct Enum {
    generics: Generics,
    is_non_exhaustive: bool,
    variants: BTreeMap<String, (Attributes, Fields)>,
}

impl Enum {
    pub(super) fn of(item: &ItemEnum, reader: &Reader<'_>) -> Self {
        let reader = reader.with(&item.generics);
        let variants = item.variants.iter().map(|variant| {
            let attributes = Attributes::of(&variant.attrs);
            let fields = Fields::of(&variant.fields, |_| true, &attributes, &reader);
            (variant.ident.to_string(), (attributes, fields))
        });
        Self {
            generics: Generics::of(&item.generics, &reader),
            is_non_exhaustive: Attributes::of(&item.attrs).is_non_exhaustive,
            variants: variants.collect(),
        }
    }

    pub(super) fn declaration(&self, name: &str) -> String {
        format!("enum {name}{}", self.generics.list().short)
    }

    pub(super) fn compare(&self, head: &Self, item: &str, changes: &mut Changes) {
        self.generics.compare(&head.generics, item, changes);
        match (self.is_non_exhaustive, head.is_non_exhaustive) {
            (false, true) => {
                changes.breaking(item, "#[non_exhaustive], was exhaustive".to_owned());
            }
            (true, false) => {
                changes.compatible(item, "exhaustive, was #[non_exhaustive]".to_owned());
            }
            _ => {}
        }
        for (name, (attributes, fields)) in &self.variants {
            let variant = format!("{item}::{name}");
            match head.variants.get(name) {
                Some((head_attributes, head_fields)) => {
                    fields.compare(head_fields, &variant, changes);
                    attributes.compare(head_attributes, &variant, changes);
                }
                None => changes.removed(&variant, &format!("{name}{}", fields.shape().short)),
            }
        }
        for (name, (_, fields)) in &head.variants {
            if !self.variants.contains_key(name) {
                let breaking =
                    !self.is_non_exhaustive || (self.can_be_cast() && !is_number(fields));
                let declaration = format!("{name}{}", fields.shape().short);
                changes.added(&format!("{item}::{name}"), breaking, declaration);
            }
        }
    }

    /// Whether `as u8` makes a number of it, which one variant with a field ends.
    fn can_be_cast(&self) -> bool {
        !self.variants.is_empty() && self.variants.values().all(|(_, fields)| is_number(fields))
    }
}

fn is_number(fields: &Fields) -> bool {
    fields.public.is_empty() && !fields.is_non_exhaustive
}
