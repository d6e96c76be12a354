//! A server on loopback that does what a test tells it, good or bad.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub(super) struct Received {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Received {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What the server does with a connection.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Write(Vec<u8>),
    Pause(Duration),
    /// Waits until the client closes the connection.
    Hang,
    /// Closes the connection.
    Close,
    /// Ends the connection with a reset.
    Reset,
}

/// Bytes as they go out.
pub(super) fn raw(text: impl Into<Vec<u8>>) -> Step {
    Step::Write(text.into())
}

/// A whole response.
pub(super) fn response(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let mut out =
        format!("HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\n\r\n", body.len()).into_bytes();
    out.extend_from_slice(body);
    vec![Step::Write(out)]
}

pub(super) fn json(status: u16, body: &str) -> Vec<Step> {
    response(status, "content-type: application/json\r\n", body)
}

pub(super) struct Server {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Received>>>,
    open: Arc<AtomicUsize>,
    accepted: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Handler = Arc<dyn Fn(usize, &Received) -> Vec<Step> + Send + Sync>;

impl Server {
    /// Starts a server; the handler gets the number of the request, from 0.
    pub(super) async fn start(
        handler: impl Fn(usize, &Received) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (seen, open, accepted) = (Arc::default(), Arc::default(), Arc::default());
        let server = Connections {
            handler: Arc::new(handler),
            seen: Arc::clone(&seen),
            open: Arc::clone(&open),
            count: Arc::default(),
        };
        let counter = Arc::clone(&accepted);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                AtomicUsize::fetch_add(&counter, 1, Ordering::SeqCst);
                let server = server.clone();
                tokio::spawn(async move {
                    server.open.fetch_add(1, Ordering::SeqCst);
                    let _ = server.serve(stream).await;
                    server.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { url, seen, open, accepted, task }
    }

    pub(super) fn requests(&self) -> Vec<Received> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn one(&self) -> Received {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }

    /// Connections accepted so far.
    pub(super) fn connections(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// Waits until no connection is open.
    pub(super) async fn all_closed(&self) {
        self.left_open(0).await;
    }

    /// Waits until only so many connections are open.
    pub(super) async fn left_open(&self, connections: usize) {
        for _ in 0..200 {
            if self.open.load(Ordering::SeqCst) == connections {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} connections are open, not {connections}", self.open.load(Ordering::SeqCst));
    }
}

#[derive(Clone)]
struct Connections {
    handler: Handler,
    seen: Arc<Mutex<Vec<Received>>>,
    open: Arc<AtomicUsize>,
    count: Arc<AtomicUsize>,
}

impl Connections {
    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        while let Some(request) = receive(&mut stream).await? {
            self.seen.lock().unwrap().push(request.clone());
            let number = self.count.fetch_add(1, Ordering::SeqCst);
            for step in (self.handler)(number, &request) {
                match step {
                    Step::Write(bytes) => {
                        stream.get_mut().write_all(&bytes).await?;
                        stream.get_mut().flush().await?;
                    }
                    Step::Pause(time) => tokio::time::sleep(time).await,
                    Step::Hang => {
                        let mut rest = Vec::new();
                        stream.read_to_end(&mut rest).await?;
                        return Ok(());
                    }
                    Step::Close => return Ok(()),
                    Step::Reset => {
                        stream.get_mut().set_zero_linger()?;
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }
}

async fn receive(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Received>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let mut request = Received {
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        ..Received::default()
    };
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if request.header("transfer-encoding") == "chunked" {
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await?;
            let length = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
            let mut chunk = vec![0; length + 2];
            stream.read_exact(&mut chunk).await?;
            if length == 0 {
                break;
            }
            request.body.extend_from_slice(&chunk[..length]);
        }
    } else {
        let length = request.header("content-length").parse().unwrap_or(0);
        request.body = vec![0; length];
        stream.read_exact(&mut request.body).await?;
    }
    Ok(Some(request))
}
