//! What connections are made of.

use tokio::io::{AsyncRead, AsyncWrite};

/// Bytes both ways.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connection, whatever is below it.
pub(super) type Io = Box<dyn Duplex>;
