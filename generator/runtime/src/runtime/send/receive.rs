//! The answer of an attempt: an error status is an error, a success is read as its operation wants it.

use std::time::SystemTime;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};

use super::super::call::{Call, EXCERPT, Mode, Reply, ReplyBody, media_type};
use super::super::error::{ApiError, ResponseError, ResponseErrorKind, Source};
use super::super::redact::Scrub;
use super::super::retry::{Hints, Outcome};
use super::super::transport::HttpResponse;
use super::attempt::Failure;
use super::read::{Broken, Guarded, Whole, read_whole};

/// What an answer is read for.
pub(super) struct Wanted<'a> {
    pub(super) call: &'a Call,
    pub(super) attempt: u32,
    pub(super) mode: fn(u16) -> Mode,
}

/// Reads an answer: errors always to their end, successes as the operation wants.
pub(super) async fn receive(
    wanted: Wanted<'_>,
    response: HttpResponse,
    scrub: Scrub,
) -> Result<Reply, Failure> {
    let limits = &wanted.call.core.shared().limits;
    let HttpResponse { status, headers, body } = response;
    let mut body = Guarded::new(body, limits.idle);
    let expected = announced(&headers);
    if !status.is_success() {
        // What came of the body is shown; that it broke off matters less than the status.
        let (Ok(Whole { bytes, .. }) | Err(Broken { bytes, .. })) =
            read_whole(body, limits.errors(), expected).await;
        let hints = Hints::read(&headers, SystemTime::now());
        let error = ApiError::new(wanted.call.route, status, headers, bytes, scrub);
        return Err(Failure { hints, ..Failure::new(error.into(), Outcome::Status(status.as_u16())) });
    }
    let operation = wanted.call.route.name;
    let source = Source { operation, status, headers, attempts: wanted.attempt, scrub };
    let refuse = |kind, bytes, message: &str| {
        Failure::new(ResponseError::new(&source, kind, bytes, message).into(), Outcome::Failed)
    };
    let mode = (wanted.mode)(status.as_u16());
    let why = unreadable(&source, mode, &mut body).await;
    if why.is_none() && mode != Mode::Whole {
        return Ok(Reply { source, body: ReplyBody::Stream(body), call: None, slot: None });
    }
    let limit = if why.is_none() { limits.response } else { limits.errors() };
    let whole = match (read_whole(body, limit, expected).await, why) {
        (Ok(whole), None) => whole,
        // Nothing is nothing in every coding.
        (Ok(whole), Some((ResponseErrorKind::Encoding, _))) if whole.bytes.is_empty() => whole,
        (Err(broken), None) => return Err(broken.error.into()),
        (Err(broken), Some(_)) if broken.bytes.is_empty() => return Err(broken.error.into()),
        // Whoever can read it finds it in the error.
        (Ok(Whole { bytes, .. }) | Err(Broken { bytes, .. }), Some((kind, why))) => {
            let excerpt = match kind {
                ResponseErrorKind::Encoding => String::new(),
                _ => format!(": {}", source.scrub.excerpt(&bytes, EXCERPT)),
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
    let body = ReplyBody::Whole(whole.bytes);
    Ok(Reply { source, body, call: None, slot: None })
}

/// The length of the body, where the server says it.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Why a success cannot be read, as far as its headers and its beginning tell.
async fn unreadable(source: &Source, mode: Mode, body: &mut Guarded) -> Option<(ResponseErrorKind, String)> {
    let coding = source.headers.get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    if let Some(coding) = coding.filter(|coding| !coding.eq_ignore_ascii_case("identity")) {
        let message = format!("the body is compressed with `{coding}`, which was not asked for");
        return Some((ResponseErrorKind::Encoding, message));
    }
    if mode != Mode::Events {
        return None;
    }
    // Read as events, a page of HTML is a stream without any. Some servers give events another name, or none.
    let media = media_type(&source.headers).filter(|media| media != "text/event-stream")?;
    let begun = body.peek().await;
    let fields = [&b":"[..], b"data", b"event", b"id", b"retry", b"\xef\xbb\xbf"];
    let begun = begun.trim_ascii_start();
    if fields.iter().any(|field| begun.starts_with(field) || field.starts_with(begun)) {
        return None;
    }
    let message = format!("the body is `{media}`, server-sent events were expected");
    Some((ResponseErrorKind::ContentType, message))
}
