//! The runtime under a small SDK, against a server on loopback and in memory.
//!
//! These files are not copied into SDKs.

mod auth;
mod basics;
mod bodies;
mod failures;
mod mini;
mod pages;
mod retries;
mod secrets;
mod server;
mod streams;
