//! Every call of one document against Prism, which validates each request and answers by the document.

use std::fmt::Display;

use serde_json::Value;
use tests::conform::arguments::Maker;
use tests::conform::{drivers, given};
use tests::document::{Document, Media, Operation, essence, is_json};
use tests::drive::{Client, Driver};
use tests::judge::{Judge, Side};
use tests::mounts::SDKS;
use tests::runtime::error::Error;

use crate::finding;

/// Calls of each operation and media type, by turns with all arguments and with those that must be given.
const TURNS: usize = 2;
/// The header in which Prism tells what it found.
const VIOLATIONS: &str = "sl-violations";
/// In the body of an answer that is Prism's own, not of the document.
const OWN: &str = "stoplight.io/prism/errors";
/// Bytes of a text that are shown.
const SHOWN: usize = 600;

/// Makes the calls, and prints what came of each.
pub(crate) async fn prism(path: &str, url: &str) -> Result<(), String> {
    let document = Document::read(path)?;
    let sdk = SDKS.iter().find(|sdk| sdk.name == "judged").ok_or("no SDK is mounted for the document")?;
    let client = (sdk.open)(url).map_err(|error| error.to_string())?;
    let (requests, answers) = (Judge::new(&document, Side::Request)?, Judge::new(&document, Side::Response)?);
    let mut maker = Maker::new(&document, &requests);
    for operation in document.operations() {
        for (media, driver) in drivers(&operation, sdk.calls) {
            let name =
                format!("{} {} {}", operation.method, operation.path, media.map_or("", |media| &media.name));
            let Some(driver) = driver else {
                finding("prism", &name, Some("the SDK has no such call"), None);
                continue;
            };
            for turn in 0..TURNS {
                let call = format!("{} #{turn}", name.trim_end());
                match once(&client, driver, (&operation, media), &mut maker, turn).await {
                    Ok(outcome) => {
                        let (trouble, whose) = judged(&document, &answers, &operation, outcome);
                        finding("prism", &call, trouble.as_deref(), whose);
                    }
                    Err(why) => finding("prism", &call, Some(&format!("not called: {why}")), None),
                }
            }
        }
    }
    Ok(())
}

async fn once(
    client: &Client,
    driver: &Driver,
    (operation, media): (&Operation, Option<&Media>),
    maker: &mut Maker<'_>,
    turn: usize,
) -> Result<Result<tests::drive::Told, Error>, String> {
    let arguments = maker.arguments(operation, media, (turn.is_multiple_of(2), driver.takes_body), turn)?;
    Ok((driver.start)(client, &given(&arguments))?.await)
}

/// What is wrong, and whose fault it is where that is plain.
fn judged(
    document: &Document,
    judge: &Judge,
    operation: &Operation,
    outcome: Result<tests::drive::Told, Error>,
) -> (Option<String>, Option<&'static str>) {
    match outcome {
        Ok(told) => (violations(told.headers.get(VIOLATIONS)), None),
        Err(Error::Api(error)) => {
            let body = String::from_utf8_lossy(error.raw_body());
            let own = serde_json::from_str::<Value>(&body).ok().filter(|_| body.contains(OWN));
            let judge = own.as_ref().filter(|problem| !is_of_request(problem)).map(|_| "judge");
            // An error of the document is an answer as good as any.
            (violations(error.headers().get(VIOLATIONS)).or(own.as_ref().map(told)), judge)
        }
        Err(Error::Decode(error)) => {
            let status = error.status().as_u16();
            let kind =
                error.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            let refused = refused(document, judge, operation, (status, kind), error.raw_body());
            let told = format!("the SDK cannot read the answer {status} `{kind}`: {}", cut(&error));
            match refused {
                Some(why) => {
                    (Some(format!("{told}; it does not fit the schema either: {}", cut(&why))), Some("judge"))
                }
                None => (Some(told), None),
            }
        }
        Err(error) => (Some(cut(&error)), None),
    }
}

/// A problem in few words.
fn told(problem: &Value) -> String {
    let kind = problem["type"].as_str().unwrap_or_default();
    let found = problem["validation"].as_array().map_or(&[][..], Vec::as_slice);
    let found: Vec<&str> = found.iter().filter_map(|one| one["message"].as_str()).collect();
    cut(&format!("{}: {}", kind.rsplit('#').next().unwrap_or_default(), found.join("; ")))
}

/// Whether a problem is about the request, and not about the answer that Prism could not make.
fn is_of_request(problem: &Value) -> bool {
    let found = problem["validation"].as_array().map_or(&[][..], Vec::as_slice);
    let kind = problem["type"].as_str().unwrap_or_default();
    let answers = ["#NO_RESPONSE", "#NO_COMPLEX_OBJECT_TEXT", "#NO_SUCCESS", "#NO_2XX"];
    !answers.iter().any(|of_answer| kind.contains(of_answer))
        && (found.is_empty() || found.iter().any(|one| one["location"][0] != "response"))
}

/// What Prism found wrong with the request. What it says about its own answer is left to those who read it.
fn violations(header: Option<&http::HeaderValue>) -> Option<String> {
    let all: Value = serde_json::from_slice(header?.as_bytes()).ok()?;
    let of_request = |one: &&Value| one["location"][0] == "request";
    let found: Vec<String> = all
        .as_array()?
        .iter()
        .filter(of_request)
        .map(|one| one["message"].as_str().unwrap_or_default().to_owned())
        .collect();
    (!found.is_empty()).then(|| cut(&found.join("; ")))
}

/// Why an answer does not fit what the document declares, by our second reading of it.
fn refused(
    document: &Document,
    judge: &Judge,
    operation: &Operation,
    (status, kind): (u16, &str),
    body: &[u8],
) -> Option<String> {
    let exact = status.to_string();
    let family = format!("{}XX", status / 100);
    let mut keys = [exact.as_str(), family.as_str(), "default"].into_iter();
    let response = keys.find_map(|key| {
        operation.responses.iter().find(|response| response.status.eq_ignore_ascii_case(key))
    });
    let Some(response) = response else { return Some("the status is not declared".to_owned()) };
    let Some(media) = response.media.iter().find(|media| media.essence() == essence(kind)) else {
        return Some(format!("`{kind}` is not declared"));
    };
    if !is_json(kind) {
        return None;
    }
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return Some(error.to_string()),
    };
    let (place, _) = document.resolve(media.schema.as_deref()?)?;
    judge.check(&place, &value).err()
}

fn cut(text: &dyn Display) -> String {
    let text = text.to_string();
    text.char_indices().nth(SHOWN).map_or_else(|| text.clone(), |(end, _)| format!("{}…", &text[..end]))
}
