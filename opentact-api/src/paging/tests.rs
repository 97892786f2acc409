//! Streams from lists that change between the pages.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::*;
use crate::generated::service::OPERATIONS;
use crate::response_value::warning::Warning;

/// A server with a list.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<List>>);

#[derive(Default)]
struct List {
    items: Vec<u32>,
    /// The most items of a page.
    cap: usize,
    total: Option<i64>,
    /// The positions that were asked for.
    asked: Vec<Option<i64>>,
    /// The number of requests that fail next.
    failures: usize,
}

fn client() -> Client {
    let client = Client::builder().build();
    client.unwrap_or_else(|_| unreachable!("no setting is wrong"))
}

fn failure() -> Error {
    let cause = Cause::invalid_request("the test wants it".to_owned());
    Error::not_sent(OPERATIONS[0], cause, &client().tokens)
}

impl Server {
    fn new(items: std::ops::Range<u32>, cap: usize, total: Option<i64>) -> Self {
        let server = Self::default();
        server.change(|list| {
            list.items = items.collect();
            list.cap = cap;
            list.total = total;
        });
        server
    }

    fn change<T>(&self, change: impl FnOnce(&mut List) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn asked(&self) -> Vec<Option<i64>> {
        self.change(|list| list.asked.clone())
    }

    fn respond(&self, style: Style, position: Option<i64>) -> Result<Page<u32>, Error> {
        self.change(|list| {
            list.asked.push(position);
            if list.failures > 0 {
                list.failures -= 1;
                return Err(failure());
            }
            let position = position.map(|it| usize::try_from(it).unwrap_or(usize::MAX));
            let skip = match style {
                Style::Offset => position.unwrap_or(0),
                Style::Page => (position.unwrap_or(1) - 1) * list.cap,
            };
            let items = list.items.iter().skip(skip).take(list.cap);
            Ok(Page {
                items: items.copied().collect(),
                total: list.total,
            })
        })
    }

    fn stream(&self, style: Style, first: Option<i64>) -> ItemStream<'static, u32> {
        let server = self.clone();
        ItemStream::new(style, first, move |position| {
            let server = server.clone();
            async move {
                tokio::task::yield_now().await;
                server.respond(style, position)
            }
        })
    }
}

/// Returns all items, and the number of errors among them.
async fn all(mut stream: ItemStream<'_, u32>) -> (Vec<u32>, usize) {
    let (mut items, mut errors) = (Vec::new(), 0);
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(_) => errors += 1,
        }
    }
    assert!(stream.next().await.is_none(), "the end stays the end");
    assert_eq!(stream.size_hint(), (0, Some(0)));
    (items, errors)
}

fn numbers(end: u32) -> (Vec<u32>, usize) {
    ((0..end).collect(), 0)
}

#[tokio::test]
async fn stream_ends_at_the_total_or_at_an_empty_page() {
    for style in [Style::Offset, Style::Page] {
        let step = |offset, page| if style == Style::Offset { offset } else { page };
        let server = Server::new(0..6, 3, Some(6));
        assert_eq!(all(server.stream(style, None)).await, numbers(6));
        assert_eq!(server.asked(), [None, Some(step(3, 2))]);

        for wrong in [None, Some(0), Some(2), Some(-1), Some(100)] {
            let server = Server::new(0..6, 3, wrong);
            assert_eq!(
                all(server.stream(style, None)).await,
                numbers(6),
                "{wrong:?}"
            );
            assert_eq!(server.asked(), [None, Some(step(3, 2)), Some(step(6, 3))]);
        }

        let server = Server::new(0..0, 3, Some(0));
        assert_eq!(all(server.stream(style, None)).await, numbers(0));
        assert_eq!(server.asked(), [None]);
    }
}

#[tokio::test]
async fn stream_starts_at_the_position_of_the_request() {
    let server = Server::new(0..6, 2, Some(6));
    assert_eq!(
        all(server.stream(Style::Offset, Some(3))).await.0,
        [3, 4, 5]
    );
    assert_eq!(server.asked(), [Some(3), Some(5)]);

    // The number of items before the second page is not known, so that an empty page is the end.
    let server = Server::new(0..6, 2, Some(6));
    assert_eq!(
        all(server.stream(Style::Page, Some(2))).await.0,
        [2, 3, 4, 5]
    );
    assert_eq!(server.asked(), [Some(2), Some(3), Some(4)]);
}

#[tokio::test]
async fn stream_goes_on_at_the_same_page_after_an_error() {
    for style in [Style::Offset, Style::Page] {
        let server = Server::new(0..6, 2, Some(6));
        let mut stream = server.stream(style, None);
        server.change(|list| list.failures = 2);
        assert!(stream.next().await.is_some_and(|item| item.is_err()));
        assert!(stream.next().await.is_some_and(|item| item.is_err()));
        assert!(matches!(stream.next().await, Some(Ok(0))));
        assert!(matches!(stream.next().await, Some(Ok(1))));
        server.change(|list| list.failures = 1);
        assert_eq!(all(stream).await, ((2..6).collect(), 1));
        let asked = server.asked();
        assert_eq!(asked[..3], [None; 3]);
        assert_eq!(asked[3], asked[4]);
    }
}

#[tokio::test]
async fn stream_neither_repeats_nor_loses_items_if_the_end_or_the_cap_changes() {
    let server = Server::new(0..10, 4, Some(10));
    let mut stream = server.stream(Style::Offset, None);
    assert!(matches!(stream.next().await, Some(Ok(0))));
    server.change(|list| {
        list.cap = 3;
        list.items.push(10);
        list.total = Some(11);
    });
    let (rest, _) = all(stream).await;
    assert_eq!(rest, (1..11).collect::<Vec<_>>());

    for style in [Style::Offset, Style::Page] {
        let server = Server::new(0..8, 2, Some(8));
        let mut stream = server.stream(style, None);
        assert!(matches!(stream.next().await, Some(Ok(0))));
        server.change(|list| {
            list.items.truncate(5);
            list.total = Some(5);
        });
        let (rest, _) = all(stream).await;
        assert_eq!(rest, [1, 2, 3, 4], "{style:?}");
    }
}

#[tokio::test]
async fn stream_that_is_not_polled_sends_nothing() {
    let server = Server::new(0..4, 2, None);
    let mut stream = server.stream(Style::Offset, None);
    assert!(server.asked().is_empty());
    assert!(matches!(stream.next().await, Some(Ok(0))));
    assert_eq!(stream.size_hint(), (1, None));
    // A dropped `next` loses nothing.
    assert!(matches!(stream.next().await, Some(Ok(1))));
    {
        let next = stream.next();
        let mut next = std::pin::pin!(next);
        let mut context = Context::from_waker(std::task::Waker::noop());
        assert!(next.as_mut().poll(&mut context).is_pending());
    }
    assert!(matches!(stream.next().await, Some(Ok(2))));
    assert_eq!(server.asked(), [None, Some(2)]);
}

#[test]
fn page_whose_items_cannot_be_read_is_an_error() {
    let client = client();
    let page = |warnings: Vec<Warning>| {
        let response = ResponseValue::with_warnings(
            (vec![1], Some(7_i64)),
            StatusCode::OK,
            HeaderMap::new(),
            warnings,
        );
        page(&client, OPERATIONS[0], "data", response, |payload| payload)
    };
    let of = |path: &str| {
        Warning::new(
            path.to_owned(),
            "expected a list, found a number".to_owned(),
        )
    };
    let read = page(vec![of("payload.data[0].name")]);
    assert!(read.is_ok_and(|page| page.items == [1] && page.total == Some(7)));
    let error = page(vec![of("payload.data")])
        .map(|_| ())
        .map_err(|error| error.to_string());
    assert!(
        error
            .as_ref()
            .is_err_and(|it| it.contains("`payload.data`: expected a list")),
        "{error:?}"
    );
}

#[test]
fn position_of_a_request_is_that_of_its_parameter() {
    assert_eq!(position::<_, String>(&Ok(Some(5_i32))), Some(5));
    assert_eq!(position::<_, String>(&Ok(5_i64)), Some(5));
    assert_eq!(position::<_, String>(&Ok(None::<i64>)), None);
    assert_eq!(position::<i64, _>(&Err("`skip`: x")), None);
}

#[test]
fn stream_can_be_sent_to_another_thread_and_moved() {
    fn check<T: Send + Unpin>(_: &T) {}
    check(&Server::default().stream(Style::Offset, None));
}
