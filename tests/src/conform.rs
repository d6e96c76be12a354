//! Calls every operation of an SDK, and has every declared answer come back.
//!
//! In: a document, and the drivers of its SDK. Out: how many pairs of operation and answer there are, how many of them passed, and
//! what was wrong with the others. A pair is an operation, a media type that it sends, a status that it declares, and a media type of
//! the answer. The server reads the document by the tests' own code; this compares what it saw with what was given, spelled by an encoder
//! of its own, and what the SDK told with what the server sent.

pub mod arguments;
pub mod encode;

use crate::document::{Document, Location, Media, Operation, Response, is_json};
use crate::drive::{Client, Driver, Given, Got, Sdk};
use crate::judge::{Judge, Side};
use crate::same::difference;
use crate::server::{Reply, Seen, Server, accepted, name, number};
use crate::xml::is_xml;
use arguments::{Arguments, Maker};
use serde_json::Value;

/// How often each pair is tried: by turns with all arguments and with those that must be given, and with other values each time.
const TURNS: usize = 4;

/// What came of it.
#[derive(Debug, Default)]
pub struct Tally {
    /// Operations of the document.
    pub operations: usize,
    /// Pairs that the document declares.
    pub declared: usize,
    /// Pairs whose calls were all right.
    pub passed: usize,
    /// Pairs whose media type the SDK does not ask for, so that a server has no reason to send it.
    pub unasked: usize,
    /// Calls that were made.
    pub calls: usize,
    /// What went wrong.
    pub failures: Vec<String>,
}

impl Tally {
    /// One line for people.
    pub fn line(&self, name: &str) -> String {
        format!(
            "{name}: {} operations, {} pairs declared, {} passed, {} not asked for; {} calls, {} failures",
            self.operations,
            self.declared,
            self.passed,
            self.unasked,
            self.calls,
            self.failures.len()
        )
    }
}

/// Tries everything that the document declares.
pub async fn conform(document: &Document, sdk: &Sdk) -> Result<Tally, String> {
    let server = Server::start(document.clone()).await?;
    let judge = Judge::new(document, Side::Request)?;
    let client = (sdk.open)(&server.url()).map_err(|error| error.to_string())?;
    let mut run =
        Run { document, server, client, maker: Maker::new(document, &judge), tally: Tally::default() };
    for operation in document.operations() {
        run.tally.operations += 1;
        run.operation(&operation, sdk.calls).await;
    }
    Ok(run.tally)
}

struct Run<'a> {
    document: &'a Document,
    server: Server,
    client: Client,
    maker: Maker<'a>,
    tally: Tally,
}

/// One pair.
#[derive(Clone, Copy)]
struct Pair<'a> {
    document: &'a Document,
    operation: &'a Operation,
    driver: &'a Driver,
    sends: Option<&'a Media>,
    response: &'a Response,
    receives: Option<&'a Media>,
}

impl Run<'_> {
    async fn operation(&mut self, operation: &Operation, calls: &[Driver]) {
        for (sends, driver) in drivers(operation, calls) {
            for response in &operation.responses {
                let received: Vec<Option<&Media>> = if response.media.is_empty() {
                    vec![None]
                } else {
                    response.media.iter().map(Some).collect()
                };
                for receives in received {
                    self.tally.declared += 1;
                    let label = label(operation, sends, response, receives);
                    let Some(driver) = driver else {
                        self.tally.failures.push(format!("{label}: the SDK has no such call"));
                        continue;
                    };
                    let document = self.document;
                    let pair = Pair { document, operation, driver, sends, response, receives };
                    match self.pair(pair).await {
                        Ok(true) => self.tally.passed += 1,
                        Ok(false) => self.tally.unasked += 1,
                        Err(why) => self.tally.failures.push(format!("{label}: {why}")),
                    }
                }
            }
        }
    }

    /// Tries a pair; `false` when the SDK does not ask for the media type.
    async fn pair(&mut self, pair: Pair<'_>) -> Result<bool, String> {
        let Pair { operation, driver, sends, response, receives, .. } = pair;
        // Another media type of a success has a method that asks for it.
        let is_success = number(operation, &response.status) < 300;
        let others = driver.others.iter().filter(|_| is_success);
        let mut asks = others.filter(|(media, _)| receives.is_some_and(|received| received.name == *media));
        let start = asks.next().map_or(driver.start, |(_, start)| *start);
        for turn in 0..TURNS {
            let arguments =
                self.maker.arguments(operation, sends, (turn % 2 == 0, driver.takes_body), turn)?;
            let reply = Reply::Declared {
                status: response.status.clone(),
                media: receives.map(|media| media.name.clone()),
                turn,
            };
            self.server.take_seen();
            self.server.script(&name(operation), reply);
            self.tally.calls += 1;
            let outcome = start(&self.client, &given(&arguments))
                .map_err(|why| format!("turn {turn}: the SDK's types refuse an argument: {why}"))?
                .await;
            let seen = self.server.take_seen();
            let [seen] = &seen[..] else {
                let why = outcome.err().map_or_else(String::new, |error| format!(": {error}"));
                return Err(format!("turn {turn}: {} requests came{why}", seen.len()));
            };
            check_request(operation, (self.server.document(), sends), &arguments, seen)
                .map_err(|why| format!("turn {turn}: {why}"))?;
            if receives.is_some_and(|media| !asked_for(seen, media))
                && number(operation, &response.status) < 300
            {
                return Ok(false);
            }
            let checked = match outcome {
                Ok(told) => check_success(pair, seen, told.status, &told.value),
                Err(error) => check_error(pair, seen, &error),
            };
            checked.map_err(|why| format!("turn {turn}: {why}"))?;
        }
        Ok(true)
    }
}

/// Each media type that an operation sends, or none where it has no body, with what calls it so.
pub fn drivers<'a>(
    operation: &'a Operation,
    calls: &'a [Driver],
) -> Vec<(Option<&'a Media>, Option<&'a Driver>)> {
    let bodies = operation.body.as_ref().map_or(&[][..], |body| &body.media);
    let sent: Vec<Option<&Media>> =
        if bodies.is_empty() { vec![None] } else { bodies.iter().map(Some).collect() };
    let driver = |sends: Option<&Media>| {
        calls.iter().find(|driver| {
            driver.method == operation.method
                && driver.path == operation.path
                && driver.media == sends.map(|media| media.name.as_str())
        })
    };
    sent.into_iter().map(|sends| (sends, driver(sends))).collect()
}

fn label(op: &Operation, sends: Option<&Media>, response: &Response, receives: Option<&Media>) -> String {
    let media =
        |media: Option<&Media>| media.map_or_else(|| "nothing".to_owned(), |media| media.name.clone());
    format!("`{} {}` {} → {} {}", op.method, op.path, media(sends), response.status, media(receives))
}

/// The arguments as a driver takes them.
pub fn given(arguments: &Arguments) -> Given {
    let place = |location: &Location| match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let params = arguments.params.iter();
    Given {
        params: params.map(|(at, name, value)| (place(at), name.clone(), value.clone())).collect(),
        body: arguments.body.clone(),
    }
}

fn asked_for(seen: &Seen, media: &Media) -> bool {
    seen.request.header("accept").is_none_or(|accept| accepted(accept, media))
}

/// Compares a request with the arguments it was made of.
fn check_request(
    operation: &Operation,
    (document, sends): (&Document, Option<&Media>),
    arguments: &Arguments,
    seen: &Seen,
) -> Result<(), String> {
    if !seen.problems.is_empty() {
        return Err(format!(
            "the server refuses the request: {} {}",
            seen.problems.join("; "),
            seen.request.target
        ));
    }
    if seen.operation.as_deref() != Some(&name(operation)) {
        return Err(format!("the request went to {:?}", seen.operation));
    }
    if let Some(expected) = encode::shape(operation, &arguments.params) {
        let found = shape_of(operation, arguments, seen);
        if !expected.says(&found) && !same_values(arguments, seen) {
            return Err(format!("the request should be\n    {expected:?}\n  but is\n    {found:?}"));
        }
    }
    let encoded = operation.params.iter().filter(|param| param.allow_reserved && !param.json).find(|param| {
        let given = arguments.params.iter().find(|(_, name, _)| *name == param.name);
        let text = given.and_then(|(_, _, value)| value.as_str());
        let query = seen.request.target.split_once('?').map_or("", |(_, query)| query);
        let raw = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{}=", param.name)));
        text.zip(raw).is_some_and(|(text, raw)| !encode::says_reserved(text, raw))
    });
    if let Some(param) = encoded {
        return Err(format!("`{}` encodes what is reserved: {}", param.name, seen.request.target));
    }
    check_body(document, sends, arguments, seen)
}

/// Whether numbers or times, which have several spellings, came as what was given.
fn same_values(arguments: &Arguments, seen: &Seen) -> bool {
    let given = |location: &Location, name: &String| {
        arguments.params.iter().find(|(at, known, _)| at == location && known == name)
    };
    seen.params.len() == arguments.params.len()
        && seen.params.iter().all(|(location, name, found)| {
            given(location, name).is_some_and(|(_, _, value)| {
                value == found || has_spellings(value) && difference(value, found).is_none()
            })
        })
}

fn has_spellings(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(text) => text.contains('T') && text.contains(':'),
        Value::Array(items) => items.iter().any(has_spellings),
        Value::Object(members) => members.values().any(has_spellings),
        Value::Null | Value::Bool(_) => false,
    }
}

/// A request in canonical spelling, without credentials and keys that the runtime mints.
fn shape_of(operation: &Operation, arguments: &Arguments, seen: &Seen) -> encode::Shape {
    let (path, query) = seen.request.target.split_once('?').unwrap_or((&seen.request.target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let is_key = |name: &str| seen.keys.iter().any(|key| key == name);
    let is_given = |name: &str| arguments.params.iter().any(|(_, known, _)| known == name);
    let minted = |name: &str| !is_given(name) && name.eq_ignore_ascii_case("idempotency-key");
    let declared = operation.params.iter().filter(|p| p.location == Location::Header && !minted(&p.name));
    let given = |name: &str| seen.request.header(name).map(str::to_owned);
    let headers = declared.filter_map(|param| Some((param.name.to_ascii_lowercase(), given(&param.name)?)));
    let mut shape = encode::Shape {
        path: encode::canonical(path),
        query: encode::received(
            pairs.filter(|(name, _)| !is_key(name)).map(|(n, v)| (n.to_owned(), v.to_owned())),
        ),
        headers: headers.filter(|(_, value)| !value.is_empty()).collect(),
        cookies: encode::received(seen.request.cookies().into_iter().filter(|(name, _)| !is_key(name))),
    };
    encode::sort(&mut shape);
    shape
}

fn check_body(
    document: &Document,
    sends: Option<&Media>,
    arguments: &Arguments,
    seen: &Seen,
) -> Result<(), String> {
    let (Some(media), Some(body)) = (sends, &arguments.body) else {
        let nothing = seen.request.body.is_empty();
        return if nothing { Ok(()) } else { Err("a body was sent that was not given".to_owned()) };
    };
    let sent = seen.request.header("content-type").unwrap_or_default();
    let concrete = !media.name.contains('*');
    if concrete && crate::document::essence(sent) != media.essence() {
        return Err(format!("the body is sent as `{sent}`, not as `{}`", media.name));
    }
    let written = match media.essence().as_str() {
        "application/x-www-form-urlencoded" => encode::form(document, media, body, &seen.request.body),
        kind if kind.starts_with("multipart/") => {
            encode::parts(document, media, (body, sent), &seen.sections)
        }
        _ => None,
    };
    if let Some(judged) = written {
        return judged.map_err(|why| format!("the body: {why}"));
    }
    match &seen.body {
        Some(found) => difference(body, found).map_or(Ok(()), |why| Err(format!("the body sent: {why}"))),
        None if media.essence().starts_with("multipart/") => Ok(()),
        None => {
            let text = body.as_str().unwrap_or_default();
            let same = text.as_bytes() == seen.request.body;
            if same { Ok(()) } else { Err("the bytes sent are others than those given".to_owned()) }
        }
    }
}

fn check_success(pair: Pair<'_>, seen: &Seen, status: u16, got: &Got) -> Result<(), String> {
    let sent = &seen.answer;
    if sent.status >= 400 || status != sent.status {
        return Err(format!("the status {} was taken for the success {status}", sent.status));
    }
    let same = |sent: &[u8], got: &[u8]| {
        difference(&declared(pair, sent)?, &json(got)?)
            .map_or(Ok(()), |why| Err(format!("the answer: {why}")))
    };
    match got {
        Got::Nothing if sent.body.is_empty() => Ok(()),
        Got::Nothing => Err("a body came, and the SDK tells of none".to_owned()),
        Got::Json(got) => same(&sent.body, got),
        Got::Many(all) => {
            let values = framed(pair.receives, &sent.body);
            if values.len() != all.len() {
                return Err(format!("{} items were sent, {} came", values.len(), all.len()));
            }
            values.iter().zip(all).try_for_each(|(sent, got)| same(sent.as_bytes(), got))
        }
        Got::Text(text) if text.as_bytes() == sent.body => Ok(()),
        Got::Bytes(bytes) if *bytes == sent.body => Ok(()),
        Got::Text(_) | Got::Bytes(_) => Err("the answer came changed".to_owned()),
        Got::Unknown => Err("the SDK does not know the variant".to_owned()),
    }
}

fn json(text: &[u8]) -> Result<Value, String> {
    serde_json::from_slice::<Value>(text).map_err(|error| error.to_string())
}

/// The value in the body of an answer, by its declared media type.
fn declared(pair: Pair<'_>, body: &[u8]) -> Result<Value, String> {
    match pair.receives.and_then(|media| Some((media, media.schema.as_deref()?))) {
        Some((media, schema)) if is_xml(&media.essence()) => {
            let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
            crate::xml::read(pair.document, schema, text)
        }
        _ => json(body),
    }
}

/// The values in a stream, taken out of their frames.
fn framed(media: Option<&Media>, body: &[u8]) -> Vec<String> {
    let events = media.is_some_and(|media| media.essence() == "text/event-stream");
    let text = String::from_utf8_lossy(body);
    let lines = text.lines().map(|line| line.trim_start_matches('\u{1e}'));
    let values = lines.filter_map(|line| if events { line.strip_prefix("data: ") } else { Some(line) });
    values.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn check_error(pair: Pair<'_>, seen: &Seen, error: &crate::runtime::error::Error) -> Result<(), String> {
    let sent = &seen.answer;
    let crate::runtime::error::Error::Api(api) = error else {
        return Err(format!("status {}: {error}", sent.status));
    };
    if sent.status < 300 {
        return Err(format!("a success was taken for an error: {error}"));
    }
    if api.status().as_u16() != sent.status || api.raw_body()[..] != sent.body[..] {
        return Err(format!("the error has another status or body: {error}"));
    }
    let typed = pair.receives.is_some_and(|media| {
        media.schema.is_some()
            && (is_json(&media.name) || is_xml(&media.essence()) && sent.body.starts_with(b"<"))
    });
    if !typed {
        return Ok(());
    }
    let (_, read) = (pair.driver.errors.iter())
        .find(|(status, _)| *status == pair.response.status)
        .ok_or("the document types the body of this status, the SDK does not")?;
    let body = read(api).ok_or_else(|| format!("the typed body of the error is missing: {error}"))?;
    difference(&declared(pair, &sent.body)?, &json(&body)?)
        .map_or(Ok(()), |why| Err(format!("the error body: {why}")))
}
