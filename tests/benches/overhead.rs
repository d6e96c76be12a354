//! What a call of the SDK costs beside the same call of a bare `reqwest`, over loopback, with the same body decoded by the
//! same code: `cargo bench -p tests --bench overhead`.
//!
//! The two are measured in turn, pair by pair, so that whatever else the machine does slows both; the medians' ratio is
//! printed at the end. Criterion's own figures come before it.
//!
//! The bare client is the one that `reqwest` gives by default; the last two lines are against one with the settings that
//! the SDK gives to its own, which does less by itself: it neither follows redirects nor repeats anything.
//!
//! On a busy machine, times say little. With `OVERHEAD=sdk` or `OVERHEAD=bare` in the environment only calls of that kind
//! are made, a thousand of each size, so that a tool that counts instructions has something to compare; `OVERHEAD_SIZE=one`
//! or `page` leaves out the other size.

#[path = "support/pairs.rs"]
mod pairs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use retab::runtime::model;
use retab::runtime::wire::Wire;
use retab::types::{Workflow, WorkflowList};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};

/// The most that the SDK may take, as a multiple of the bare call.
const MOST: f64 = 1.02;

const PAIRS: usize = 4000;

const WORKFLOW: &str = r#"{"id":"wf_1","name":"Intake","description":"Reads invoices","organization_id":"org_1","published":null,"email_trigger":null,"created_at":"2026-05-09T08:00:00Z","updated_at":"2026-05-09T08:00:00Z"}"#;

fn page() -> String {
    let all: Vec<&str> = std::iter::repeat_n(WORKFLOW, 100).collect();
    format!(r#"{{"data":[{}],"list_metadata":{{"before":null,"after":null}}}}"#, all.join(","))
}

/// A server on a thread of its own, which answers one workflow or a page of them.
fn server() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        runtime().block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
        });
    });
    url
}

async fn serve(mut stream: tokio::net::TcpStream) -> std::io::Result<()> {
    let answer = |body: &str| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\n";
        format!("{head}content-length: {}\r\n\r\n{body}", body.len())
    };
    let (one, page) = (answer(WORKFLOW), answer(&page()));
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 8192];
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        if buffer[..filled].ends_with(b"\r\n\r\n") {
            let answer = if buffer.starts_with(b"GET /v1/workflows/") { &one } else { &page };
            stream.write_all(answer.as_bytes()).await?;
            filled = 0;
        }
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The same call, by the SDK and without it.
struct Calls {
    runtime: Runtime,
    sdk: retab::Client,
    bare: reqwest::Client,
    url: String,
}

/// The settings that the SDK gives to its own client.
fn plain() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(10))
        .pool_max_idle_per_host(64)
        .build()
        .unwrap()
}

impl Calls {
    fn sdk(&self, page: bool) -> Duration {
        let begun = Instant::now();
        if page {
            black_box(self.runtime.block_on(self.sdk.workflows().list().limit(100).send()).unwrap());
        } else {
            black_box(self.runtime.block_on(self.sdk.workflows().get("wf_1").send()).unwrap());
        }
        begun.elapsed()
    }

    fn bare(&self, page: bool) -> Duration {
        let begun = Instant::now();
        if page {
            let url = format!("{}/v1/workflows?limit=100", self.url);
            black_box(self.runtime.block_on(self.fetch::<WorkflowList>(url)));
        } else {
            let url = format!("{}/v1/workflows/{}", self.url, "wf_1");
            black_box(self.runtime.block_on(self.fetch::<Workflow>(url)));
        }
        begun.elapsed()
    }

    async fn fetch<T: Wire>(&self, url: String) -> T {
        let request = self.bare.get(url).header("Api-Key", "key").header("Accept", "application/json");
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        model::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }
}

/// Calls of one kind, for whoever counts instructions.
fn only(calls: &Calls, kind: &str) {
    let size = std::env::var("OVERHEAD_SIZE").unwrap_or_default();
    for (name, page) in [("one", false), ("page", true)] {
        if size.is_empty() || size == name {
            for _ in 0..1000 {
                if kind == "sdk" {
                    calls.sdk(page)
                } else {
                    calls.bare(page)
                };
            }
        }
    }
}

fn main() {
    // `reqwest` is compiled without a provider of its own in this workspace.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = server();
    let mut calls = Calls {
        runtime: runtime(),
        sdk: retab::Client::builder().base_url(&url).api_key("key").build().unwrap(),
        bare: reqwest::Client::new(),
        url,
    };
    if let Ok(kind) = std::env::var("OVERHEAD") {
        return only(&calls, &kind);
    }
    let mut criterion = Criterion::default().measurement_time(Duration::from_secs(3)).configure_from_args();
    for (name, page) in [("one workflow", false), ("a page of a hundred", true)] {
        let mut group = criterion.benchmark_group(name);
        group.bench_function("sdk", |b| b.iter_custom(|times| (0..times).map(|_| calls.sdk(page)).sum()));
        group.bench_function("bare", |b| b.iter_custom(|times| (0..times).map(|_| calls.bare(page)).sum()));
        group.finish();
    }
    criterion.final_summary();
    compare(&calls, "bare");
    calls.bare = plain();
    compare(&calls, "bare with the settings of the SDK");
}

fn compare(calls: &Calls, with: &str) {
    for (name, page) in [("one workflow", false), ("a page of a hundred", true)] {
        let (sdk, bare) = pairs::medians(PAIRS, || calls.sdk(page), || calls.bare(page));
        let ratio = sdk / bare;
        let verdict = if ratio <= MOST { "within" } else { "ABOVE" };
        println!(
            "{name}: median of {PAIRS} pairs: sdk {sdk:.1} us, {with} {bare:.1} us, ratio {ratio:.3}, {verdict} {MOST}"
        );
    }
}
