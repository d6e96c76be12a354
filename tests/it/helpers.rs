//! The helpers are tested too. Their tests stand here because the library is compiled without its own test mode: it mounts the
//! runtime, whose unit tests are run where it lives.

#[cfg(feature = "mounted")]
mod conform;
mod document;
mod forms;
mod judge;
mod made;
mod mutate;
mod pattern;
mod percent;
mod requests;
mod same;
mod server;
mod synth;
mod xml;
