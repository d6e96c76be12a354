//! Connections: by TCP, through a proxy where there is one, with TLS where the URL says so.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
use hyper_util::client::legacy::connect::{self, Connected, HttpConnector};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use tower_service::Service;

use super::super::future::{BoxError, BoxFuture};
use super::io::Io;
use super::proxy::Proxies;
use super::tls::Tls;

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector(Arc<Inner>);

struct Inner {
    tcp: HttpConnector,
    proxies: Arc<Proxies>,
    tls: Tls,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(proxies: Arc<Proxies>, tls: Tls, limit: Duration) -> Self {
        const ALIVE: Duration = Duration::from_secs(15);
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(limit));
        // A server that is gone is noticed, also while nothing is sent.
        tcp.set_keepalive(Some(ALIVE));
        tcp.set_keepalive_interval(Some(ALIVE));
        tcp.set_keepalive_retries(Some(3));
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        tcp.set_tcp_user_timeout(Some(ALIVE * 2));
        Self(Arc::new(Inner { tcp, proxies, tls, limit }))
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Connection, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let inner = self.0.clone();
        Box::pin(async move { tokio::time::timeout(inner.limit, connect(&inner, to)).await? })
    }
}

async fn connect(inner: &Arc<Inner>, to: Uri) -> Result<Connection, BoxError> {
    let encrypted = to.scheme() == Some(&Scheme::HTTPS);
    let Some(proxy) = inner.proxies.on_way(&to) else {
        let io = inner.tcp(to.clone()).await?;
        return if encrypted { inner.encrypted(io, &to).await } else { Ok(Connection::plain(io)) };
    };
    if let Some(io) = by_socks(inner, &proxy, &to).await? {
        return if encrypted { inner.encrypted(io, &to).await } else { Ok(Connection::plain(io)) };
    }
    let mut way = ToProxy(inner.clone());
    if !encrypted {
        let io = way.call(proxy.uri().clone()).await?;
        return Ok(Connection { io, h2: false, proxied: true });
    }
    let mut tunnel = Tunnel::new(proxy.uri().clone(), way);
    if let Some(credentials) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(credentials.clone());
    }
    let io = tunnel.call(to.clone()).await?;
    inner.encrypted(Box::new(TokioIo::new(io)), &to).await
}

/// A connection by a proxy that speaks SOCKS, if it is one.
async fn by_socks(inner: &Arc<Inner>, proxy: &Intercept, to: &Uri) -> Result<Option<Io>, BoxError> {
    let (uri, way) = (proxy.uri().clone(), ToProxy(inner.clone()));
    let to = &with_port(to)?;
    let io = match uri.scheme_str() {
        Some(scheme @ ("socks5" | "socks5h")) => {
            let mut socks = SocksV5::new(uri.clone(), way).local_dns(scheme == "socks5");
            if let Some((user, password)) = proxy.raw_auth() {
                socks = socks.with_auth(user.to_owned(), password.to_owned());
            }
            socks.call(to.clone()).await?
        }
        Some(scheme @ ("socks4" | "socks4a")) => {
            SocksV4::new(uri.clone(), way).local_dns(scheme == "socks4").call(to.clone()).await?
        }
        _ => return Ok(None),
    };
    Ok(Some(Box::new(TokioIo::new(io))))
}

impl Inner {
    async fn tcp(&self, to: Uri) -> Result<Io, BoxError> {
        Ok(Box::new(self.tcp.clone().call(to).await?.into_inner()))
    }

    async fn encrypted(&self, io: Io, to: &Uri) -> Result<Connection, BoxError> {
        let (io, h2) = self.tls.wrap(io, host(to), true).await?;
        Ok(Connection { io: TokioIo::new(io), h2, proxied: false })
    }
}

/// The URL with its port, which is taken for that of TLS where it is not named.
fn with_port(to: &Uri) -> Result<Uri, http::Error> {
    if to.port().is_some() || to.scheme() != Some(&Scheme::HTTP) {
        return Ok(to.clone());
    }
    let authority = format!("{}:80", to.host().unwrap_or_default());
    Uri::builder().scheme(Scheme::HTTP).authority(authority).path_and_query("/").build()
}

/// The host of a URL, without the brackets of an IPv6 address.
fn host(of: &Uri) -> &str {
    of.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

/// Makes connections to a proxy, which may be asked over TLS, too.
#[derive(Clone)]
struct ToProxy(Arc<Inner>);

impl Service<Uri> for ToProxy {
    type Response = TokioIo<Io>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<TokioIo<Io>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let inner = self.0.clone();
        Box::pin(async move {
            let io = inner.tcp(to.clone()).await?;
            if to.scheme() != Some(&Scheme::HTTPS) {
                return Ok(TokioIo::new(io));
            }
            let (io, _) = inner.tls.wrap(io, host(&to), false).await?;
            Ok(TokioIo::new(io))
        })
    }
}

/// A connection, and what was agreed on.
pub(super) struct Connection {
    io: TokioIo<Io>,
    /// The server has chosen HTTP/2.
    h2: bool,
    /// A proxy reads the requests, and has to know the host of each.
    proxied: bool,
}

impl Connection {
    fn plain(io: Io) -> Self {
        Self { io: TokioIo::new(io), h2: false, proxied: false }
    }
}

impl connect::Connection for Connection {
    fn connected(&self) -> Connected {
        let connected = Connected::new().proxy(self.proxied);
        if self.h2 { connected.negotiated_h2() } else { connected }
    }
}

impl Read for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(context, buffer)
    }
}

impl Write for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        all: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(context, all)
    }
}
