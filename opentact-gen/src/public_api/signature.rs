//! Functions and the generic parameters of everything that has some.

use syn::{FnArg, GenericParam, Pat, Receiver, ReturnType, Signature, WherePredicate};

use super::changes::Changes;
use super::names::Reader;
use super::text::{Text, contrast};

/// Generic parameters and what is asked of them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Generics {
    /// `'a`, `T`, `const N: usize`, in order.
    parameters: Vec<Text>,
    /// `T: TryInto<Uuid>`, one for each bound.
    bounds: Vec<Text>,
}

impl Generics {
    /// The reader has to know the parameters already.
    pub(super) fn of(generics: &syn::Generics, reader: &Reader<'_>) -> Self {
        let mut read = Self::default();
        for parameter in &generics.params {
            let text = match parameter {
                GenericParam::Lifetime(parameter) => {
                    let name = Text::plain(parameter.lifetime.to_string());
                    let outlived = parameter
                        .bounds
                        .iter()
                        .map(|bound| Text::plain(bound.to_string()));
                    read.bound(&name, outlived);
                    name
                }
                GenericParam::Type(parameter) => {
                    let name = Text::plain(parameter.ident.to_string());
                    let bounds = parameter.bounds.iter().map(|bound| reader.bound(bound));
                    read.bound(&name, bounds);
                    match parameter.default.as_ref().map(|default| reader.ty(default)) {
                        Some(default) => {
                            Text::compose(|form| format!("{} = {}", form(&name), form(&default)))
                        }
                        None => name,
                    }
                }
                GenericParam::Const(parameter) => {
                    let ty = reader.ty(&parameter.ty);
                    Text::compose(|form| format!("const {}: {}", parameter.ident, form(&ty)))
                }
            };
            read.parameters.push(text);
        }
        for predicate in generics
            .where_clause
            .iter()
            .flat_map(|clause| &clause.predicates)
        {
            match predicate {
                WherePredicate::Type(bound) => {
                    let bounds = bound.bounds.iter().map(|bound| reader.bound(bound));
                    read.bound(&reader.ty(&bound.bounded_ty), bounds);
                }
                WherePredicate::Lifetime(bound) => {
                    let outlived = bound
                        .bounds
                        .iter()
                        .map(|bound| Text::plain(bound.to_string()));
                    read.bound(&Text::plain(bound.lifetime.to_string()), outlived);
                }
                _ => {}
            }
        }
        read
    }

    fn bound(&mut self, bounded: &Text, bounds: impl Iterator<Item = Text>) {
        self.bounds.extend(
            bounds
                .map(|bound| Text::compose(|form| format!("{}: {}", form(bounded), form(&bound)))),
        );
    }

    /// `<'a, T>`, or nothing.
    pub(super) fn list(&self) -> Text {
        if self.parameters.is_empty() {
            return Text::plain("");
        }
        Text::compose(|form| {
            let parameters: Vec<String> = self.parameters.iter().map(form).collect();
            format!("<{}>", parameters.join(", "))
        })
    }

    fn clause(&self) -> Text {
        if self.bounds.is_empty() {
            return Text::plain("");
        }
        Text::compose(|form| {
            let bounds: Vec<String> = self.bounds.iter().map(form).collect();
            format!(" where {}", bounds.join(", "))
        })
    }

    /// Whether what fits the parameters of `self` fits those of `head`, too.
    fn accepts(&self, head: &Self) -> bool {
        let is_relaxed = |bound: &Text| bound.exact.contains(": ?");
        let is_new = |bound: &Text| !self.bounds.contains(bound) && !is_relaxed(bound);
        let is_lost = |bound: &Text| !head.bounds.contains(bound) && is_relaxed(bound);
        !head.bounds.iter().any(is_new) && !self.bounds.iter().any(is_lost)
    }

    /// The generic parameters of a type or of an implementation.
    pub(super) fn compare(&self, head: &Self, item: &str, changes: &mut Changes) {
        if self.parameters != head.parameters {
            let has_default = |parameter: &Text| parameter.exact.contains('=');
            let is_wider = head.parameters.starts_with(&self.parameters)
                && head.parameters[self.parameters.len()..]
                    .iter()
                    .all(has_default);
            let or_none = |list: Text| match list.exact.as_str() {
                "" => Text::plain("<>"),
                _ => list,
            };
            let message = contrast(&or_none(self.list()), &or_none(head.list()));
            changes.changed(item, !is_wider, message);
        } else if self.bounds != head.bounds {
            self.compare_bounds(head, item, changes);
        }
    }

    /// What is asked of generic parameters, wherever it is written.
    pub(super) fn compare_bounds(&self, head: &Self, item: &str, changes: &mut Changes) {
        let lost = self.without(head);
        let new = head.without(self);
        let message = match (lost.exact.as_str(), new.exact.as_str()) {
            ("", "") => return, // in another order
            (_, "") => format!("no longer {}", lost.short),
            ("", _) => format!("{}, was not asked for", new.short),
            _ => contrast(&lost, &new),
        };
        changes.changed(item, !self.accepts(head), message);
    }

    /// The bounds that others do not have; of those that follow from each other, the first.
    fn without(&self, others: &Self) -> Text {
        let own = self
            .bounds
            .iter()
            .filter(|bound| !others.bounds.contains(bound));
        let follows = |bound: &&Text| bound.exact.starts_with('<');
        let (following, mut own): (Vec<&Text>, Vec<&Text>) = own.partition(follows);
        if own.is_empty() {
            own = following;
        }
        Text::compose(|form| {
            own.iter()
                .map(|bound| form(bound))
                .collect::<Vec<_>>()
                .join(", ")
        })
    }
}

/// A function or method as callers see it.
#[derive(Clone, Debug)]
pub(super) struct Function {
    is_const: bool,
    is_async: bool,
    is_unsafe: bool,
    generics: Generics,
    /// `self`, or name and type.
    inputs: Vec<(Option<String>, Text)>,
    output: Text,
}

impl Function {
    pub(super) fn of(signature: &Signature, reader: &Reader<'_>) -> Self {
        let reader = reader.with(&signature.generics);
        Self {
            is_const: signature.constness.is_some(),
            is_async: signature.asyncness.is_some(),
            is_unsafe: signature.unsafety.is_some(),
            generics: Generics::of(&signature.generics, &reader),
            inputs: signature
                .inputs
                .iter()
                .map(|input| argument(input, &reader))
                .collect(),
            output: match &signature.output {
                ReturnType::Default => Text::plain("()"),
                ReturnType::Type(_, ty) => reader.ty(ty),
            },
        }
    }

    fn inputs(&self) -> Text {
        Text::compose(|form| {
            let inputs = self.inputs.iter().map(|input| shown(input, form));
            inputs.collect::<Vec<_>>().join(", ")
        })
    }

    /// `async fn send(self) -> Result<…>`.
    pub(super) fn declaration(&self, name: &str) -> Text {
        let words = [
            (self.is_const, "const "),
            (self.is_async, "async "),
            (self.is_unsafe, "unsafe "),
        ];
        let words = words.iter().filter(|(is, _)| *is).map(|(_, word)| *word);
        let words: String = words.collect();
        let (list, inputs, clause) = (self.generics.list(), self.inputs(), self.generics.clause());
        Text::compose(|form| {
            let output = match self.output.exact.as_str() {
                "()" => String::new(),
                _ => format!(" -> {}", form(&self.output)),
            };
            format!(
                "{words}fn {name}{}({}){output}{}",
                form(&list),
                form(&inputs),
                form(&clause)
            )
        })
    }

    pub(super) fn compare(&self, head: &Self, name: &str, item: &str, changes: &mut Changes) {
        let types = |function: &Self| -> Vec<Text> {
            function.inputs.iter().map(|(_, ty)| ty.clone()).collect()
        };
        let has_other_words = self.is_async != head.is_async
            || self.is_const != head.is_const
            || self.is_unsafe != head.is_unsafe;
        let has_other_list = self.generics.parameters != head.generics.parameters;
        let has_other_inputs = types(self) != types(head);
        let has_other_output = self.output != head.output;
        let differences = [
            has_other_words,
            has_other_list,
            has_other_inputs,
            has_other_output,
        ];
        match differences {
            [false, false, false, false] => {
                self.generics.compare_bounds(&head.generics, item, changes);
            }
            [false, false, false, true] if self.generics == head.generics => {
                changes.breaking(item, contrast(&self.output, &head.output));
            }
            [false, false, true, false] if self.generics == head.generics => {
                changes.breaking(item, contrast(&self.inputs(), &head.inputs()));
            }
            [true, false, false, false] => {
                let is_wider = self.is_async == head.is_async
                    && self.is_const <= head.is_const
                    && self.is_unsafe >= head.is_unsafe
                    && self.generics.accepts(&head.generics);
                let message = contrast(&self.declaration(name), &head.declaration(name));
                changes.changed(item, !is_wider, message);
            }
            _ => {
                let message = contrast(&self.declaration(name), &head.declaration(name));
                changes.breaking(item, message);
            }
        }
    }
}

fn argument(input: &FnArg, reader: &Reader<'_>) -> (Option<String>, Text) {
    match input {
        FnArg::Receiver(receiver) => (None, self_type(receiver, reader)),
        FnArg::Typed(argument) => {
            let name = match &*argument.pat {
                Pat::Ident(pattern) => pattern.ident.to_string(),
                _ => "_".to_owned(),
            };
            (Some(name), reader.ty(&argument.ty))
        }
    }
}

/// `self`, `&self`, `&'a mut self` or `self: Box<Self>`.
fn self_type(receiver: &Receiver, reader: &Reader<'_>) -> Text {
    if receiver.colon_token.is_some() {
        let ty = reader.ty(&receiver.ty);
        return Text::compose(|form| format!("self: {}", form(&ty)));
    }
    Text::plain(match &receiver.reference {
        None => "self".to_owned(),
        Some((_, lifetime)) => {
            let lifetime = lifetime.as_ref().map(|lifetime| format!("{lifetime} "));
            let mutable = receiver.mutability.map_or("", |_| "mut ");
            format!("&{}{mutable}self", lifetime.unwrap_or_default())
        }
    })
}

fn shown((name, ty): &(Option<String>, Text), form: &dyn Fn(&Text) -> String) -> String {
    match name {
        Some(name) => format!("{name}: {}", form(ty)),
        None => form(ty),
    }
}
