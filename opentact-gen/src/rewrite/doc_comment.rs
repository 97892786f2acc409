//! Doc comments as attributes.

use proc_macro2::Span;
use syn::token::Bracket;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, MetaNameValue, Token};
use textwrap::{Options, WordSeparator, WordSplitter, wrap};

/// The width at which the text of a doc comment is wrapped.
const WIDTH: usize = 88;

/// Returns `true` if an attribute is a line of a doc comment.
fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

/// Replaces the doc comment.
pub(super) fn set(attributes: &mut Vec<Attribute>, docs: &str) {
    attributes.retain(|attribute| !is_doc(attribute));
    let docs: Vec<Attribute> = lines(docs).iter().map(|line| doc(line)).collect();
    attributes.splice(0..0, docs);
}

/// Sets the doc comment to `docs`. Without `docs`, keeps one of several words, or sets `otherwise`.
/// Returns the new text.
pub(super) fn complete(
    attributes: &mut Vec<Attribute>,
    docs: Option<String>,
    otherwise: String,
) -> String {
    let docs = docs.unwrap_or_else(|| {
        let lines = attributes.iter().filter_map(text);
        let text = lines.collect::<Vec<_>>().join("\n");
        if text.contains(' ') { text } else { otherwise }
    });
    set(attributes, &docs);
    docs
}

/// Returns the text of a line of a doc comment.
fn text(attribute: &Attribute) -> Option<String> {
    let meta = attribute.meta.require_name_value().ok()?;
    match &meta.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if is_doc(attribute) => Some(text.value().trim().to_owned()),
        _ => None,
    }
}

/// Returns the lines of a doc comment. Only a space ends a line: a link that is cut leads nowhere. Code
/// keeps its lines.
pub(super) fn lines(docs: &str) -> Vec<String> {
    let options = Options::new(WIDTH)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let docs = docs.replace('\r', " "); // Rust forbids it in comments
    let mut is_code = false;
    let lines = docs.lines().flat_map(|line| match line {
        "" => vec![String::new()],
        line if line.starts_with("```") || is_code => {
            is_code ^= line.starts_with("```");
            vec![format!(" {line}")]
        }
        line => {
            let lines = wrap(line, &options).into_iter();
            lines.map(|line| format!(" {line}")).collect()
        }
    });
    lines.collect()
}

/// Returns `#[doc = "…"]`. Parsing it takes several times as long, and there are thousands.
fn doc(line: &str) -> Attribute {
    let span = Span::call_site();
    let value = Expr::Lit(ExprLit {
        attrs: Vec::new(),
        lit: Lit::Str(LitStr::new(line, span)),
    });
    Attribute {
        pound_token: Token![#](span),
        style: AttrStyle::Outer,
        bracket_token: Bracket(span),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", span).into(),
            eq_token: Token![=](span),
            value,
        }),
    }
}
