//! What is the same for each generated SDK: the codec of models and the machinery of calls.
//!
//! Emitted code is types and routes; everything that happens, happens here. Pure parts ([`encode`], [`retry`], the
//! redirects and pages) are functions of values, [`transport`] is the only way out, and one loop sends every call.

pub mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod body;
pub mod call;
pub mod client;
pub mod encode;
pub mod encoding;
pub mod error;
pub mod future;
pub mod hook;
pub mod macros;
pub mod model;
pub mod names;
pub mod page;
pub mod prelude;
#[cfg(all(feature = "record", not(target_family = "wasm")))]
pub mod record;
pub mod request;
pub mod retry;
pub mod route;
pub mod stream;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod transport;
pub mod wait;
#[cfg(feature = "webhook-signatures")]
pub mod webhooks;
pub mod wire;
#[cfg(feature = "xml")]
pub mod xml;

mod clock;
mod head;
mod limit;
mod random;
mod rate;
mod redact;
mod reply;
mod scheme;
mod send;
mod trace;
mod upload;
mod url;
