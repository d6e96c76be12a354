//! One attempt: credentials, body, the exchange itself with its redirects, and the reading of the response.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};

use super::super::auth::{UsedTokens, authenticate};
use super::super::body::Body;
use super::super::call::Call;
use super::super::clock::Instant;
use super::super::error::{Error, TransportError, TransportErrorKind};
use super::super::hook::Ended;
use super::super::limit::Deadline;
use super::super::redact::Scrub;
use super::super::reply::{Mode, Reply};
use super::super::retry::Outcome;
use super::super::trace;
use super::super::transport::{Attempt, HttpRequest, HttpResponse, shown};
use super::super::url::Url;
use super::failure::Failure;
use super::prepare::{Head, Prepared, head, query_keys, sign};
use super::receive::{Wanted, receive};
use super::record::Record;
use super::redirect::{self, Redirection};
use super::traced::traced;

/// What an attempt needs, and what it finds out on its way.
struct Context<'a> {
    call: &'a Call,
    prepared: &'a Prepared,
    attempt: Attempt,
    mode: fn(u16) -> Mode,
    /// The request was handed to the transport.
    sent: AtomicBool,
    /// The server took a request that must not be sent twice, and names another URL for its outcome (303).
    acted: AtomicBool,
    /// What was sent, where a hook wants to see it.
    record: Mutex<Option<Box<Record>>>,
}

pub(super) async fn attempt(
    call: &Call,
    prepared: &Prepared,
    head: Head,
    number: u32,
    deadline: &Deadline,
    mode: fn(u16) -> Mode,
) -> Result<Reply, Failure> {
    let shared = call.core.shared();
    let attempt = Attempt::new(call.route.name, call.route.path, number);
    let (sent, acted) = (AtomicBool::new(false), AtomicBool::new(false));
    let record = Mutex::new(None);
    let context = Context { call, prepared, attempt, mode, sent, acted, record };
    // Looking at the clock takes time itself.
    let begun = (cfg!(feature = "tracing") || !shared.hooks.is_empty()).then(Instant::now);
    // Large, so it stays where it is: on its way into the bound and to where it runs it would be copied at each step.
    let limit = call.parts.options.attempt_timeout.unwrap_or(shared.limits.attempt);
    let span = trace::attempt(call.route.name, &prepared.method, call.route.path, &head.url, number);
    let exchange = std::pin::pin!(exchange(&context, head));
    let outcome =
        deadline.bound(limit, trace::inside(span.clone(), exchange)).await.unwrap_or_else(|timeout| {
            let mut failure = Failure::from(timeout);
            if !context.sent.load(Ordering::Relaxed) {
                failure.outcome = Outcome::NeverSent;
            }
            Err(failure)
        });
    let (status, error) = match &outcome {
        Ok(reply) => (Some(reply.status()), None),
        Err(failure) => (failure.error.received().map(|status| status.as_u16()), Some(&failure.error)),
    };
    let elapsed = begun.map_or(Duration::ZERO, |begun| begun.elapsed());
    span.attempt_ended(&traced(outcome.as_ref().map_err(|failure| &failure.error)), number, elapsed);
    if !shared.hooks.is_empty() {
        let record = context.record.lock().unwrap_or_else(PoisonError::into_inner).take();
        let exchange = record.map(|record| record.finish(outcome.as_ref().map_err(|failure| &failure.error)));
        let ended = Ended { status, error, elapsed, exchange: exchange.as_ref() };
        for hook in &shared.hooks {
            hook.after_async(&context.attempt, &ended).await;
        }
    }
    outcome
}

async fn exchange(context: &Context<'_>, head: Head) -> Result<Reply, Failure> {
    let (request, tokens, scrub) = request(context, head).await?;
    let answered = follow(context, request, &scrub).await;
    let outcome = match answered {
        Ok(response) => {
            let wanted = Wanted { call: context.call, attempt: context.attempt.number, mode: context.mode };
            receive(wanted, response, scrub).await
        }
        Err(failure) => Err(failure),
    };
    outcome.map_err(|failure| {
        if !context.acted.load(Ordering::Relaxed) {
            return Failure { tokens, ..failure };
        }
        // Whatever became of asking for the outcome: to begin anew would be to act twice.
        let outcome = match failure.outcome {
            Outcome::NeverSent => Outcome::Broken,
            outcome => outcome,
        };
        Failure { outcome, ..failure }
    })
}

/// The request with credentials and body, as it goes out.
async fn request(context: &Context<'_>, head: Head) -> Result<(HttpRequest, UsedTokens, Scrub), Failure> {
    let Context { call, prepared, .. } = context;
    let Head { mut url, mut headers, mut scrub } = head;
    let shared = call.core.shared();
    let early = |error: Error| {
        let outcome = if error.is_retryable() { Outcome::NeverSent } else { Outcome::Failed };
        Failure::new(error, outcome)
    };
    let tokens = signed(call, &mut url, &mut headers, &mut scrub).await.map_err(early)?;
    let opened = call.parts.payload.open().await.map_err(|error| early(error.into()))?;
    describe(&mut headers, context, opened.media.as_deref());
    let (attempt, method) = (context.attempt.clone(), prepared.method.clone());
    if let Some(propagate) = &shared.propagate {
        propagate(&mut headers);
    }
    let mut request = HttpRequest { attempt, method, url, headers, body: opened.body };
    for hook in &shared.hooks {
        hook.before_async(&context.attempt, &mut request).await.map_err(early)?;
    }
    *context.record.lock().unwrap_or_else(PoisonError::into_inner) =
        Record::of(&shared.hooks, &request, &scrub).map(Box::new);
    Ok((request, tokens, scrub))
}

/// Says what body there is.
fn describe(headers: &mut HeaderMap, context: &Context<'_>, media: Option<&str>) {
    let said = media.map(|media| match context.call.parts.headers.get(CONTENT_TYPE) {
        Some(own) => said_by_caller(own, media),
        None => HeaderValue::try_from(media).ok(),
    });
    if let Some(Some(media)) = said {
        headers.insert(CONTENT_TYPE, media);
    } else if context.call.parts.payload.is_none()
        && matches!(context.prepared.method.as_str(), "POST" | "PUT" | "PATCH")
    {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    without_removed(headers, context.call);
}

/// The caller's own media type of the body. Between parts stands what the body has there, whatever the caller says.
fn said_by_caller(own: &HeaderValue, media: &str) -> Option<HeaderValue> {
    let boundary = media.split(';').find(|parameter| parameter.trim_start().starts_with("boundary="));
    let (Some(boundary), Ok(own)) = (boundary, own.to_str()) else { return Some(own.clone()) };
    let is_kept = |part: &&str| !part.trim_start().to_ascii_lowercase().starts_with("boundary=");
    let kept: Vec<&str> = own.split(';').filter(is_kept).map(str::trim_end).collect();
    HeaderValue::try_from(format!("{};{boundary}", kept.join(";"))).ok()
}

/// Takes out the headers that the caller does not want, whoever has put them in.
fn without_removed(headers: &mut HeaderMap, call: &Call) {
    for name in &call.parts.options.removed {
        headers.remove(name);
    }
}

/// Puts in the credentials.
async fn signed(
    call: &Call,
    url: &mut Url,
    headers: &mut HeaderMap,
    scrub: &mut Scrub,
) -> Result<UsedTokens, Error> {
    let shared = call.core.shared();
    let credentials = (&shared.credentials, shared.credentials_optional);
    let tokens = authenticate(call.route, credentials, url, headers, scrub).await?;
    sign(url, headers, scrub)?;
    Ok(tokens)
}

/// URL and headers of the first request of an attempt once more, but for what describes its body.
async fn once_more(context: &Context<'_>) -> Result<(Url, HeaderMap), Failure> {
    let failed = |error| Failure::new(error, Outcome::Failed);
    let Head { mut url, mut headers, mut scrub } = head(context.call, context.prepared).map_err(failed)?;
    signed(context.call, &mut url, &mut headers, &mut scrub).await.map_err(failed)?;
    without_removed(&mut headers, context.call);
    Ok((url, headers))
}

/// Sends a request, and where the server sends it elsewhere, there.
async fn follow(context: &Context<'_>, request: HttpRequest, scrub: &Scrub) -> Result<HttpResponse, Failure> {
    let shared = context.call.core.shared();
    let refuse = |why: String| TransportError::new(TransportErrorKind::Redirect, why);
    let mut request = request;
    for hops in 0..=redirect::MOST {
        let method = request.method.clone();
        // Redirects are seldom: where it can be made again, the head is not kept for them.
        let kept = hops > 0 || !shared.hooks.is_empty();
        let kept = kept.then(|| (request.url.clone(), request.headers.clone()));
        context.sent.store(true, Ordering::Relaxed);
        let response = shared.transport.send(request).await?;
        if !redirect::leads_on(response.status) {
            return Ok(response);
        }
        let (url, headers) = match kept {
            Some(kept) => kept,
            None => once_more(context).await?,
        };
        let location = response.headers.get(LOCATION).map(HeaderValue::as_bytes);
        let hop = match redirect::step(response.status, location, &method, &url) {
            Redirection::Stay => return Ok(response),
            Redirection::Refuse(why) => return Err(refuse(why).into()),
            // A server that sends the query along would send a key in it to the other host.
            Redirection::Follow(hop) if !hop.trusted && redirect::tells(&hop.url, scrub) => {
                let why = format!(
                    "the redirect to {} is not followed: it would take a credential to another host",
                    shown(&hop.url)
                );
                return Err(refuse(scrub.clean(&why)).into());
            }
            Redirection::Follow(mut hop) => {
                if hop.trusted {
                    redirect::carry(&query_keys(context.call.route), &url, &mut hop.url);
                }
                hop
            }
        };
        if hop.method != method && !context.prepared.repeatable {
            context.acted.store(true, Ordering::Relaxed);
        }
        let mut headers = if hop.trusted { headers } else { redirect::harmless(&headers) };
        let body = if hop.body {
            let opened = context.call.parts.payload.open().await;
            let opened = opened.map_err(|error| Failure::new(error.into(), Outcome::Failed))?;
            // A multipart body has a new boundary.
            describe(&mut headers, context, opened.media.as_deref());
            opened.body
        } else {
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_LENGTH);
            Body::empty()
        };
        request =
            HttpRequest { attempt: context.attempt.clone(), method: hop.method, url: hop.url, headers, body };
    }
    Err(refuse(format!("more than {} redirects", redirect::MOST)).into())
}
