//! Two measured in turn.

use std::time::Duration;

/// Medians in microseconds of two measurements, taken in turn so that whatever else the machine does slows both; which
/// goes first changes with each pair.
pub(crate) fn medians(
    pairs: usize,
    mut one: impl FnMut() -> Duration,
    mut other: impl FnMut() -> Duration,
) -> (f64, f64) {
    let (mut ones, mut others) = (Vec::with_capacity(pairs), Vec::with_capacity(pairs));
    for pair in 0..pairs {
        if pair % 2 == 0 {
            ones.push(one());
            others.push(other());
        } else {
            others.push(other());
            ones.push(one());
        }
    }
    (median(&mut ones), median(&mut others))
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}
