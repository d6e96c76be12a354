//! The response of an attempt: an error status is an error, a success is read as its operation wants it.

use http::header::{CONTENT_LENGTH, HeaderMap};
use serde_core::de::IgnoredAny;

use super::super::call::Call;
use super::super::clock;
use super::super::error::{ApiError, ResponseError, ResponseErrorKind, Source, TransportError, words_of};
use super::super::redact::Scrub;
use super::super::reply::{EXCERPT, Mode, Reply, ReplyBody, media_type};
use super::super::retry::{Hints, Outcome};
use super::super::transport::{Broken, Guarded, HttpResponse, Whole, read_whole};
use super::coding::Coding;
use super::failure::Failure;

/// What a response is read for.
pub(super) struct Wanted<'a> {
    pub(super) call: &'a Call,
    pub(super) attempt: u32,
    pub(super) mode: fn(u16) -> Mode,
}

/// Reads a response: errors always to their end, successes as the operation wants.
pub(super) async fn receive(
    wanted: Wanted<'_>,
    response: HttpResponse,
    scrub: Scrub,
) -> Result<Reply, Failure> {
    let limits = &wanted.call.core.shared().limits;
    let HttpResponse { status, mut headers, body } = response;
    let coding = Coding::of(&headers);
    let mut body = Guarded::new(coding.undo(&mut headers, body), limits.idle);
    let expected = announced(&headers);
    if !status.is_success() {
        // What came of the body is shown; that it broke off matters less than the status.
        let (Ok(Whole { bytes, .. }) | Err(Broken { bytes, .. })) =
            read_whole(body, limits.errors(), expected).await;
        let hints = Hints::read(&headers, clock::now());
        let error = ApiError::new(wanted.call.route, status, headers, bytes, scrub);
        return Err(Failure { hints, ..Failure::new(error.into(), Outcome::Status(status.as_u16())) });
    }
    let source = Source { route: wanted.call.route, status, headers, attempts: wanted.attempt, scrub };
    let refuse = |kind, bytes, message: &str| {
        Failure::new(ResponseError::new(&source, kind, bytes, message).into(), Outcome::Failed)
    };
    let broken_off = |error: TransportError| Failure::from(error.with_request_id(source.request_id()));
    let mode = (wanted.mode)(status.as_u16());
    let why = unreadable(&source, &coding, mode, &mut body).await;
    if why.is_none() && mode != Mode::Whole {
        return Ok(Reply::new(source, ReplyBody::Stream(body)));
    }
    let limit = if why.is_none() { limits.response } else { limits.errors() };
    let whole = match (read_whole(body, limit, expected).await, why) {
        (Ok(whole), None) => whole,
        // Nothing is nothing in every coding.
        (Ok(whole), Some((ResponseErrorKind::Encoding, _))) if whole.bytes.is_empty() => whole,
        (Err(broken), None) => return Err(broken_off(broken.error)),
        (Err(broken), Some(_)) if broken.bytes.is_empty() => return Err(broken_off(broken.error)),
        // Whoever can read it finds it in the error.
        (Ok(Whole { bytes, .. }) | Err(Broken { bytes, .. }), Some((kind, why))) => {
            let excerpt = match kind {
                ResponseErrorKind::Encoding => String::new(),
                _ => format!(": {}", words_of(&bytes, &source.scrub, EXCERPT)),
            };
            return Err(refuse(kind, bytes, &format!("{why}{excerpt}")));
        }
    };
    if whole.too_large {
        let message = format!(
            "the body is larger than {} bytes; the client's `max_response_bytes` is the limit",
            limits.response
        );
        return Err(refuse(ResponseErrorKind::TooLarge, whole.bytes, &message));
    }
    Ok(Reply::new(source, ReplyBody::Whole(whole.bytes)))
}

/// The length of the body, where the server says it.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Why a success cannot be read, as far as its headers and its beginning tell.
async fn unreadable(
    source: &Source,
    coding: &Coding,
    mode: Mode,
    body: &mut Guarded,
) -> Option<(ResponseErrorKind, String)> {
    if let Coding::Unknown(coding) = coding {
        let message = format!("the body is compressed with `{coding}`, which was not asked for");
        return Some((ResponseErrorKind::Encoding, message));
    }
    // Read as events or lines, a page of HTML is a stream without any, or of nothing but errors. Some servers give streams
    // another name, or none.
    let (expected, is_stream) = match mode {
        Mode::Whole | Mode::Stream => return None,
        Mode::Events => ("server-sent events", begins_events as fn(&[u8]) -> bool),
        Mode::Lines => ("JSON lines", begins_lines as fn(&[u8]) -> bool),
    };
    let media = media_type(&source.headers).filter(|media| !names_stream(mode, media))?;
    let begun = body.peek().await;
    if is_stream(begun.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&begun).trim_ascii_start()) {
        return None;
    }
    let message = format!("the body is `{media}`, {expected} were expected");
    Some((ResponseErrorKind::ContentType, message))
}

/// Is it a media type that says what the stream is?
fn names_stream(mode: Mode, media: &str) -> bool {
    match mode {
        Mode::Events => media == "text/event-stream",
        _ => ["jsonl", "ndjson", "jsonlines", "json-seq", "stream+json", "json-lines"]
            .iter()
            .any(|name| media.ends_with(name)),
    }
}

/// Does it begin as server-sent events do?
fn begins_events(begun: &[u8]) -> bool {
    let fields = [&b":"[..], b"data", b"event", b"id", b"retry"];
    fields.iter().any(|field| begun.starts_with(field) || field.starts_with(begun))
}

/// Does it begin with a line of JSON? A document that is spread over several lines does not.
fn begins_lines(begun: &[u8]) -> bool {
    let begun = begun.strip_prefix(b"\x1e").unwrap_or(begun).trim_ascii_start();
    let Some(end) = begun.iter().position(|byte| *byte == b'\n') else {
        return begun.first().is_none_or(|first| b"{[\"-0123456789tfn".contains(first));
    };
    serde_json::from_slice::<IgnoredAny>(&begun[..end]).is_ok()
}
