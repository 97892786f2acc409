//! A call of any operation, with parameters and body from JSON.

use std::pin::Pin;

use opentact_api::{Client, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::support::spec::{self, SpecOperation};

/// An operation of the client.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) page: &'static str,
    /// The name of its method.
    pub(crate) name: &'static str,
    /// Sets all arguments and returns the request.
    pub(crate) request: for<'a> fn(&'a Client, &Arguments) -> Request<'a>,
    /// The same, for the items of all pages.
    pub(crate) items: Option<Items>,
}

/// The parameters and the body of a request. An absent one is not set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    /// By their names in the spec.
    pub(crate) parameters: Map<String, Value>,
    pub(crate) body: Option<Value>,
}

/// Sends a request for the items of all pages.
pub(crate) type Items = for<'a> fn(&'a Client, &Arguments) -> Running<'a, Vec<Value>>;

pub(crate) type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A request that is not sent yet.
pub(crate) struct Request<'a> {
    /// The request in `Debug`, on one line and on many.
    pub(crate) shown: String,
    pub(crate) send: Running<'a, Received>,
}

/// A success response.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) payload: Value,
    pub(crate) warnings: Vec<String>,
    /// The response in `Debug`, on one line and on many.
    pub(crate) shown: String,
}

impl Operation {
    pub(crate) fn spec(&self) -> SpecOperation {
        spec::operation(self.name)
    }
}

impl Arguments {
    /// Returns the examples of the spec: all parameters, and the first body.
    pub(crate) fn examples(operation: SpecOperation) -> Self {
        let parameters = operation.parameters().into_iter();
        let parameters = parameters.map(|it| (it.name.to_owned(), it.example.clone()));
        Self {
            parameters: parameters.collect(),
            body: operation.bodies().first().map(|body| (*body).clone()),
        }
    }

    /// Returns a parameter. The type of a setter decides how its JSON is read.
    pub(crate) fn parameter<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let value = self.parameters.get(name)?.clone();
        Some(serde_json::from_value(value).unwrap())
    }

    pub(crate) fn body<T: DeserializeOwned>(&self) -> Option<T> {
        let body = self.body.clone()?;
        let name = std::any::type_name::<T>();
        let body = serde_json::from_value(body);
        Some(body.unwrap_or_else(|error| panic!("{name}: {error}: {:?}", self.body)))
    }
}

impl Received {
    pub(crate) fn new<T>(response: &opentact_api::ResponseValue<T>) -> Self
    where
        T: Serialize + std::fmt::Debug,
    {
        let shown = format!("{response:?} {response:#?}\n");
        let warnings = response.warnings().iter().map(ToString::to_string);
        Self {
            warnings: warnings.collect(),
            payload: serde_json::to_value(&**response).unwrap(),
            shown,
        }
    }
}

/// Returns the items of a stream, until its first error.
pub(crate) async fn items_of<T: Serialize>(
    mut stream: opentact_api::ItemStream<'_, T>,
) -> Result<Vec<Value>, Error> {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(serde_json::to_value(item?).unwrap());
    }
    Ok(items)
}

/// Sets the arguments of a request.
macro_rules! request {
    ($client:ident $arguments:ident $name:ident
        ($($wire:literal $setter:ident: $parameter:ty),*) $(body $body:ty)?
    ) => {{
        let request = $client.$name();
        $(let request = match $arguments.parameter::<$parameter>($wire) {
            Some(value) => request.$setter(value),
            None => request,
        };)*
        $(let request = match $arguments.body::<$body>() {
            Some(body) => request.body(body),
            None => request,
        };)?
        request
    }};
}

macro_rules! items {
    ($name:ident ($($setters:tt)*) ($($body:tt)*)) => {
        None
    };
    ($name:ident ($($setters:tt)*) ($($body:tt)*) stream) => {
        Some(|client, arguments| {
            let request = request!(client arguments $name ($($setters)*) $($body)*);
            Box::pin(items_of(request.stream()))
        })
    };
}

/// Defines `all`, which returns the operations. Each is written as its page, its method, its parameters by
/// their names in the spec and in Rust, the type of its body, and `stream` if its list has pages.
macro_rules! operations {
    ($($page:literal $name:ident ($($setters:tt)*) ($($body:tt)*) $($stream:ident)?;)*) => {
        /// Returns all operations.
        pub(crate) fn all() -> Vec<Operation> {
            vec![$(Operation {
                page: $page,
                name: stringify!($name),
                request: |_client, _arguments| {
                    let request = request!(_client _arguments $name ($($setters)*) $($body)*);
                    Request {
                        shown: format!("{request:?} {request:#?}\n"),
                        send: Box::pin(async { Ok(Received::new(&request.send().await?)) }),
                    }
                },
                items: items!($name ($($setters)*) ($($body)*) $($stream)?),
            }),*]
        }
    };
}

pub(crate) use {items, operations, request};
