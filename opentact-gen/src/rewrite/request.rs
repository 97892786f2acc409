//! The request builders: `send` is split into `request`, which builds the request without a
//! network, and a single call of the client.

use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Local, Pat, ReturnType, Stmt, WherePredicate, parse_quote};
use syn::{Expr, ExprCall, ExprClosure, ExprMethodCall, ExprPath, ExprTry, ImplItem, ImplItemFn};
use syn::{Ident, Item, ItemImpl, LitStr, Path};

use super::UnexpectedShape;
use super::syntax::{functions, inherent, within};
use crate::ir::{Facts, Operation};

/// Splits `send`, makes `new` private, and lets setters keep the value that they refuse.
pub(super) fn split_send(items: &mut Vec<Item>, facts: &Facts) -> Result<(), UnexpectedShape> {
    items.retain(|item| !matches!(item, Item::Use(_)));
    let must_use: Attribute = parse_quote! {
        #[must_use = "a request is not sent until `send` is called and awaited"]
    };
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => item.attrs.push(must_use.clone()),
            Item::Impl(item) => builder(item, facts)?,
            _ => {}
        }
        PublicClient.visit_item_mut(item);
    }
    let imports: [Item; 5] = [
        parse_quote! { use super::service::operations; },
        parse_quote! { use super::types; },
        parse_quote! { use crate::support::request::{invalid, parameter}; },
        parse_quote! { use crate::{Error, ResponseValue}; },
        parse_quote! { use progenitor_client::encode_path; },
    ];
    items.splice(0..0, imports);
    Ok(())
}

fn builder(item: &mut ItemImpl, facts: &Facts) -> Result<(), UnexpectedShape> {
    let operation = inherent(item)
        .and_then(|name| facts.operation_of_builder(&name.to_string()))
        .ok_or_else(|| UnexpectedShape("a builder belongs to no operation".to_owned()))?;
    let mut request = None;
    for function in functions(item) {
        match function.sig.ident.to_string().as_str() {
            "new" => function.vis = parse_quote! { pub(super) },
            "send" => request = Some(split(function, operation)?),
            "body" | "body_map" => {}
            _ => KeepRefused::in_setter(function)?,
        }
    }
    let request = request.ok_or_else(|| {
        UnexpectedShape(format!(
            "the builder of `{}` has no `send`",
            operation.rust_name
        ))
    })?;
    item.items.push(ImplItem::Fn(request));
    Ok(())
}

/// Turns `send` into a call of the client, and returns the function that builds the request.
fn split(send: &mut ImplItemFn, operation: &Operation) -> Result<ImplItemFn, UnexpectedShape> {
    let unexpected =
        |what: &str| UnexpectedShape(format!("`send` of `{}` {what}", operation.rust_name));
    let payload = match &send.sig.output {
        ReturnType::Type(_, ty) => {
            let result = super::syntax::first_argument(ty);
            result.and_then(|ty| within(ty, "ResponseValue"))
        }
        ReturnType::Default => None,
    };
    let payload = payload
        .ok_or_else(|| unexpected("does not return a `ResponseValue`"))?
        .clone();
    let mut statements = std::mem::take(&mut send.block.stmts);
    let end = statements
        .iter()
        .position(|statement| binds(statement, "info"))
        .ok_or_else(|| unexpected("does not bind `info`"))?;
    statements.truncate(end);
    let Some(Stmt::Local(Local {
        init: Some(init), ..
    })) = statements.pop()
    else {
        return Err(unexpected("does not build its request right before `info`"));
    };
    let mut request: Expr = *init.expr;
    drop_api_version(&mut statements, &mut request);

    let constant = operation.constant();
    send.sig.output = parse_quote! { -> Result<#payload, Error> };
    send.block = parse_quote! {{
        let client = self.client;
        let request = self.request()?;
        client.send(&operations::#constant, request).await
    }};
    // Parsing the request again would take longer than everything else here.
    let mut ok: ExprCall = parse_quote! { Ok() };
    ok.args.push(request);
    statements.push(Stmt::Expr(Expr::Call(ok), None));
    let mut function: ImplItemFn = parse_quote! {
        fn request(self) -> Result<reqwest::Request, Error> {}
    };
    function.block.stmts = statements;
    InvalidRequests {
        operation: constant,
    }
    .visit_block_mut(&mut function.block);
    Ok(function)
}

fn binds(statement: &Stmt, name: &str) -> bool {
    let Stmt::Local(local) = statement else {
        return false;
    };
    matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == name)
}

/// Removes the header `api-version`, which the vendor does not document, and the map of headers
/// if it is empty without it.
fn drop_api_version(statements: &mut Vec<Stmt>, request: &mut Expr) {
    statements.retain(|statement| {
        let mut search = Says {
            text: "api-version",
            found: false,
        };
        search.visit_stmt(statement);
        !search.found
    });
    let uses = statements.iter().map(|statement| {
        let mut uses = Uses {
            name: "header_map",
            count: 0,
        };
        uses.visit_stmt(statement);
        uses.count
    });
    if uses.sum::<usize>() == 0 {
        statements.retain(|statement| !binds(statement, "header_map"));
        WithoutHeaders.visit_expr_mut(request);
    }
}

/// A search for a string literal.
struct Says {
    text: &'static str,
    found: bool,
}

impl Visit<'_> for Says {
    fn visit_lit_str(&mut self, literal: &LitStr) {
        self.found |= literal.value() == self.text;
    }
}

/// A count of the uses of a name as a value.
struct Uses {
    name: &'static str,
    count: usize,
}

impl Visit<'_> for Uses {
    fn visit_expr_path(&mut self, path: &ExprPath) {
        self.count += usize::from(path.path.is_ident(self.name));
    }
}

/// Removes `.headers(header_map)` from a chain of calls.
struct WithoutHeaders;

impl VisitMut for WithoutHeaders {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::MethodCall(call) = expr
            && call.method == "headers"
        {
            *expr = (*call.receiver).clone();
        }
    }
}

/// Replaces `super::Client` by the path that users know.
struct PublicClient;

impl VisitMut for PublicClient {
    fn visit_path_mut(&mut self, path: &mut Path) {
        let names = path.segments.iter().map(|segment| &segment.ident);
        if names.eq(["super", "Client"]) {
            *path = parse_quote! { crate::Client };
        }
        visit_mut::visit_path_mut(self, path);
    }
}

/// Lets every `?` of a function return an error that knows the operation.
struct InvalidRequests {
    operation: Ident,
}

impl VisitMut for InvalidRequests {
    fn visit_expr_try_mut(&mut self, expr: &mut ExprTry) {
        visit_mut::visit_expr_try_mut(self, expr);
        let operation = &self.operation;
        let result = match &*expr.expr {
            Expr::MethodCall(call) if call.method == "map_err" => &call.receiver,
            _ => &expr.expr,
        };
        *expr.expr = parse_quote! { #result.map_err(invalid(&operations::#operation)) };
    }

    /// A `?` in a closure returns from the closure.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
}

/// Replaces `value.try_into().map_err(|_| …)`, which drops the value and the reason, by
/// `parameter("name", value)`, which keeps both.
struct KeepRefused {
    name: String,
    found: bool,
}

impl KeepRefused {
    fn in_setter(function: &mut ImplItemFn) -> Result<(), UnexpectedShape> {
        let mut pass = Self {
            name: function.sig.ident.to_string(),
            found: false,
        };
        pass.visit_block_mut(&mut function.block);
        let clause = function.sig.generics.where_clause.as_mut();
        let predicates = clause.map(|clause| &mut clause.predicates);
        if let Some(predicates) = predicates.filter(|_| pass.found)
            && let Some(WherePredicate::Type(bound)) = predicates.first_mut()
        {
            bound.bounds.push(parse_quote! { Clone });
            bound.bounds.push(parse_quote! { std::fmt::Debug });
            let value = bound.bounded_ty.clone();
            predicates.push(parse_quote! { #value::Error: std::fmt::Display });
            return Ok(());
        }
        let name = pass.name;
        Err(UnexpectedShape(format!(
            "the setter `{name}` converts no value"
        )))
    }
}

impl VisitMut for KeepRefused {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::MethodCall(ExprMethodCall {
            method, receiver, ..
        }) = expr
        {
            if method == "map_err" {
                *expr = (**receiver).clone();
                return self.visit_expr_mut(expr);
            }
            if method == "try_into" {
                let name = &self.name;
                *expr = parse_quote! { parameter(#name, value) };
                self.found = true;
                return;
            }
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}
