//! Clock and timers of a browser. There is one thread, so nothing is ever sent to another.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use gloo_timers::future::TimeoutFuture;
use send_wrapper::SendWrapper;

pub(crate) use web_time::Instant;

/// The time ran out.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// The time of day.
pub(crate) fn now() -> SystemTime {
    let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH).unwrap_or_default();
    SystemTime::UNIX_EPOCH + since
}

/// A pause.
pub(crate) struct Sleep {
    until: Instant,
    /// A timer of the browser, which counts in milliseconds and not beyond 24 days: at its end the clock is looked at.
    timer: Option<SendWrapper<TimeoutFuture>>,
}

impl Sleep {
    /// Changes the end.
    pub(crate) fn reset(mut self: Pin<&mut Self>, until: Instant) {
        self.until = until;
        self.timer = None;
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Poll::Ready(());
            }
            let timer = self.timer.get_or_insert_with(|| {
                // Rounded up, so that the end is reached by one timer.
                let most = i32::MAX as u32;
                let left = u32::try_from(left.as_micros().div_ceil(1000)).unwrap_or(most).min(most);
                SendWrapper::new(TimeoutFuture::new(left))
            });
            match Pin::new(&mut **timer).poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(()) => self.timer = None,
            }
        }
    }
}

/// Waits until then.
pub(crate) fn sleep_until(until: Instant) -> Sleep {
    Sleep { until, timer: None }
}

/// Waits so long. A time too long to be represented is the longest there is.
pub(crate) fn sleep(time: Duration) -> Sleep {
    const LONGEST: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);
    let now = Instant::now();
    sleep_until(now.checked_add(time).unwrap_or_else(|| now + LONGEST))
}

/// A future that must be over by then.
pub(crate) async fn timeout_at<F: Future>(until: Instant, future: F) -> Result<F::Output, Elapsed> {
    let (mut future, mut alarm) = (pin!(future), sleep_until(until));
    std::future::poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => Pin::new(&mut alarm).poll(context).map(|()| Err(Elapsed)),
    })
    .await
}

/// A future that must not take longer.
pub(crate) async fn timeout<F: Future>(time: Duration, future: F) -> Result<F::Output, Elapsed> {
    let until = sleep(time).until;
    timeout_at(until, future).await
}
