//! The runtime of generated SDKs, compiled and tested by itself.
//!
//! Everything is in [`runtime`], whose files are copied byte for byte into each SDK.

pub mod runtime;

// Outside of `runtime`, so that they are not copied into the SDKs.
#[cfg(test)]
mod tests;
