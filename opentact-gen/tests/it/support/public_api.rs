//! The public API of generated code, as a text.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, ItemMod, ItemStruct, ReturnType};
use syn::{Type, Visibility, WherePredicate};

/// Returns the items of a generated file that users can name: a line for each field, parameter and
/// constant.
pub(crate) fn public_api(code: &str) -> String {
    let file = syn::parse_file(code).unwrap();
    let mut lines = Vec::new();
    for item in &file.items {
        match item {
            Item::Const(item) => {
                lines.push(format!("{} = {}", item.ident, text(&item.expr)));
            }
            Item::Static(item) => {
                lines.push(format!("{} = {}", item.ident, text(&item.expr)));
            }
            Item::Mod(module) if module.content.is_none() => {
                lines.push(format!("{}{}", module.ident, condition(&module.attrs)));
            }
            // A builder follows from its type.
            Item::Mod(module) if module.ident != "builder" => constants(module, &mut lines),
            // The methods of a request follow.
            Item::Struct(item) if item.generics.params.is_empty() => structure(item, &mut lines),
            Item::Enum(item) => {
                lines.push(format!("\n{}{}", item.ident, condition(&item.attrs)));
                lines.extend(item.variants.iter().map(|it| format!("    {}", text(it))));
            }
            // The values of an enumeration.
            Item::Macro(item) => lines.push(format!("    {}", text(&item.mac.tokens))),
            // The checks of strings.
            Item::Impl(item) if is_impl_of(item, "FromStr") => {
                for function in functions(item) {
                    for statement in &function.block.stmts {
                        if let syn::Stmt::Expr(syn::Expr::If(rule), _) = statement {
                            lines.push(format!("    refuses {}", text(&rule.cond)));
                        }
                    }
                }
            }
            Item::Impl(item) if item.trait_.is_none() && !is_of_type(item) => {
                methods(item, &mut lines);
            }
            _ => {}
        }
    }
    lines.join("\n")
}

fn items(module: &ItemMod) -> &[Item] {
    module.content.as_ref().map_or(&[], |(_, items)| items)
}

/// Returns `true` if an implementation has only the constructor of a type's builder.
fn is_of_type(item: &ItemImpl) -> bool {
    functions(item).all(|function| function.sig.ident == "builder")
}

fn structure(item: &ItemStruct, lines: &mut Vec<String>) {
    lines.push(format!("\n{}{}", item.ident, condition(&item.attrs)));
    if let Fields::Named(fields) = &item.fields {
        for field in &fields.named {
            let name = field.ident.to_token_stream();
            let serde: String = field.attrs.iter().filter_map(serde).collect();
            lines.push(format!("    {name}: {}{serde}", text(&field.ty)));
        }
    }
}

/// Returns the condition of an item.
fn condition(attributes: &[syn::Attribute]) -> String {
    let mut conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    let condition = conditions
        .next()
        .and_then(|cfg| cfg.meta.require_list().ok());
    condition.map_or_else(String::new, |list| format!("  if {}", text(&list.tokens)))
}

fn methods(item: &ItemImpl, lines: &mut Vec<String>) {
    lines.push(format!(
        "\n{}{}",
        text(&item.self_ty),
        condition(&item.attrs)
    ));
    for function in functions(item) {
        if matches!(function.vis, Visibility::Public(_)) {
            lines.push(format!("    {}", signature(function)));
        }
    }
}

/// Returns a function of a request builder: its arguments, or its result.
fn signature(function: &ImplItemFn) -> String {
    let name = &function.sig.ident;
    let takes = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some(bound(function, &argument.ty)),
        FnArg::Receiver(_) => None,
    });
    let takes: Vec<String> = takes.collect();
    match &function.sig.output {
        ReturnType::Type(_, ty) if text(ty) != "Self" => format!("{name} -> {}", text(ty)),
        _ => format!("{name}({})", takes.join(", ")),
    }
}

/// Returns the bound of a type parameter.
fn bound(function: &ImplItemFn, ty: &Type) -> String {
    if let Type::ImplTrait(ty) = ty {
        return ty.bounds.first().map(text).unwrap_or_default();
    }
    let clause = function.sig.generics.where_clause.iter();
    let mut predicates = clause.flat_map(|clause| &clause.predicates);
    let bound = predicates.find_map(|predicate| match predicate {
        WherePredicate::Type(bound) if text(&bound.bounded_ty) == text(ty) => bound.bounds.first(),
        _ => None,
    });
    bound.map(text).unwrap_or_default()
}

/// Returns the keywords of the serde attribute of a field.
fn serde(attribute: &syn::Attribute) -> Option<String> {
    let mut keywords = String::new();
    attribute.path().is_ident("serde").then_some(())?;
    let parsed = attribute.parse_nested_meta(|meta| {
        keywords += &format!("  {}", text(&meta.path));
        if let Ok(value) = meta.value() {
            let value: syn::LitStr = value.parse()?;
            if meta.path.is_ident("rename") {
                keywords += &format!(" {}", value.value());
            }
        }
        Ok(())
    });
    parsed.ok().map(|()| keywords)
}

fn constants(module: &ItemMod, lines: &mut Vec<String>) {
    lines.push(format!("\n{}", module.ident));
    for item in items(module) {
        match item {
            Item::Const(item) => lines.push(format!("    {}", text(&item.expr))),
            Item::Static(item) => {
                lines.push(format!("    {} = {}", item.ident, text(&item.expr)));
            }
            _ => {}
        }
    }
}

fn is_impl_of(item: &ItemImpl, name: &str) -> bool {
    let path = item.trait_.as_ref().map(|(_, path, _)| path);
    path.and_then(|path| path.segments.last())
        .is_some_and(|last| last.ident == name)
}

fn functions(item: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

/// A visitor that keeps the last name of every path.
struct LastNames;

impl VisitMut for LastNames {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        if let Some(last) = path.segments.pop() {
            *path = last.into_value().into();
        }
    }
}

/// Returns the text of a piece of syntax, without the spaces between tokens.
fn text(syntax: &impl ToTokens) -> String {
    let tokens = syntax.to_token_stream();
    let tokens = match syn::parse2::<Type>(tokens.clone()) {
        Ok(mut ty) => {
            LastNames.visit_type_mut(&mut ty);
            ty.to_token_stream()
        }
        Err(_) => match syn::parse2::<syn::TypeParamBound>(tokens.clone()) {
            Ok(mut bound) => {
                LastNames.visit_type_param_bound_mut(&mut bound);
                bound.to_token_stream()
            }
            Err(_) => tokens,
        },
    };
    let mut text = String::new();
    for word in tokens.to_string().split(' ') {
        let joins = |character: char| character.is_alphanumeric() || character == '"';
        if text.ends_with(joins) && word.starts_with(joins) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text.replace(',', ", ")
        .replace(", )", ")")
        .replace(", }", " }")
}
