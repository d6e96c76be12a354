//! Calls that go on while nobody waits for them.

use super::super::reply::Replying;

/// Sends a call on a task of its own, which ends when what is returned is dropped.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn ahead(reply: Replying) -> Replying {
    use super::super::error::{TransportError, TransportErrorKind};

    struct Task<T>(tokio::task::JoinHandle<T>);

    impl<T> Drop for Task<T> {
        fn drop(&mut self) {
            self.0.abort();
        }
    }

    let mut task = Task(tokio::spawn(reply));
    Box::pin(async move {
        match (&mut task.0).await {
            Ok(outcome) => outcome,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(error) => {
                Err(TransportError::new(TransportErrorKind::Other, "the task of the call ended early")
                    .with_source(error)
                    .into())
            }
        }
    })
}

/// There is one thread, so the call goes on when somebody waits for it.
#[cfg(target_family = "wasm")]
pub(crate) fn ahead(reply: Replying) -> Replying {
    reply
}
