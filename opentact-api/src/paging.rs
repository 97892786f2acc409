//! The items of all pages.
#![allow(dead_code)] // a spec may have no pages

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use crate::client::Client;
use crate::error::Error;
use crate::error::cause::Cause;
use crate::operation::Operation;
use crate::response_value::ResponseValue;
use crate::support::request::InRange;

/// The items of all pages of an operation, one by one: the result of `stream()` of a request.
///
/// It sends the request for a page when the items of the former page are used up. The first page starts
/// at the position that the request sets, or else at the beginning. The size of a page is the one that
/// the request sets, or else that of the server. If the server returns fewer items, none is lost: the
/// next page starts after those that were received.
///
/// The stream ends when the items reach the number of all items that the server reports, or at an empty
/// page. A page that cannot be fetched or read is an error. If the stream is polled again after an
/// error, it asks for the same page again.
///
/// The server finds a page by its position. If items are added or removed before that position in the
/// meantime, others move: one can come twice, or not at all. Items that are added at the end are found.
/// Sort by a property that does not change, oldest first, if the operation offers that.
///
/// The warnings of a page about properties of its items are in the log only: see
/// [`ResponseValue::warnings`].
///
/// [`next`](Self::next) works without any other crate:
///
/// ```
/// # async fn example<T: std::fmt::Debug>(mut items: opentact_api::ItemStream<'_, T>) -> Result<(), opentact_api::Error> {
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct ItemStream<'a, T> {
    style: Style,
    /// The position of the next page. `None` for the first page if the request does not set it.
    position: Option<i64>,
    /// The number of items before the next page, if it is known.
    before: Option<i64>,
    fetch: Box<dyn FnMut(Option<i64>) -> Fetching<'a, T> + Send + 'a>,
    fetching: Option<Fetching<'a, T>>,
    items: vec::IntoIter<T>,
    has_ended: bool,
}

type Fetching<'a, T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send + 'a>>;

/// The meaning of the position of a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Style {
    /// The number of items before the page, from 0.
    Offset,
    /// The number of the page, from 1.
    Page,
}

/// A page that was received.
pub(crate) struct Page<T> {
    items: Vec<T>,
    /// The number of the items of all pages.
    total: Option<i64>,
}

/// Returns the position that a request sets.
pub(crate) fn position<N: InRange<Number = i128>, E>(parameter: &Result<N, E>) -> Option<i64> {
    let number = parameter.as_ref().ok()?.number()?;
    number.try_into().ok()
}

/// Returns the page in a response. `name` is the property of the items.
///
/// # Errors
/// Returns an error if the items could not be read, which would look like an empty page.
pub(crate) fn page<P, T, I, N>(
    client: &Client,
    operation: &'static Operation,
    name: &str,
    response: ResponseValue<P>,
    split: impl FnOnce(P) -> (I, N),
) -> Result<Page<T>, Error>
where
    I: Into<Option<Vec<T>>>,
    N: InRange<Number = i128>,
{
    let (payload, parts) = response.into_parts();
    let path = format!("payload.{name}");
    if let Some(warning) = parts.warnings.iter().find(|warning| warning.path() == path) {
        let cause = Cause::undecodable(parts.status, warning.to_string(), None);
        let cause = cause.with_headers(parts.headers);
        return Err(Error::new(operation, cause, 1, false, &client.tokens));
    }
    let (items, total) = split(payload);
    Ok(Page {
        items: items.into().unwrap_or_default(),
        total: total.number().and_then(|total| total.try_into().ok()),
    })
}

impl<'a, T> ItemStream<'a, T> {
    /// Creates a stream. `first` is the position that the request sets, and `fetch` asks for the page at
    /// a position, or for the one of the request.
    pub(crate) fn new<F>(
        style: Style,
        first: Option<i64>,
        mut fetch: impl FnMut(Option<i64>) -> F + Send + 'a,
    ) -> Self
    where
        F: Future<Output = Result<Page<T>, Error>> + Send + 'a,
    {
        let before = match (style, first) {
            (_, None) => Some(0),
            (Style::Offset, first) => first,
            (Style::Page, Some(1)) => Some(0),
            // The server decides how many items were on the pages before.
            (Style::Page, Some(_)) => None,
        };
        Self {
            style,
            position: first,
            before,
            fetch: Box::new(move |position| Box::pin(fetch(position))),
            fetching: None,
            items: Vec::new().into_iter(),
            has_ended: false,
        }
    }

    /// Returns the next item, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Takes the items of a page, and goes to the position of the next one.
    fn take(&mut self, page: Page<T>) {
        // No list of a server is longer.
        let received = i64::try_from(page.items.len()).unwrap_or(i64::MAX);
        let (start, step) = match self.style {
            Style::Offset => (0, received),
            Style::Page => (1, 1),
        };
        let position = self.position.unwrap_or(start);
        self.position = Some(position.saturating_add(step));
        self.before = self.before.map(|before| before.saturating_add(received));
        // A total that is less than the items received so far is wrong. Then an empty page is the end.
        let is_last = page.total.is_some() && page.total == self.before;
        self.has_ended = page.items.is_empty() || is_last;
        self.items = page.items.into_iter();
    }
}

// Nothing pins the items.
impl<T> Unpin for ItemStream<'_, T> {}

impl<T> Stream for ItemStream<'_, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.has_ended {
                return Poll::Ready(None);
            }
            let stream = &mut *self;
            let fetching = stream
                .fetching
                .get_or_insert_with(|| (stream.fetch)(stream.position));
            let page = ready!(fetching.as_mut().poll(context));
            self.fetching = None;
            match page {
                Ok(page) => self.take(page),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let ready = self.items.len();
        (ready, self.has_ended.then_some(ready))
    }
}

impl<T> fmt::Debug for ItemStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("position", &self.position)
            .field("items", &self.items.len())
            .field("has_ended", &self.has_ended)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
