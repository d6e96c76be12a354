//! The requests of an SDK as text, for people and for comparison.
//!
//! In: a document, and the drivers of its SDK. Out: for each operation and media type of its body the request of a call with all
//! arguments, and of one with those that must be given. Boundaries and minted keys are replaced, since they differ from run to run;
//! what says nothing about the call is left out.

use crate::conform::arguments::{Arguments, Maker};
use crate::conform::{drivers, given};
use crate::document::{Document, Location, Media, Operation};
use crate::drive::{Client, Driver, Sdk};
use crate::judge::{Judge, Side};
use crate::server::{Request, Server};
use std::fmt::Write as _;

/// Headers that say who sends a request, how and where to, not what it is.
const TRAVEL: [&str; 5] = ["accept-encoding", "content-length", "host", "transfer-encoding", "user-agent"];
/// Where bodies and header values are cut.
const LONGEST: usize = 1_500;

/// The requests of all calls; empty where there are none.
pub async fn requests(document: &Document, sdk: &Sdk) -> Result<String, String> {
    let server = Server::start(document.clone()).await?;
    let judge = Judge::new(document, Side::Request)?;
    let client = (sdk.open)(&server.url()).map_err(|error| error.to_string())?;
    let mut maker = Maker::new(document, &judge);
    let mut out = String::new();
    for operation in document.operations() {
        for (sends, driver) in drivers(&operation, sdk.calls) {
            let Some(driver) = driver else { continue };
            let mut written = None;
            for all in [true, false] {
                let arguments = maker.arguments(&operation, sends, (all, driver.takes_body), 0);
                let request = match arguments {
                    Ok(arguments) => request(&server, &client, driver, (&operation, &arguments)).await,
                    Err(why) => Err(why),
                };
                let text = request.unwrap_or_else(|why| format!("# no request: {why}\n"));
                let what = if all { "all arguments" } else { "required arguments" };
                if written.as_ref() != Some(&text) {
                    let _ = write!(out, "### {}, {what}\n{text}\n", label(&operation, sends));
                }
                written = Some(text);
            }
        }
    }
    Ok(out)
}

fn label(operation: &Operation, sends: Option<&Media>) -> String {
    let media = sends.map_or_else(String::new, |media| format!(", {}", media.name));
    format!("{} {}{media}", operation.method, operation.path)
}

async fn request(
    server: &Server,
    client: &Client,
    driver: &Driver,
    (operation, arguments): (&Operation, &Arguments),
) -> Result<String, String> {
    server.take_seen();
    // What comes back is no matter here.
    let outcome = (driver.start)(client, &given(arguments))?.await;
    let seen = server.take_seen();
    let first =
        seen.first().ok_or_else(|| outcome.err().map_or_else(String::new, |error| error.to_string()))?;
    let is_given = |name: &str| {
        let mut headers = arguments.params.iter().filter(|(at, ..)| *at == Location::Header);
        headers.any(|(_, known, _)| known.eq_ignore_ascii_case(name))
            || operation.params.iter().any(|p| p.location == Location::Query && p.name == name)
    };
    Ok(text(&first.request, is_given))
}

/// A request as text, with what the runtime mints replaced; `is_given` says which headers were arguments.
pub fn text(request: &Request, is_given: impl Fn(&str) -> bool) -> String {
    let boundary = request.header("content-type").and_then(|value| value.split("boundary=").nth(1));
    let boundary = boundary.map(|value| value.split(';').next().unwrap_or_default().trim_matches('"'));
    let stable = |text: &str| match boundary.filter(|boundary| !boundary.is_empty()) {
        Some(boundary) => text.replace(boundary, "boundary"),
        None => text.to_owned(),
    };
    let mut headers: Vec<(&str, String)> = (request.headers.iter())
        .filter(|(name, _)| !TRAVEL.contains(&name.as_str()))
        .map(|(name, value)| match name.as_str() {
            "idempotency-key" if !is_given(name) => (name.as_str(), "*".to_owned()),
            _ => (name.as_str(), escaped(&stable(value))),
        })
        .collect();
    headers.sort();
    let mut out = format!("{} {}\n", request.method, request.target);
    for (name, value) in headers {
        let _ = writeln!(out, "{name}: {value}");
    }
    if !request.body.is_empty() {
        let _ = write!(out, "\n{}\n", escaped(&stable(&readable(&request.body))));
    }
    out
}

/// Bytes as text; those that are none are escaped.
fn readable(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| {
            let _ = write!(out, "\\x{byte:02x}");
        });
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Text with what cannot be seen escaped; `\r\n` is the end of a line. What is long is cut, and says so.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' => out.push(c),
            c if c.is_control() || is_invisible(c) => {
                out.extend(c.escape_default());
            }
            c => out.push(c),
        }
    }
    match out.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… ({} bytes in all)", &out[..end], text.len()),
        None => out,
    }
}
