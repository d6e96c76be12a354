//! Waiting, in memory, on a paused clock.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use super::mini::{Client, State};
use crate::runtime::error::Error;
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::testing::{Canned, InMemory};
use crate::runtime::wait::Wait;

fn client(transport: &InMemory) -> Client {
    Client::builder().api_key("key-key").transport(transport.clone()).build().unwrap()
}

fn state(state: &str) -> Canned {
    Canned::json(200, format!(r#"{{"id":"x","state":"{state}"}}"#))
}

#[tokio::test(start_paused = true)]
async fn waiting_until_it_is_done() {
    let transport = InMemory::new();
    transport.answer(state("busy")).answer(Canned::status(503)).answer(state("busy")).answer(state("ready"));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = seen.clone();
    let begun = Instant::now();
    let thing = client(&transport)
        .things()
        .wait("x")
        .with_progress(move |thing| notes.lock().unwrap().push(thing.state.clone()))
        .await
        .unwrap();
    assert_eq!(thing.state, Some(State::Ready));
    assert_eq!(*seen.lock().unwrap(), [Some(State::Busy), Some(State::Busy), Some(State::Ready)]);
    let elapsed = begun.elapsed();
    assert!(elapsed > Duration::from_millis(2200) && elapsed < Duration::from_millis(3500), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn waiting_has_an_end() {
    let transport = InMemory::handler(|_| state("busy"));
    let begun = Instant::now();
    let wait = client(&transport).things().wait("x").with_timeout(Duration::from_secs(60));
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "`things.get`: not finished after waiting for 60s, still `busy`; `with_timeout` changes that"
    );
    assert_eq!(begun.elapsed().as_secs(), 60);
    let asked = transport.requests().len();
    assert!((8..=12).contains(&asked), "it slows down: {asked}");
    let transport = InMemory::handler(|_| Canned::status(404));
    let policy = RetryPolicy::never();
    let client = Client::builder().api_key("key-key").retry(policy).transport(transport).build().unwrap();
    assert_eq!(client.things().wait("x").await.unwrap_err().status().unwrap().as_u16(), 404);
}

/// A server that says how things are, fails this many times, and then says that they are done.
fn restarted(failures: usize) -> InMemory {
    let transport = InMemory::new();
    transport.answer(state("busy"));
    for _ in 0..failures {
        transport.answer(Canned::status(503));
    }
    transport.answer(state("ready"));
    transport
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_restarted_does_not_end_the_waiting() {
    // Four calls with three attempts each.
    let transport = restarted(12);
    let seen = Arc::new(Mutex::new(0));
    let count = seen.clone();
    let wait = client(&transport).things().wait("x").with_progress(move |_| *count.lock().unwrap() += 1);
    assert_eq!(wait.await.unwrap().state, Some(State::Ready));
    assert_eq!((transport.requests().len(), *seen.lock().unwrap()), (14, 2));
    let mut updates = client(&restarted(12)).things().wait("x").updates();
    assert_eq!(updates.next().await.unwrap().unwrap().state, Some(State::Busy));
    assert_eq!(updates.next().await.unwrap().unwrap().state, Some(State::Ready));
    assert!(updates.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_gone_ends_the_waiting() {
    let transport = restarted(15);
    let error = client(&transport).things().wait("x").await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert_eq!((error.last().unwrap().state.as_ref(), transport.requests().len()), (Some(&State::Busy), 16));
    // At once where nothing was ever seen, or where it will not pass.
    for (first, status, requests) in [(None, 503, 3), (Some("busy"), 404, 2)] {
        let transport = InMemory::new();
        first.map(|first| transport.answer(state(first)));
        for _ in 0..9 {
            transport.answer(Canned::status(status));
        }
        let error = client(&transport).things().wait("x").await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), transport.requests().len()), (status, requests));
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_passes_over_failures_names_the_last() {
    let wait = client(&restarted(99)).things().wait("x").with_timeout(Duration::from_secs(4));
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && error.last().is_some());
    assert_eq!(
        error.to_string(),
        "`things.get`: not finished after waiting for 4s, still `busy`; `with_timeout` changes that: `things.get`: 503 \
         Service Unavailable (3 attempts)"
    );
}

#[tokio::test(start_paused = true)]
async fn the_last_value_is_there_when_the_time_is_over() {
    let transport = InMemory::new();
    transport.answer(state("busy")).answer(state("odd"));
    for _ in 0..99 {
        transport.answer(state("busy"));
    }
    let wait = client(&transport).things().wait("x").with_timeout(Duration::from_secs(2));
    let error = wait.await.unwrap_err();
    assert_eq!(error.last().unwrap().state.as_ref().unwrap().as_str(), "odd");
    assert!(error.is_timeout(), "the error behind it can be asked");
    let (error, last) = error.into_parts();
    assert!(error.is_timeout() && last.is_some());
    async fn asked(client: &Client) -> Result<(), Error> {
        client.things().wait("x").with_timeout(Duration::ZERO).await?;
        Ok(())
    }
    assert!(asked(&client(&transport)).await.unwrap_err().is_timeout(), "`?` makes it an error like others");
}

#[tokio::test(start_paused = true)]
async fn the_values_on_the_way_are_a_stream() {
    let transport = InMemory::new();
    transport.answer(state("busy")).answer(state("busy")).answer(state("ready"));
    let mut updates = client(&transport).things().wait("x").updates();
    let mut seen = Vec::new();
    while let Some(thing) = updates.try_next().await.unwrap() {
        seen.push(thing.state.unwrap());
    }
    assert_eq!(seen, [State::Busy, State::Busy, State::Ready]);
    assert!(updates.next().await.is_none());
    transport.answer(state("busy")).answer(Canned::status(404));
    let mut updates = client(&transport).things().wait("x").updates();
    assert!(updates.next().await.unwrap().is_ok());
    assert_eq!(updates.next().await.unwrap().unwrap_err().status().unwrap().as_u16(), 404);
    assert!(updates.next().await.is_none(), "after an error there is nothing more");
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_asked_in_pieces_loses_nothing() {
    let transport = InMemory::new();
    transport.answer(state("busy")).answer(state("ready"));
    let mut updates = client(&transport).things().wait("x").updates();
    assert!(updates.next().await.unwrap().is_ok());
    for _ in 0..5 {
        // Dropping the future that asks is not dropping the stream.
        let soon = tokio::time::timeout(Duration::from_millis(100), updates.next());
        assert!(soon.await.is_err());
    }
    assert_eq!(updates.next().await.unwrap().unwrap().state, Some(State::Ready));
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn dropping_ends_the_waiting() {
    let transport = InMemory::handler(|_| state("busy"));
    let wait = client(&transport).things().wait("x").into_future();
    assert!(tokio::time::timeout(Duration::from_secs(5), wait).await.is_err());
    let asked = transport.requests().len();
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(transport.requests().len(), asked);
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_to_the_longest() {
    let transport = InMemory::new();
    for _ in 0..9 {
        transport.answer(state("busy"));
    }
    transport.answer(state("ready"));
    let begun = Instant::now();
    let (first, longest) = (Duration::from_secs(10), Duration::from_secs(20));
    client(&transport).things().wait("x").with_interval(first, longest).await.unwrap();
    // 10 + 15 + 7 × 20, each a tenth more or less.
    let elapsed = begun.elapsed().as_secs_f64();
    assert!((148.0..182.0).contains(&elapsed), "{elapsed}");
}

#[tokio::test(start_paused = true)]
async fn any_condition_will_do() {
    let transport = InMemory::new();
    transport.answer(state("busy")).answer(state("odd"));
    let call = client(&transport).things().get("x").with_header("X-Any", "1");
    let thing = Wait::new(call, |thing| thing.state != Some(State::Busy)).await.unwrap();
    assert_eq!(thing.state.unwrap().as_str(), "odd");
    assert!(transport.requests().iter().all(|request| request.headers.contains_key("x-any")));
}
