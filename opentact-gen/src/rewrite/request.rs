//! The request builders: `send` is split into `request`, which builds the request without a
//! network, and a single call of the client. `send_blocking` does the same without async. Each builder
//! keeps the options of its call.

use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, ExprClosure, ExprStruct, ExprTry, ExprTuple, FieldPat, Fields, Ident};
use syn::{ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, Local, Pat, PatStruct, ReturnType};
use syn::{Stmt, Visibility, parse_quote};

use super::index::Index;
use super::open_enum::OpenEnums;
use super::parameters;
use super::service::constant;
use super::syntax::{first_argument, functions, inherent_impls, mentions, must_use};
use crate::ir::{Operation, SchemeKind};

/// Splits `send`, makes `new` private, adds the options of the call, and lets setters keep the value
/// that they refuse.
pub(super) fn split_send(
    items: &mut Vec<Item>,
    index: &Index<'_>,
    enums: &OpenEnums,
) -> Result<(), String> {
    items.retain(|item| !matches!(item, Item::Use(_)));
    let reason = "a request is not sent until `send` is called and awaited";
    must_use(items, reason);
    for item in &mut *items {
        if let Item::Struct(item) = item {
            let client = item.fields.iter_mut().take(1);
            client.for_each(|client| client.ty = parse_quote! { &'a Client });
            keep_options(item);
        }
    }
    for (name, item) in inherent_impls(items) {
        let operation = index.operation_of_builder(&name);
        let unexpected = |problem| format!("the builder `{name}` {problem}");
        let operation = operation.ok_or_else(|| unexpected("belongs to no operation"))?;
        builder(item, operation, index, enums).map_err(unexpected)?;
    }
    let imports: [Item; 4] = [
        parse_quote! { use crate::support::options::{CallOptions, call_options}; },
        parse_quote! { use crate::support::request::{invalid, parameter}; },
        parse_quote! { use crate::{Client, Error, ResponseValue}; },
        parse_quote! { use crate::support::url::encode_path; },
    ];
    items.splice(0..0, imports);
    Ok(())
}

/// Adds the field for the options of the call.
fn keep_options(builder: &mut ItemStruct) {
    if let Fields::Named(fields) = &mut builder.fields {
        fields
            .named
            .push(parse_quote! { call_options: CallOptions });
    }
}

fn builder(
    item: &mut ItemImpl,
    operation: &Operation,
    index: &Index<'_>,
    enums: &OpenEnums,
) -> Result<(), &'static str> {
    let constant = constant(&operation.name);
    let mut sending = None;
    for function in functions(item) {
        match function.sig.ident.to_string().as_str() {
            "new" => {
                function.vis = Visibility::Inherited;
                function.sig.inputs = parse_quote! { client: &'a Client };
                WithOptions.visit_block_mut(&mut function.block);
            }
            "send" => sending = Some(split(function, &constant)?),
            "body" | "body_map" => {}
            _ => parameters::set(function, operation, enums)?,
        }
    }
    let mut sending = sending.ok_or("has no `send`")?;
    let request = sending.last_mut().into_iter();
    request.for_each(|request| parameters::expose_secrets(request, operation));
    let is_send = |item: &ImplItem| matches!(item, ImplItem::Fn(it) if it.sig.ident == "send");
    let place = item.items.iter().position(is_send);
    let methods = call_options(operation, index);
    item.items.insert(place.unwrap_or_default(), methods);
    item.items.extend(sending.map(ImplItem::Fn));
    Ok(())
}

/// Returns the methods that set the options of the call, with one for the token of each security scheme
/// of the operation. The client supplies the password of a basic scheme itself.
fn call_options(operation: &Operation, index: &Index<'_>) -> ImplItem {
    let names = operation.security_schemes.iter();
    let schemes = names.filter_map(|name| {
        let mut schemes = index.ir.security_schemes.iter();
        schemes.find(|scheme| scheme.name == *name && scheme.kind != SchemeKind::Basic)
    });
    let setters = schemes.map(|scheme| {
        let setter = format_ident!("{}", scheme.rust_name);
        let scheme = constant(&scheme.rust_name);
        quote! { #setter: #scheme }
    });
    ImplItem::Macro(parse_quote! { call_options!(#(#setters),*); })
}

/// Turns `send` into a call of the client. Returns `send_blocking`, and the function that builds the
/// request for both.
fn split(send: &mut ImplItemFn, operation: &Ident) -> Result<[ImplItemFn; 2], &'static str> {
    let payload = match &send.sig.output {
        ReturnType::Type(_, result) => first_argument(result).cloned(),
        ReturnType::Default => None,
    };
    let payload = payload.ok_or("sends without a result")?;
    let mut statements = std::mem::take(&mut send.block.stmts);
    let mut places = statements.iter();
    let end = places.position(|statement| binds(statement, "info"));
    statements.truncate(end.ok_or("sends without `info`")?);
    let request = statements.pop().and_then(|statement| match statement {
        Stmt::Local(Local { init, .. }) => Some(*init?.expr),
        _ => None,
    });
    let mut request = request.ok_or("does not build its request right before `info`")?;
    drop_api_version(&mut statements, &mut request);

    send.sig.output = parse_quote! { -> Result<#payload, Error> };
    send.block = parse_quote! {{
        let client = self.client;
        let request = crate::support::secrets::collected(|| self.request());
        client.send(&operations::#operation, request).await
    }};
    let send_blocking = parse_quote! {
        #[cfg(feature = "blocking")]
        pub fn send_blocking(self) -> Result<#payload, Error> {
            let client = self.client;
            let request = crate::support::secrets::collected(|| self.request());
            client.send_blocking(&operations::#operation, request)
        }
    };
    // Parsing the request again would take longer than everything else here.
    let mut built: ExprTuple = parse_quote! { (call_options,) };
    built.elems.insert(0, request);
    built.elems.pop_punct();
    let mut ok: ExprCall = parse_quote! { Ok() };
    ok.args.push(Expr::Tuple(built));
    statements.push(Stmt::Expr(Expr::Call(ok), None));
    let mut function: ImplItemFn = parse_quote! {
        fn request(self) -> Result<(reqwest::Request, CallOptions), Error> {}
    };
    function.block.stmts = statements;
    WithOptions.visit_block_mut(&mut function.block);
    InvalidRequests { operation }.visit_block_mut(&mut function.block);
    Ok([send_blocking, function])
}

/// Adds the options of the call where a builder is made, or taken apart.
struct WithOptions;

impl VisitMut for WithOptions {
    fn visit_expr_struct_mut(&mut self, builder: &mut ExprStruct) {
        if builder.path.is_ident("Self") {
            let options = parse_quote! { call_options: Default::default() };
            builder.fields.push(options);
        }
    }

    fn visit_pat_struct_mut(&mut self, builder: &mut PatStruct) {
        if builder.path.is_ident("Self") {
            builder.fields.push(FieldPat {
                attrs: Vec::new(),
                member: parse_quote! { call_options },
                colon_token: None,
                pat: Box::new(parse_quote! { call_options }),
            });
        }
    }
}

fn binds(statement: &Stmt, name: &str) -> bool {
    matches!(statement, Stmt::Local(Local { pat: Pat::Ident(it), .. }) if it.ident == name)
}

/// Removes the header `api-version`, which the vendor does not document, and the map of headers
/// if it is empty without it.
fn drop_api_version(statements: &mut Vec<Stmt>, request: &mut Expr) {
    // Only the name of this header is a call. That of a parameter, even `api-version`, is a literal.
    statements.retain(|statement| match statement {
        Stmt::Expr(Expr::MethodCall(call), _) => !matches!(call.args.first(), Some(Expr::Call(_))),
        _ => true,
    });
    let is_map = |statement: &Stmt| binds(statement, "header_map");
    let adds_header = |statement| !is_map(statement) && mentions(statement, "header_map");
    if !statements.iter().any(adds_header) {
        statements.retain(|statement| !is_map(statement));
        WithoutHeaders.visit_expr_mut(request);
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

/// Lets every `?` of a function return an error that knows the operation.
struct InvalidRequests<'a> {
    operation: &'a Ident,
}

impl VisitMut for InvalidRequests<'_> {
    fn visit_expr_try_mut(&mut self, expr: &mut ExprTry) {
        visit_mut::visit_expr_try_mut(self, expr);
        let operation = self.operation;
        let result = match &*expr.expr {
            Expr::MethodCall(call) if call.method == "map_err" => &call.receiver,
            _ => &expr.expr,
        };
        let error = quote! { invalid(client, &call_options, &operations::#operation) };
        *expr.expr = parse_quote! { #result.map_err(#error) };
    }

    /// A `?` in a closure returns from the closure.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
}
