//! Random numbers for jitter, idempotency keys and multipart boundaries.
//!
//! Taken from the standard library's hash keys, which the operating system seeds: 128 bits per process are enough to
//! tell calls apart, and no crate is needed. In a browser these keys are always the same, so there the script's own random
//! numbers are taken. Nothing secret may be made from them.

/// 64 random bits.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn bits() -> u64 {
    use std::collections::hash_map::RandomState;
    use std::hash::{BuildHasher, Hasher};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::SystemTime;

    static COUNTER: AtomicU64 = AtomicU64::new(0);

    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(COUNTER.fetch_add(1, Ordering::Relaxed));
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    hasher.write_u128(now.as_nanos());
    hasher.finish()
}

/// 64 random bits, 32 at a time: no more are in one number.
#[cfg(target_family = "wasm")]
pub(crate) fn bits() -> u64 {
    let half = || (js_sys::Math::random() * 2_f64.powi(32)) as u64;
    half() << 32 | half()
}

/// A number at least 0 and below 1.
pub(crate) fn unit() -> f64 {
    // 53 bits are what a double can hold.
    (bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A version 4 UUID.
pub(crate) fn uuid() -> String {
    let (high, low) = (bits(), bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::{unit, uuid};

    #[test]
    fn a_uuid_has_its_form_and_is_new_each_time() {
        let id = uuid();
        assert_eq!(id.len(), 36);
        assert_eq!(id.as_bytes()[14], b'4');
        assert!(matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{id}");
        let threads: Vec<_> = (0..8)
            .map(|_| std::thread::spawn(|| (0..2000).map(|_| uuid()).collect::<Vec<String>>()))
            .collect();
        let all = threads.into_iter().flat_map(|thread| thread.join().unwrap());
        assert_eq!(all.collect::<std::collections::HashSet<String>>().len(), 16_000);
    }

    #[test]
    fn units_fill_the_interval() {
        let numbers: Vec<f64> = (0..1000).map(|_| unit()).collect();
        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
        let mean = numbers.iter().sum::<f64>() / 1000.0;
        assert!((0.4..0.6).contains(&mean), "{mean}");
    }
}
