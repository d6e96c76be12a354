//! Whatever comes in: no panic, no endless work, and what is decoded goes back as it came.

use super::models::{Kinds, Lifecycle, Mixed, Party, Run, Timing};
use crate::runtime::model::{RawJson, Value, from_slice, from_str, to_string};
use crate::runtime::wire::Wire;

const SEEDS: &[&str] = &[
    r#"{"required":1,"optional":"a","nullable":true,"def\"aulted":3,"type":"kinds","open":null,"free":[1,{"a":"b"}],"x":1e5}"#,
    r#"{"created_at":"2024-01-01T00:00:00.5+01:00","waiting_ms":5,"parent":{"created_at":"2024-01-01 00:00:00"},"token":"x"}"#,
    r#"{"id":"r","lifecycle":{"message":"no\u00e9 \ud83d\ude00","kind":"error","lifecycle":{"kind":"pending","since":null}},"statuses":["pending","later"],"limits":[1,2.5],"meta":{"a":"x","b":-7,"c":["running"],"d":{"kind":"later"},"e":{"name":"n","z":3},"f":{}}}"#,
    r#"{"name":"n","parts":[{"name":"p","age":2},{"party":{"party":3}},4,4.5],"seat":"pending"}"#,
    r#"[ "ä漢😀" , [ [ ] , { } , -0.0e-1 ] , null ]"#,
];

/// A small generator of numbers (xorshift): the same bodies on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}

fn mutate(numbers: &mut Numbers, seed: &[u8]) -> Vec<u8> {
    const PIECES: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b"\\u",
        b"\\ud800",
        b"null",
        b"0",
        b"-",
        b"1e999",
        b"\x00",
        b"\xff",
        b"\xc3",
        b" ",
        b"\"kind\":",
        b"\"type\":\"kinds\",",
        b"\"required\":2,",
        b"{\"party\":",
        b"[[[[[[[[",
    ];
    let mut body = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let (from, length) = (numbers.below(body.len()), numbers.below(12));
        let to = (from + length).min(body.len());
        match numbers.below(5) {
            0 => drop(body.drain(from..to)),
            1 => drop(body.splice(from..from, PIECES[numbers.below(PIECES.len())].iter().copied())),
            2 => {
                let piece = body[from..to].to_vec();
                let at = numbers.below(body.len());
                body.splice(at..at, piece);
            }
            3 if from < body.len() => body[from] = u8::try_from(numbers.below(256)).unwrap_or(0),
            _ => body.truncate(to.max(1)),
        }
    }
    body
}

/// Decodes, and if that works, checks that nothing is lost.
fn try_one<T: Wire>(body: &[u8]) -> bool {
    match from_slice::<T>(body) {
        Ok(value) => {
            let text = to_string(&value);
            let again = from_str::<T>(&text).map(|value| to_string(&value));
            let again = again.unwrap_or_else(|error| panic!("{error} in {text}"));
            assert!(same(&text, &again), "{text} {again}");
            true
        }
        Err(error) => {
            assert!(error.offset() <= body.len());
            assert!(!error.to_string().contains('\n'));
            false
        }
    }
}

/// Whether two texts hold the same JSON; the order of members does not count.
fn same(left: &str, right: &str) -> bool {
    let value = |text: &str| from_str::<Value>(text);
    match (value(left), value(right)) {
        (Ok(left), Ok(right)) => left == right,
        // Numbers too large for `Value` are in unknown members, which are kept as they are.
        (left, right) => left.is_err() && right.is_err(),
    }
}

#[test]
fn mutated_bodies() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut decoded = 0;
    for round in 0..6_000 {
        let body = mutate(&mut numbers, SEEDS[round % SEEDS.len()].as_bytes());
        let ours = from_slice::<Value>(&body).is_ok();
        // Raw JSON also holds numbers that are too large for any type.
        let large = body.iter().any(|byte| matches!(byte, b'e' | b'E'));
        assert!(from_slice::<RawJson>(&body).is_ok() == ours || (large && !ours));
        assert_eq!(
            ours,
            serde_json::from_slice::<serde_json::Value>(&body).is_ok(),
            "{:?}",
            String::from_utf8_lossy(&body)
        );
        decoded += usize::from(try_one::<Kinds>(&body));
        decoded += usize::from(try_one::<Timing>(&body));
        decoded += usize::from(try_one::<Run>(&body));
        decoded += usize::from(try_one::<Lifecycle>(&body));
        decoded += usize::from(try_one::<Mixed>(&body));
        decoded += usize::from(try_one::<Party>(&body));
    }
    assert!(decoded > 600, "{decoded}: the mutations are too wild to say something");
}

#[test]
fn hostile_sizes_take_linear_time() {
    let many = |member: &str| format!("{{{}\"required\":1,\"nullable\":null}}", member.repeat(100_000));
    assert_eq!(from_str::<Kinds>(&many("\"x\":1,")).unwrap().required, 1);
    assert_eq!(from_str::<Kinds>(&many("\"type\":1,\"type\":\"kinds\",")).unwrap().required, 1);
    assert_eq!(from_str::<Kinds>(&many("\"required\":{},")).unwrap().required, 1);
    let unlike: String = (0..100_000).map(|index| format!("\"x{index}\":[{{}}],")).collect();
    assert_eq!(
        from_str::<Kinds>(&format!("{{{unlike}\"nullable\":null,\"required\":1}}")).unwrap().required,
        1
    );
    // Members in the wrong order on each level: each level is skipped once, not once per level above it.
    let deep = format!(
        "{}null{}",
        r#"{"parent":"#.repeat(120),
        r#","created_at":"2024-01-01T00:00:00Z"}"#.repeat(120)
    );
    let wide = format!("[{}{deep}]", format!("{deep},").repeat(300));
    assert_eq!(from_str::<Vec<Timing>>(&wide).unwrap().len(), 301);
}
