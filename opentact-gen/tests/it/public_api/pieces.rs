//! Generated code without one of its public pieces.

use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Fields, File, ImplItem, Item, Meta, Token, Visibility};

/// A file of generated code, with its name.
type NamedFile = (String, File);

/// Returns code without function bodies, documentation and serde's attributes.
pub(crate) fn skeleton(mut files: Vec<NamedFile>) -> Vec<NamedFile> {
    files.retain(|(name, _)| name != "service.rs");
    for (_, file) in &mut files {
        Skeleton.visit_file_mut(file);
    }
    files
}

struct Skeleton;

impl VisitMut for Skeleton {
    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        const KEPT: [&str; 4] = ["cfg", "cfg_attr", "derive", "non_exhaustive"];
        attributes.retain(|attribute| KEPT.iter().any(|name| attribute.path().is_ident(name)));
    }
}

/// Removes each public piece of a file: an item, a field, a variant, a method, an implementation or a
/// derive. Returns the pieces, each with the other code.
pub(crate) fn all_without_one(
    (name, file): &NamedFile,
) -> impl Iterator<Item = (String, NamedFile)> {
    (0..).map_while(|before| {
        let mut file = file.clone();
        let mut pass = Without {
            before,
            taken: None,
        };
        pass.visit_file_mut(&mut file);
        Some((pass.taken?, (name.clone(), file)))
    })
}

struct Without {
    /// The number of pieces before the one to remove.
    before: usize,
    taken: Option<String>,
}

impl Without {
    /// Returns `false` for the piece to remove.
    fn stays(&mut self, piece: &impl ToTokens) -> bool {
        if self.taken.is_some() {
            return true;
        }
        if self.before > 0 {
            self.before -= 1;
            return true;
        }
        self.taken = Some(piece.to_token_stream().to_string());
        false
    }

    fn item_stays(&mut self, item: &Item) -> bool {
        match item {
            Item::Mod(module) => !is_public(&module.vis) || self.stays(item),
            Item::Struct(data) => !is_public(&data.vis) || self.stays(item),
            Item::Enum(data) => !is_public(&data.vis) || self.stays(item),
            Item::Impl(implementation) => implementation.trait_.is_none() || self.stays(item),
            _ => true,
        }
    }

    fn keep<T: ToTokens, P: Default>(
        &mut self,
        list: &mut Punctuated<T, P>,
        is_piece: impl Fn(&T) -> bool,
    ) {
        let all = std::mem::take(list).into_iter();
        *list = all
            .filter(|piece| !is_piece(piece) || self.stays(piece))
            .collect();
    }
}

impl VisitMut for Without {
    fn visit_file_mut(&mut self, file: &mut File) {
        file.items.retain(|item| self.item_stays(item));
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = module.content.as_mut().filter(|_| is_public(&module.vis)) {
            items.retain(|item| self.item_stays(item));
            visit_mut::visit_item_mod_mut(self, module);
        }
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        item.attrs
            .iter_mut()
            .for_each(|attribute| self.derive(attribute));
        if let Fields::Named(fields) = &mut item.fields {
            self.keep(&mut fields.named, |field| is_public(&field.vis));
        }
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        item.attrs
            .iter_mut()
            .for_each(|attribute| self.derive(attribute));
        self.keep(&mut item.variants, |_| true);
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        item.items.retain(|item| match item {
            ImplItem::Fn(function) => !is_public(&function.vis) || self.stays(item),
            _ => true,
        });
    }
}

impl Without {
    fn derive(&mut self, attribute: &mut Attribute) {
        let Meta::List(list) = &mut attribute.meta else {
            return;
        };
        let parsed = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        let mut arguments = parsed.unwrap_or_default();
        if list.path.is_ident("derive") {
            self.keep(&mut arguments, |_| true);
        } else if list.path.is_ident("cfg_attr")
            && arguments
                .last()
                .is_some_and(|last| last.path().is_ident("derive"))
            && !self.stays(&arguments)
        {
            arguments.pop();
            arguments.push(syn::parse_quote! { derive() });
        } else {
            return;
        }
        list.tokens = quote! { #arguments };
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
