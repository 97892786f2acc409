//! Optional properties of request bodies.

/// Sets the properties of a body whose values are given, such as
/// `set_given!(body, city: options.city, province: options.province)`.
macro_rules! set_given {
    ($body:expr, $($property:ident: $value:expr),* $(,)?) => {{
        let mut body = $body;
        $(if let Some(value) = $value {
            body = body.$property(value);
        })*
        body
    }};
}

pub(crate) use set_given;
