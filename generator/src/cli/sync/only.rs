//! Keeps a second run from starting while one is at work.

use std::fs::{File, TryLockError};

use crate::cli::Failure;
use crate::cli::home::Place;

/// Holds the configuration locked; the system releases it however the run ends.
pub(super) struct Only {
    _file: Option<File>,
}

impl Only {
    /// Locks the configuration, unless nothing will be written.
    pub(super) fn new(config: &Place, is_dry: bool) -> Result<Self, Failure> {
        if is_dry {
            return Ok(Self { _file: None });
        }
        let cannot = |error: std::io::Error| Failure::new(format!("cannot lock `{}`: {error}", config.label));
        let file = File::open(&config.path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => {
                Err(Failure::new(format!("another run of `sync` is at work on `{}`", config.label))
                    .help("wait until it is done; two at once would release twice"))
            }
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        }
    }
}
