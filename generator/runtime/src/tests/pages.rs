//! Paging, in memory.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use super::mini::{Client, State};
use super::server::{Server, Step, json};
use crate::runtime::error::{Error, ResponseErrorKind};
use crate::runtime::prelude::*;
use crate::runtime::testing::{Canned, InMemory, Seen};

fn client(transport: &InMemory) -> Client {
    Client::builder().api_key("key-key").transport(transport.clone()).build().unwrap()
}

fn param(request: &Seen, name: &str) -> Option<String> {
    request.url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// A page of things with these numbers.
fn page(numbers: std::ops::Range<usize>, rest: &str) -> Canned {
    let things: Vec<String> = numbers.map(|number| format!(r#"{{"id":"t{number}"}}"#)).collect();
    Canned::json(200, format!(r#"{{"data":[{}]{rest}}}"#, things.join(",")))
}

/// Twenty-five things, ten at a time, by cursor.
fn cursors() -> InMemory {
    InMemory::handler(|request| {
        let from: usize =
            param(request, "after").map_or(0, |after| after.trim_start_matches("c/&").parse().unwrap());
        let to = (from + 10).min(25);
        let after = if to == 25 { "null".to_owned() } else { format!("\"c/&{to}\"") };
        page(from..to, &format!(r#","list_metadata":{{"after":{after}}}"#))
    })
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("t{number}")).collect()
}

fn paging(error: &Error) -> bool {
    matches!(error, Error::Decode(it) if it.kind() == ResponseErrorKind::Paging)
}

#[tokio::test]
async fn items_of_all_pages() {
    let transport = cursors();
    let mut items = client(&transport).things().list().limit(10).state(State::Ready).items();
    let mut told = Vec::new();
    while let Some(thing) = items.try_next().await.unwrap() {
        told.push(thing.id);
    }
    assert_eq!(told, ids(25));
    assert!(items.next().await.is_none());
    let queries: Vec<_> = transport.requests().iter().map(|it| it.url.query().unwrap().to_owned()).collect();
    assert_eq!(
        queries,
        [
            "limit=10&state=ready",
            "limit=10&state=ready&after=c%2F%2610",
            "limit=10&state=ready&after=c%2F%2620"
        ]
    );
}

#[tokio::test]
async fn pages_one_by_one() {
    let transport = cursors();
    let client = client(&transport);
    let first = client.things().list().await.unwrap();
    assert_eq!(first.data.len(), 10, "awaiting the call gives the first page");
    let mut pages = client.things().list().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.data.len());
    }
    assert_eq!(sizes, [10, 10, 5]);
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_asked_for() {
    let transport = cursors();
    let mut items = client(&transport).things().list().items();
    assert!(transport.requests().is_empty());
    for _ in 0..10 {
        items.next().await.unwrap().unwrap();
    }
    assert_eq!(transport.requests().len(), 1);
    let some = client(&transport).things().list().items().collect_up_to(12).await.unwrap();
    assert_eq!((some.len(), transport.requests().len()), (12, 3));
}

#[tokio::test]
async fn cursors_that_go_round_are_found() {
    for circle in [&["a"][..], &["a", "b"], &["a", "b", "c", "a"]] {
        let turn = Mutex::new(0);
        let circle: Vec<String> = circle.iter().map(|it| (*it).to_owned()).collect();
        let length = circle.len();
        let transport = InMemory::handler(move |_| {
            let mut turn = turn.lock().unwrap();
            let cursor = &circle[*turn % circle.len()];
            *turn += 1;
            page(0..1, &format!(r#","list_metadata":{{"after":"{cursor}"}}"#))
        });
        let mut pages = client(&transport).things().list().pages();
        let error = loop {
            match pages.next().await.unwrap() {
                Ok(_) => assert!(transport.requests().len() < 10),
                Err(error) => break error,
            }
        };
        assert!(paging(&error) && pages.next().await.is_none(), "{error}");
        assert!(transport.requests().len() <= length + 1);
    }
}

#[tokio::test]
async fn a_cursor_that_repeats_the_callers_own_is_found() {
    let transport = InMemory::handler(|_| page(0..1, r#","list_metadata":{"after":"c/1"}"#));
    let mut items = client(&transport).things().list().with_query("after", "c/1").items();
    assert!(items.next().await.unwrap().is_ok(), "what came is not lost");
    assert!(paging(&items.next().await.unwrap().unwrap_err()));
}

#[tokio::test]
async fn numbered_pages() {
    let transport = InMemory::handler(|request| {
        let number: usize = param(request, "page").map_or(0, |page| page.parse().unwrap());
        page(
            number * 10..(number * 10 + 10).min(25),
            &format!(r#","list_metadata":{{"more":{}}}"#, number < 2),
        )
    });
    let all = client(&transport).things().numbered().items().collect_up_to(100).await.unwrap();
    assert_eq!(all.into_iter().map(|thing| thing.id).collect::<Vec<_>>(), ids(25));
    let pages: Vec<_> = transport.requests().iter().map(|it| param(it, "page")).collect();
    assert_eq!(pages, [None, Some("1".to_owned()), Some("2".to_owned())]);
    let rest = client(&transport)
        .things()
        .numbered()
        .with_query("page", "1")
        .items()
        .collect_up_to(100)
        .await
        .unwrap();
    assert_eq!(rest.len(), 15, "it begins where the caller says");
}

#[tokio::test]
async fn pages_by_offset() {
    let transport = InMemory::handler(|request| {
        let from: usize = param(request, "offset").map_or(0, |page| page.parse().unwrap());
        page(from..(from + 7).min(20), "")
    });
    let all = client(&transport).things().offset().items().collect_up_to(100).await.unwrap();
    assert_eq!(all.into_iter().map(|thing| thing.id).collect::<Vec<_>>(), ids(20));
    let offsets: Vec<_> = transport.requests().iter().filter_map(|it| param(it, "offset")).collect();
    assert_eq!(offsets, ["7", "14", "20"]);
}

#[tokio::test]
async fn a_server_that_ignores_numbers_is_found() {
    let transport = InMemory::handler(|_| page(0..10, ""));
    let client = client(&transport);
    for error in [
        client.things().offset().items().collect_up_to(1000).await.unwrap_err(),
        client.things().numbered().items().collect_up_to(1000).await.unwrap_err(),
    ] {
        assert!(paging(&error), "{error}");
    }
    assert_eq!(transport.requests().len(), 4);
}

#[tokio::test]
async fn pages_by_their_last_item() {
    let transport = InMemory::handler(|request| {
        let from: usize = param(request, "after")
            .map_or(0, |after| after.trim_start_matches('t').parse::<usize>().unwrap() + 1);
        let to = (from + 10).min(25);
        page(from..to, &format!(r#","list_metadata":{{"more":{}}}"#, to < 25))
    });
    let all = client(&transport).things().last().items().collect_up_to(100).await.unwrap();
    assert_eq!((all.len(), transport.requests().len()), (25, 3));
}

#[tokio::test]
async fn pages_that_are_lists() {
    let transport = InMemory::handler(|request| match param(request, "after").as_deref() {
        None => Canned::json(200, r#"[{"id":"a"},{"id":"b"}]"#),
        Some("b") => Canned::json(200, r#"[{"id":"c"}]"#),
        Some(_) => Canned::json(200, "[]"),
    });
    let all = client(&transport).things().plain().items().collect_up_to(100).await.unwrap();
    assert_eq!((all.len(), transport.requests().len()), (3, 3));
}

#[tokio::test]
async fn more_without_a_cursor_is_an_error_rather_than_a_loss() {
    let transport = InMemory::handler(|_| page(0..0, r#","list_metadata":{"more":true}"#));
    let error = client(&transport).things().last().items().next().await.unwrap().unwrap_err();
    assert!(paging(&error), "{error}");
}

#[tokio::test]
async fn an_empty_page_is_not_the_last_where_the_server_says_that_there_is_more() {
    let sizes = [2, 0, 1, 0];
    let transport = InMemory::handler(move |request| {
        let number: usize = param(request, "page").map_or(0, |page| page.parse().unwrap());
        let rest = format!(r#","list_metadata":{{"more":{}}}"#, number + 1 < sizes.len());
        page(0..sizes[number], &rest)
    });
    let all = client(&transport).things().numbered().items().collect_up_to(100).await.unwrap();
    assert_eq!((all.len(), transport.requests().len()), (3, 4));
    // By offset there is no way past it.
    let transport = InMemory::handler(|_| page(0..0, r#","list_metadata":{"more":true}"#));
    for error in [
        client(&transport).things().offset().items().collect_up_to(100).await.unwrap_err(),
        client(&transport).things().numbered().items().collect_up_to(100).await.unwrap_err(),
    ] {
        assert!(paging(&error), "{error}");
    }
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_fails_is_retried_and_then_the_end() {
    let transport = cursors();
    transport.answer(Canned::status(503));
    let client = client(&transport);
    assert_eq!(client.things().list().items().collect_up_to(100).await.unwrap().len(), 25);
    transport.answer(page(0..1, r#","list_metadata":{"after":"c/&1"}"#)).answer(Canned::status(404));
    let mut items = client.things().list().items();
    items.next().await.unwrap().unwrap();
    assert_eq!(items.next().await.unwrap().unwrap_err().status().unwrap().as_u16(), 404);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn many_pages_cost_no_more_than_their_number() {
    let transport = InMemory::handler(|request| {
        let from: usize = param(request, "after").map_or(0, |after| after.parse().unwrap());
        let after = if from == 2000 { "null".to_owned() } else { format!("\"{}\"", from + 1) };
        page(from..from + 1, &format!(r#","list_metadata":{{"after":{after}}}"#))
    });
    let all = client(&transport).things().list().items().collect_up_to(usize::MAX).await.unwrap();
    assert_eq!(all.len(), 2001);
}

/// Seconds until all twenty-five things are read, with a second for each page on both sides.
async fn seconds(ahead: bool) -> u64 {
    let transport = InMemory::handler(|request| {
        let from: usize = param(request, "after").map_or(0, |after| after.parse().unwrap());
        let to = (from + 10).min(25);
        let after = if to == 25 { "null".to_owned() } else { format!("\"{to}\"") };
        page(from..to, &format!(r#","list_metadata":{{"after":{after}}}"#)).after(Duration::from_secs(1))
    });
    let begun = Instant::now();
    let mut items = client(&transport).things().list().items();
    if ahead {
        items = items.ahead();
    }
    let mut told = Vec::new();
    while let Some(thing) = items.try_next().await.unwrap() {
        told.push(thing.id);
        if told.len() % 10 == 0 {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
    assert_eq!(told, ids(25));
    assert_eq!(transport.requests().len(), 3);
    begun.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn the_next_page_may_be_fetched_while_one_is_used() {
    assert_eq!((seconds(false).await, seconds(true).await), (5, 3));
}

#[tokio::test]
async fn a_page_fetched_ahead_ends_with_its_stream() {
    let server = Server::start(|number, _| match number {
        0 => json(200, r#"{"data":[{"id":"a"}],"list_metadata":{"after":"b"}}"#),
        _ => vec![Step::Hang],
    })
    .await;
    let client = Client::builder().base_url(&server.url).api_key("key-key").build().unwrap();
    let mut pages = client.things().list().pages().ahead();
    pages.next().await.unwrap().unwrap();
    while server.requests().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(pages);
    drop(client);
    server.all_closed().await;
}
