//! Functions and methods.

use syn::{FnArg, GenericParam, Generics, Pat, ReturnType, Signature, WherePredicate};

use super::change::Difference;
use super::scope::Scope;
use super::text::{contrast, short};

/// The signature of a function or method, as texts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Function {
    /// `async fn send<T>`: all that stands before the arguments.
    start: String,
    /// The name of each argument with a colon, and its type.
    inputs: Vec<(String, String)>,
    output: String,
    /// `T: TryInto<Uuid>`, one for each bound, wherever it is written.
    bounds: Vec<String>,
}

impl Function {
    pub(super) fn new(signature: &Signature, scope: &Scope<'_>) -> Self {
        let scope = scope.with(&signature.generics);
        let constness = signature.constness.map_or("", |_| "const ");
        let asyncness = signature.asyncness.map_or("", |_| "async ");
        let unsafety = signature.unsafety.map_or("", |_| "unsafe ");
        let (parameters, bounds) = generics(&signature.generics, &scope);
        let output = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, ty) => scope.text(ty),
        };
        let inputs = signature.inputs.iter();
        Self {
            start: format!(
                "{constness}{asyncness}{unsafety}fn {}{parameters}",
                signature.ident
            ),
            inputs: inputs.map(|input| argument(input, &scope)).collect(),
            output,
            bounds,
        }
    }

    fn inputs(&self) -> String {
        let inputs = self.inputs.iter().map(|(name, ty)| format!("{name}{ty}"));
        inputs.collect::<Vec<_>>().join(", ")
    }

    /// Returns `async fn send(self) -> Result<…>`.
    pub(super) fn declaration(&self) -> String {
        let mut declaration = format!("{}({})", self.start, self.inputs());
        if self.output != "()" {
            declaration += &format!(" -> {}", self.output);
        }
        if !self.bounds.is_empty() {
            declaration += &format!(" where {}", self.bounds.join(", "));
        }
        declaration
    }

    pub(super) fn difference(&self, head: &Self) -> Option<Difference> {
        let same_start = self.start == head.start;
        let inputs = self.inputs.iter().map(|(_, ty)| ty);
        let same_inputs = inputs.eq(head.inputs.iter().map(|(_, ty)| ty));
        let same_output = self.output == head.output;
        let bounds = self.difference_of_bounds(head);
        let message = match (same_start, same_inputs, same_output, bounds) {
            (true, true, true, bounds) => return bounds,
            (true, true, false, None) => contrast(&self.output, &head.output),
            (true, false, true, None) => contrast(&self.inputs(), &head.inputs()),
            _ => contrast(&self.declaration(), &head.declaration()),
        };
        Some(Difference::new(true, message))
    }

    fn difference_of_bounds(&self, head: &Self) -> Option<Difference> {
        let (lost, new) = (self.bounds_without(head), head.bounds_without(self));
        let is_relaxed = |bound: &&String| bound.contains(": ?");
        let breaking = lost.iter().any(is_relaxed) || !new.iter().all(is_relaxed);
        let message = match (&*main_bounds(&lost), &*main_bounds(&new)) {
            ("", "") => return None,
            (lost, "") => format!("no longer {}", short(lost)),
            ("", new) => format!("{}, was not required", short(new)),
            (lost, new) => contrast(lost, new),
        };
        Some(Difference::new(breaking, message))
    }

    fn bounds_without(&self, other: &Self) -> Vec<&String> {
        let is_new = |bound: &&String| !other.bounds.contains(bound);
        self.bounds.iter().filter(is_new).collect()
    }
}

/// Joins bounds, without those of associated types, such as `<V as TryInto<Uuid>>::Error: Display`,
/// unless there are no others.
fn main_bounds(bounds: &[&String]) -> String {
    let bounds = bounds.iter().map(|bound| bound.as_str());
    let (associated, main): (Vec<_>, Vec<_>) = bounds.partition(|bound| bound.starts_with('<'));
    let shown = if main.is_empty() { associated } else { main };
    shown.join(", ")
}

/// Returns the list of generic parameters, and their bounds.
fn generics(generics: &Generics, scope: &Scope<'_>) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let mut bounds = Vec::new();
    for parameter in &generics.params {
        if let GenericParam::Type(parameter) = parameter {
            let name = parameter.ident.to_string();
            let own = parameter.bounds.iter();
            bounds.extend(own.map(|bound| format!("{name}: {}", scope.text(bound))));
            names.push(name);
        } else {
            names.push(scope.text(parameter));
        }
    }
    let clause = generics.where_clause.iter();
    for predicate in clause.flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Type(predicate) = predicate {
            let bounded = scope.text(&predicate.bounded_ty);
            let own = predicate.bounds.iter();
            bounds.extend(own.map(|bound| format!("{bounded}: {}", scope.text(bound))));
        } else {
            bounds.push(scope.text(predicate));
        }
    }
    let list = match names.as_slice() {
        [] => String::new(),
        names => format!("<{}>", names.join(", ")),
    };
    (list, bounds)
}

/// Returns the name of an argument and its type. The names are shown and not compared.
fn argument(input: &FnArg, scope: &Scope<'_>) -> (String, String) {
    match input {
        FnArg::Receiver(receiver) => {
            let mut receiver = receiver.clone();
            if receiver.reference.is_none() {
                receiver.mutability = None;
            }
            (String::new(), scope.text(&receiver))
        }
        FnArg::Typed(argument) => {
            let name = match &*argument.pat {
                Pat::Ident(pattern) => format!("{}: ", pattern.ident),
                _ => "_: ".to_owned(),
            };
            (name, scope.text(&argument.ty))
        }
    }
}
