//! Clock and timers: those of `tokio`, and in a browser, where there are none, those of the browser.

#[cfg(target_family = "wasm")]
mod browser;

use std::time::SystemTime;

#[cfg(not(target_family = "wasm"))]
pub(crate) use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};

#[cfg(target_family = "wasm")]
pub(crate) use browser::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};

/// The time of day.
pub(crate) fn now() -> SystemTime {
    #[cfg(not(target_family = "wasm"))]
    return SystemTime::now();
    #[cfg(target_family = "wasm")]
    return browser::now();
}
