//! The runtime under a small SDK, against a server on loopback and in memory.
//!
//! These files are not copied into SDKs.

mod auth;
mod basics;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod cancel;
mod codec;
#[cfg(feature = "gzip")]
mod compressed;
mod encode;
mod failures;
mod forms;
mod hooks;
#[cfg(feature = "http2")]
mod http2;
mod injection;
mod links;
mod media;
mod memory;
mod mini;
mod mocks;
mod options;
mod pages;
mod raw;
#[cfg(feature = "record")]
mod record;
mod redirects;
mod retries;
mod retry;
mod seams;
mod secrets;
mod server;
mod sly;
mod streams;
#[cfg(feature = "rustls-no-provider")]
mod tls;
mod tokens;
#[cfg(feature = "tracing")]
mod traces;
mod urls;
mod waits;
#[cfg(feature = "webhook-signatures")]
mod webhooks;
mod wraps;
#[cfg(feature = "xml")]
mod xml;
