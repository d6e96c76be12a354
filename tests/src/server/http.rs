//! HTTP/1.1 as much of it as a test server needs: requests with a length or in chunks, answers as given bytes.

use super::answer::Part;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// Method in capitals.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// Header fields in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The cookies by name, as sent.
    pub fn cookies(&self) -> Vec<(String, String)> {
        let lines = self.headers.iter().filter(|(name, _)| name == "cookie");
        lines
            .flat_map(|(_, value)| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

/// A connection with what was read of it too early.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// No head and no chunk line is longer.
const MAX_LINE: usize = 256 * 1024;

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The next request; `None` when the other side has ended the connection.
    pub(super) async fn read(&mut self) -> io::Result<Option<Request>> {
        let Some(head) = self.until(b"\r\n\r\n").await? else { return Ok(None) };
        let head = String::from_utf8_lossy(&head).into_owned();
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target)) = (first.next(), first.next()) else {
            return Err(io::Error::other("no request line"));
        };
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut request =
            Request { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() };
        if request.header("expect").is_some() {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        if request.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
            request.body = self.chunks().await?;
        } else if let Some(length) = request.header("content-length") {
            let length = length.parse().map_err(io::Error::other)?;
            request.body = self.exactly(length).await?;
        }
        Ok(Some(request))
    }

    /// Sends an answer part by part.
    pub(super) async fn write(&mut self, parts: Vec<Part>) -> io::Result<()> {
        for part in parts {
            match part {
                Part::Bytes(bytes) => {
                    self.stream.write_all(&bytes).await?;
                    self.stream.flush().await?;
                }
                Part::Pause(time) => tokio::time::sleep(time).await,
                Part::Reset => {
                    // Closing with this set sends RST instead of FIN.
                    self.stream.set_zero_linger()?;
                    return Err(io::ErrorKind::ConnectionReset.into());
                }
                Part::Close => return self.stream.shutdown().await,
            }
        }
        Ok(())
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.until(b"\r\n").await?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let line = String::from_utf8_lossy(&line).into_owned();
            let size = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16).map_err(io::Error::other)?;
            body.extend(self.exactly(size).await?);
            self.until(b"\r\n").await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    /// Reads up to a mark, which is taken away; `None` at the end of the stream.
    async fn until(&mut self, mark: &[u8]) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(at) = self.buffer.windows(mark.len()).position(|window| window == mark) {
                let rest = self.buffer.split_off(at + mark.len());
                let mut found = std::mem::replace(&mut self.buffer, rest);
                found.truncate(at);
                return Ok(Some(found));
            }
            if self.buffer.len() > MAX_LINE || !self.more().await? {
                return Ok(None);
            }
        }
    }

    async fn exactly(&mut self, count: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < count {
            if !self.more().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let rest = self.buffer.split_off(count);
        Ok(std::mem::replace(&mut self.buffer, rest))
    }

    async fn more(&mut self) -> io::Result<bool> {
        let mut chunk = [0; 16 * 1024];
        let count = self.stream.read(&mut chunk).await?;
        self.buffer.extend_from_slice(&chunk[..count]);
        Ok(count > 0)
    }
}
