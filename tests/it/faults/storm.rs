//! Ten thousand calls, many at a time, one request in ten of which meets a fault: each call ends with a value or with an
//! error of a known kind, none is lost, none is sent twice that must not be, and the memory does not grow.
//!
//! `cargo test -p tests --test it faults::storm -- --nocapture` shows the counts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use retab::Client;
use retab::prelude::*;
use retab::runtime::error::Error;
use retab::types::{CreateWorkflowRequest, GenerateSchemaRequest};

use super::server::{Act, Request, Server, answer, json, send};

const CALLS: usize = 10_000;
const AT_A_TIME: usize = 256;
const SEED: u64 = 0x5eed_2026;

/// Set in the process that is there for nothing else, so that its memory is that of the calls.
const CHILD: &str = "SDK_TESTS_STORM";

/// What the server does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    None,
    ResetBefore,
    CloseBefore,
    CutHeaders,
    CutBody,
    ResetBody,
    BrokenChunk,
    Stall,
    Slow,
    Unavailable,
    TooMany,
    BrokenError,
    Page,
    NoJson,
    CloseAfter,
}

const FAULTS: [Fault; 14] = [
    Fault::ResetBefore,
    Fault::CloseBefore,
    Fault::CutHeaders,
    Fault::CutBody,
    Fault::ResetBody,
    Fault::BrokenChunk,
    Fault::Stall,
    Fault::Slow,
    Fault::Unavailable,
    Fault::TooMany,
    Fault::BrokenError,
    Fault::Page,
    Fault::NoJson,
    Fault::CloseAfter,
];

/// A number that looks random and is the same each time.
fn scatter(call: usize, arrival: u32) -> u64 {
    let mut bits = SEED ^ ((call as u64) << 20) ^ u64::from(arrival);
    for _ in 0..3 {
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits ^= bits >> 27;
    }
    bits
}

/// The fault that meets the given arrival of a call.
fn fault(call: usize, arrival: u32) -> Fault {
    let bits = scatter(call, arrival);
    if !bits.is_multiple_of(10) { Fault::None } else { FAULTS[(bits / 10) as usize % FAULTS.len()] }
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Read,
    /// Must be sent once.
    Write,
    /// May be sent again, since it has a key.
    Keyed,
}

fn kind(call: usize) -> Kind {
    match call % 4 {
        0 | 1 => Kind::Read,
        2 => Kind::Write,
        _ => Kind::Keyed,
    }
}

fn body(call: usize) -> String {
    super::WORKFLOW.replace("wf_1", &format!("call-{call}"))
}

fn acts(fault: Fault, call: usize) -> Vec<Act> {
    let body = body(call);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let half = format!("{head}{}", &body[..body.len() / 2]);
    match fault {
        Fault::None => json(200, &body),
        Fault::ResetBefore => vec![Act::Reset],
        Fault::CloseBefore => vec![Act::Close],
        Fault::CutHeaders => vec![send("HTTP/1.1 200 OK\r\ncontent-"), Act::Close],
        Fault::CutBody => vec![send(half), Act::Close],
        Fault::ResetBody => vec![send(half), Act::Pause(Duration::from_millis(2)), Act::Reset],
        Fault::BrokenChunk => {
            vec![
                send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{\"id\r\noops\r\n"),
                Act::Close,
            ]
        }
        Fault::Stall => vec![Act::Hang],
        Fault::Slow => vec![send(half), Act::Pause(Duration::from_millis(40)), send(&body[body.len() / 2..])],
        Fault::Unavailable => answer(503, "", "try again"),
        Fault::TooMany => answer(429, "retry-after-ms: 5\r\n", "slow down"),
        Fault::BrokenError => vec![send("HTTP/1.1 500 X\r\ncontent-length: 99\r\n\r\nbroken"), Act::Close],
        Fault::Page => answer(200, "content-type: text/html\r\n", "<html>a proxy</html>"),
        Fault::NoJson => json(200, &body[..body.len() - 1]),
        Fault::CloseAfter => [json(200, &body), vec![Act::Close]].concat(),
    }
}

/// What the server knows.
struct Book {
    arrivals: Vec<AtomicU32>,
    faults: Mutex<BTreeMap<Fault, usize>>,
    keys: Mutex<HashMap<usize, String>>,
    /// Arrivals of a call with another key than before.
    strays: AtomicUsize,
}

impl Book {
    fn enter(&self, request: &Request) -> Vec<Act> {
        let call: usize = request.header("x-call").parse().unwrap();
        let key = request.header("idempotency-key");
        assert_eq!(kind(call) == Kind::Keyed, !key.is_empty(), "a key where one belongs");
        if !key.is_empty() {
            let mut keys = self.keys.lock().unwrap();
            if keys.entry(call).or_insert_with(|| key.to_owned()) != key {
                self.strays.fetch_add(1, SeqCst);
            }
        }
        let fault = fault(call, self.arrivals[call].fetch_add(1, SeqCst));
        *self.faults.lock().unwrap().entry(fault).or_default() += 1;
        acts(fault, call)
    }
}

async fn call(client: &Client, call: usize) -> Result<String, Error> {
    let (name, value) = ("X-Call", call.to_string());
    match kind(call) {
        Kind::Read => client.workflows().get("w").with_header(name, value).await.map(|it| it.id),
        Kind::Write => {
            let body = CreateWorkflowRequest::new();
            client.workflows().create(body).with_header(name, value).await.map(|it| it.id)
        }
        Kind::Keyed => {
            let body = GenerateSchemaRequest::new(Vec::<retab::types::MimeData>::new());
            let answer = client.schemas().generate(body).with_header(name, value).await?;
            Ok(answer["id"].as_str().unwrap_or_default().to_owned())
        }
    }
}

/// Kibibytes of memory this process has in use; nothing where the system does not say.
fn memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// How each call ended, and the memory after each thousand of them.
async fn storm(client: &Client) -> (Vec<Result<String, Error>>, Vec<usize>) {
    let next = Arc::new(AtomicUsize::new(0));
    let (ended, mut results) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..AT_A_TIME {
        let (client, next, ended) = (client.clone(), next.clone(), ended.clone());
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, SeqCst);
                if number >= CALLS {
                    return;
                }
                let result = call(&client, number).await;
                ended.send((number, result)).unwrap();
            }
        });
    }
    drop(ended);
    let mut all: Vec<Option<Result<String, Error>>> = (0..CALLS).map(|_| None).collect();
    let mut sizes = Vec::new();
    let mut count = 0;
    while let Some((number, result)) = results.recv().await {
        assert!(all[number].replace(result).is_none(), "call {number} ended twice");
        count += 1;
        if count % 1000 == 0 {
            sizes.extend(memory());
        }
    }
    (all.into_iter().map(|result| result.expect("no call is lost")).collect(), sizes)
}

fn name(result: &Result<String, Error>) -> String {
    match result {
        Ok(_) => "a value".to_owned(),
        Err(Error::Api(error)) => format!("api error {}", error.status().as_u16()),
        Err(Error::Transport(error)) => format!("transport error {:?}", error.kind()),
        Err(Error::Decode(error)) => format!("decode error {:?}", error.kind()),
        Err(other) => format!("unexpected: {other}"),
    }
}

#[test]
fn ten_thousand_calls_are_accounted_for() {
    if std::env::var_os(CHILD).is_none() {
        let this = std::env::current_exe().unwrap();
        let only = ["faults::storm::ten_thousand_calls_are_accounted_for", "--exact", "--nocapture"];
        let output = std::process::Command::new(this).args(only).env(CHILD, "1").output().unwrap();
        print!("{}", String::from_utf8_lossy(&output.stdout));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let whole =
        async { tokio::time::timeout(Duration::from_secs(240), run()).await.expect("it ends in time") };
    runtime.block_on(whole);
}

async fn run() {
    let book = Arc::new(Book {
        arrivals: (0..CALLS).map(|_| AtomicU32::new(0)).collect(),
        faults: Mutex::default(),
        keys: Mutex::default(),
        strays: AtomicUsize::new(0),
    });
    let ledger = book.clone();
    // Some connections do not even come into being.
    let door = |number| if number % 10 == 9 { vec![Act::Reset] } else { Vec::new() };
    let server = Server::forgetful(door, move |_, request| ledger.enter(request)).await;
    let client = super::builder(&server.url)
        .attempt_timeout(Duration::from_secs(4))
        .max_idle_connections(AT_A_TIME)
        .build()
        .unwrap();
    let begun = Instant::now();
    let (results, sizes) = storm(&client).await;
    let elapsed = begun.elapsed();
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for result in &results {
        *ends.entry(name(result)).or_default() += 1;
    }
    let requests = server.requests();
    println!(
        "{CALLS} calls, {AT_A_TIME} at a time, in {elapsed:.1?}: {requests} requests over {} connections",
        server.connections()
    );
    println!("met: {:?}", book.faults.lock().unwrap());
    println!("ended with: {ends:?}");
    println!("KiB in use after each thousand: {sizes:?}");
    check(&book, &results);
    assert_eq!(ends.values().sum::<usize>(), CALLS);
    assert!(ends.keys().all(|end| !end.starts_with("unexpected")), "{ends:?}");
    let injected: usize =
        book.faults.lock().unwrap().iter().filter(|it| *it.0 != Fault::None).map(|it| it.1).sum();
    assert!(injected * 100 / requests >= 8, "{injected} faults in {requests} requests");
    if let (Some(early), Some(late)) = (sizes.get(2), sizes.last()) {
        assert!(late.saturating_sub(*early) < 16 << 10, "the memory grew from {early} to {late} KiB");
    }
}

/// Holds what the server counted against what the calls said.
fn check(book: &Book, results: &[Result<String, Error>]) {
    let mut repeated = 0;
    for (call, result) in results.iter().enumerate() {
        let arrivals = book.arrivals[call].load(SeqCst);
        let most = if kind(call) == Kind::Write { 1 } else { 3 };
        assert!(arrivals <= most, "call {call} ({:?}) arrived {arrivals} times", kind(call));
        repeated += usize::from(arrivals > 1);
        match result {
            Ok(id) => assert!(arrivals > 0 && *id == format!("call-{call}"), "call {call} got `{id}`"),
            // Without a fault at the door, an error has a fault as its cause.
            Err(error) if arrivals == most => {
                let met = fault(call, arrivals - 1);
                let harmless = matches!(met, Fault::None | Fault::Slow | Fault::CloseAfter);
                assert!(!harmless, "call {call} met {met:?} and ended with {error}");
            }
            Err(error) => assert!(error.as_api().is_none_or(|_| arrivals > 0), "call {call}: {error}"),
        }
    }
    let keys = book.keys.lock().unwrap();
    let different: HashSet<&String> = keys.values().collect();
    assert_eq!((different.len(), book.strays.load(SeqCst)), (keys.len(), 0), "one key for each call");
    println!(
        "{repeated} calls were sent again, all of them safe to repeat; {} keys, none used for two calls",
        keys.len()
    );
}
