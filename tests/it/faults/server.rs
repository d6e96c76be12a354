//! A server on loopback that misbehaves as it is told, and counts what it sees.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// What the server does with a connection, one after the other.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Send(Vec<u8>),
    /// Sends a byte at a time, with this pause before each.
    Drip(Vec<u8>, Duration),
    /// Sends this again and again until the other side goes away.
    Flood(Vec<u8>),
    Pause(Duration),
    /// Waits until the other side goes away.
    Hang,
    /// Ends its own side and goes on listening.
    Half,
    Close,
    Reset,
}

pub(super) fn send(bytes: impl Into<Vec<u8>>) -> Act {
    Act::Send(bytes.into())
}

/// A whole answer. The headers end in a line break each.
pub(super) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<Act> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\n\r\n", body.len());
    vec![Act::Send([head.as_bytes(), body].concat())]
}

pub(super) fn json(status: u16, body: &str) -> Vec<Act> {
    answer(status, "content-type: application/json\r\n", body)
}

/// What becomes of a connection before its first request.
type Door = Box<dyn Fn(usize) -> Vec<Act> + Send + Sync>;
type Script = Box<dyn Fn(usize, &Request) -> Vec<Act> + Send + Sync>;

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    open: AtomicUsize,
    requests: AtomicUsize,
    sent: AtomicU64,
}

struct State {
    door: Door,
    script: Script,
    keep: bool,
    seen: Mutex<Vec<Request>>,
    counts: Counts,
}

pub(super) struct Server {
    pub(super) url: String,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// A server that does this to each request, whose number it is given.
    pub(super) async fn start(script: impl Fn(usize, &Request) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self::with(Box::new(|_| Vec::new()), Box::new(script), true).await
    }

    /// A server that does the same to each request.
    pub(super) async fn always(acts: Vec<Act>) -> Self {
        Self::start(move |_, _| acts.clone()).await
    }

    /// A server that does this to each connection, before it reads anything.
    pub(super) async fn at_the_door(door: impl Fn(usize) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self::with(Box::new(door), Box::new(|_, _| json(200, "{}")), true).await
    }

    /// A server that remembers no requests, so that there may be many.
    pub(super) async fn forgetful(
        door: impl Fn(usize) -> Vec<Act> + Send + Sync + 'static,
        script: impl Fn(usize, &Request) -> Vec<Act> + Send + Sync + 'static,
    ) -> Self {
        Self::with(Box::new(door), Box::new(script), false).await
    }

    async fn with(door: Door, script: Script, keep: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State { door, script, keep, seen: Mutex::default(), counts: Counts::default() });
        let shared = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                let number = state.counts.connections.fetch_add(1, SeqCst);
                state.counts.open.fetch_add(1, SeqCst);
                tokio::spawn(async move {
                    // That the other side went away is no failure of the server.
                    let _ = state.serve(stream, number).await;
                    state.counts.open.fetch_sub(1, SeqCst);
                });
            }
        });
        Self { url, state, task }
    }

    /// All requests so far.
    pub(super) fn seen(&self) -> Vec<Request> {
        self.state.seen.lock().unwrap().clone()
    }

    /// How many requests there were.
    pub(super) fn requests(&self) -> usize {
        self.state.counts.requests.load(SeqCst)
    }

    pub(super) fn connections(&self) -> usize {
        self.state.counts.connections.load(SeqCst)
    }

    /// Bytes that went out.
    pub(super) fn sent(&self) -> u64 {
        self.state.counts.sent.load(SeqCst)
    }

    /// Waits until no connection is open; panics when that takes too long.
    pub(super) async fn deserted(&self) {
        let open = || self.state.counts.open.load(SeqCst);
        for _ in 0..1000 {
            if open() == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} connections are still open", open());
    }
}

impl State {
    async fn serve(&self, stream: TcpStream, number: usize) -> std::io::Result<()> {
        // Small answers must not wait for those before them.
        stream.set_nodelay(true)?;
        let mut stream = BufReader::new(stream);
        if self.act(&mut stream, (self.door)(number)).await? {
            return Ok(());
        }
        while let Some(request) = receive(&mut stream).await? {
            let number = self.counts.requests.fetch_add(1, SeqCst);
            let acts = (self.script)(number, &request);
            if self.keep {
                self.seen.lock().unwrap().push(request);
            }
            if self.act(&mut stream, acts).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Says whether that was the end of the connection.
    async fn act(&self, stream: &mut BufReader<TcpStream>, acts: Vec<Act>) -> std::io::Result<bool> {
        for act in acts {
            match act {
                Act::Send(bytes) => self.write(stream, &bytes).await?,
                Act::Drip(bytes, pause) => {
                    for byte in bytes {
                        tokio::time::sleep(pause).await;
                        self.write(stream, &[byte]).await?;
                    }
                }
                Act::Flood(bytes) => loop {
                    self.write(stream, &bytes).await?;
                },
                Act::Pause(time) => tokio::time::sleep(time).await,
                Act::Hang => {
                    tokio::io::copy(stream, &mut tokio::io::sink()).await?;
                    return Ok(true);
                }
                Act::Half => stream.get_mut().shutdown().await?,
                Act::Close => return Ok(true),
                Act::Reset => {
                    stream.get_mut().set_zero_linger()?;
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    async fn write(&self, stream: &mut BufReader<TcpStream>, bytes: &[u8]) -> std::io::Result<()> {
        stream.get_mut().write_all(bytes).await?;
        self.counts.sent.fetch_add(bytes.len() as u64, SeqCst);
        Ok(())
    }
}

async fn receive(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut request = Request { method, target, ..Request::default() };
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if request.header("transfer-encoding") != "chunked" {
        request.body = vec![0; request.header("content-length").parse().unwrap_or(0)];
        stream.read_exact(&mut request.body).await?;
        return Ok(Some(request));
    }
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let length = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk).await?;
        if length == 0 {
            return Ok(Some(request));
        }
        request.body.extend_from_slice(&chunk[..length]);
    }
}
