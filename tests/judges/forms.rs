//! The forms and multipart bodies of the cases: sent over a loopback connection, then compared with what readers of others made of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::case::{Case, cases};
use tests::conform::arguments::Maker;
use tests::conform::{drivers, encode, given};
use tests::document::{Document, Media, Operation, essence};
use tests::drive::Driver;
use tests::judge::{Judge, Side};
use tests::mounts::SDKS;
use tests::percent::decode_form;
use tests::server::{Section, Server};

use crate::finding;

/// Values that are tried for each body, by turns with all properties and those that must be given.
const TURNS: usize = 6;

/// Prints each body that the SDKs send, with what was given for it and how our own test server reads its parts.
pub(crate) async fn bodies() -> Result<(), String> {
    for case in cases()? {
        let Some(sdk) = SDKS.iter().find(|sdk| sdk.name == case.name) else { continue };
        let document = document(&case)?;
        let server = Server::start(document.clone()).await?;
        let judge = Judge::new(&document, Side::Request)?;
        let client = (sdk.open)(&server.url()).map_err(|error| error.to_string())?;
        let mut maker = Maker::new(&document, &judge);
        for operation in document.operations() {
            for (media, driver) in drivers(&operation, sdk.calls) {
                let (Some(media), Some(driver)) = (media, driver) else { continue };
                if is_form(media) {
                    let call = Call { case: &case, operation: &operation, media, driver };
                    call.bodies(&server, &client, &mut maker).await?;
                }
            }
        }
    }
    Ok(())
}

struct Call<'a> {
    case: &'a Case,
    operation: &'a Operation,
    media: &'a Media,
    driver: &'a Driver,
}

impl Call<'_> {
    async fn bodies(
        &self,
        server: &Server,
        client: &tests::drive::Client,
        maker: &mut Maker<'_>,
    ) -> Result<(), String> {
        let Self { case, operation, media, driver } = self;
        let name = format!("{}: {} {} {}", case.name, operation.method, operation.path, media.name);
        let mut tried = Vec::new();
        for turn in 0..TURNS {
            let wanted = (turn % 2 == 0, driver.takes_body);
            let Ok(arguments) = maker.arguments(operation, Some(media), wanted, turn) else { continue };
            let Some(body) = arguments.body.clone().filter(|body| !tried.contains(body)) else { continue };
            server.take_seen();
            let outcome = (driver.start)(client, &given(&arguments))?.await;
            let seen = server.take_seen();
            let Some(seen) = seen.first() else {
                return Err(format!(
                    "{name}: no request: {:?}",
                    outcome.err().map(|error| error.to_string())
                ));
            };
            let parts: Vec<Value> = seen.sections.iter().map(part).collect();
            let line = json!({
                "case": case.name, "call": format!("{name} #{turn}"), "media": media.pointer, "given": body,
                "type": seen.request.header("content-type"), "body": STANDARD.encode(&seen.request.body), "parts": parts,
            });
            println!("{line}");
            tried.push(body);
        }
        Ok(())
    }
}

fn part(section: &Section) -> Value {
    json!({
        "name": section.name, "file": section.file, "type": section.media(), "bytes": STANDARD.encode(&section.bytes),
    })
}

fn document(case: &Case) -> Result<Document, String> {
    let text = case.meant().unwrap_or_else(|| case.spec.clone());
    Document::parse(&format!("{}/spec.yaml", case.name), &text)
}

fn is_form(media: &Media) -> bool {
    let kind = media.essence();
    kind == "application/x-www-form-urlencoded" || kind.starts_with("multipart/")
}

/// Compares what readers made of the bodies: one line of `read` for each body and reader, with the number of the body.
pub(crate) fn compare(bodies: &str, read: &str) -> Result<(), String> {
    let (bodies, read) = (lines(bodies)?, lines(read)?);
    let cases = cases()?;
    for answer in &read {
        let number = answer["id"].as_u64().and_then(|id| usize::try_from(id).ok());
        let body =
            number.and_then(|id| bodies.get(id)).ok_or("a reader speaks of a body that is not there")?;
        let case = cases.iter().find(|case| body["case"] == case.name.as_str());
        let document = document(case.ok_or("a body is of a case that is not there")?)?;
        let operations = document.operations();
        let declared = operations.iter().filter_map(|operation| operation.body.as_ref());
        let mut media = declared.flat_map(|body| &body.media);
        let media = media.find(|media| body["media"] == media.pointer.as_str());
        let media = media.ok_or("a body is of a media type that is not there")?;
        let trouble = judged(&document, media, body, answer).err();
        finding(text(&answer["reader"]), text(&body["call"]), trouble.as_deref(), None);
    }
    Ok(())
}

/// Whether a reader read what was given; where the document leaves open how that is written, what our own test server reads.
fn judged(document: &Document, media: &Media, body: &Value, answer: &Value) -> Result<(), String> {
    if let Some(error) = answer["error"].as_str() {
        return Err(format!("refused: {error}"));
    }
    if answer.get("tree").is_some() {
        return encode::tree_read(document, media, &body["given"], &answer["tree"]).unwrap_or(Ok(()));
    }
    if let Some(pairs) = answer["pairs"].as_array() {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|pair| (text(&pair[0]).to_owned(), text(&pair[1]).to_owned())).collect();
        let judged = encode::pairs_read(document, media, &body["given"], &pairs);
        return judged.unwrap_or_else(|| own_pairs(body, &pairs));
    }
    let (ours, theirs) = (list(&body["parts"]), list(&answer["parts"]));
    if ours.len() != theirs.len() {
        return Err(format!("{} parts were sent, {} were read", ours.len(), theirs.len()));
    }
    for (ours, theirs) in ours.iter().zip(theirs) {
        for key in ["name", "file", "bytes"] {
            if ours[key] != theirs[key] {
                return Err(format!("the {key} of a part should be {}, but is {}", ours[key], theirs[key]));
            }
        }
    }
    // The readers do not tell all headers of a part.
    let sections: Vec<Section> =
        ours.iter().zip(theirs).map(|(ours, theirs)| section(ours, theirs)).collect();
    let mut media = media.clone();
    media.encoding.iter_mut().for_each(|encoding| encoding.headers.clear());
    if media.essence() == "multipart/related" {
        return Ok(());
    }
    encode::parts(document, &media, (&body["given"], text(&body["type"])), &sections).unwrap_or(Ok(()))
}

/// Compares what was read with our own reading of a form.
fn own_pairs(body: &Value, found: &[(String, String)]) -> Result<(), String> {
    let bytes = STANDARD.decode(text(&body["body"])).unwrap_or_default();
    let form = String::from_utf8_lossy(&bytes);
    let pairs = form.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let ours: Vec<(String, String)> =
        pairs.map(|(name, value)| (decode_form(name), decode_form(value))).collect();
    if ours == found { Ok(()) } else { Err(format!("there should be {ours:?}, but there are {found:?}")) }
}

fn section(ours: &Value, theirs: &Value) -> Section {
    let owned = |value: &Value| value.as_str().map(str::to_owned);
    let mut headers = Vec::new();
    if let Some(name) = theirs["name"].as_str() {
        headers.push(("content-disposition".to_owned(), format!("form-data; name=\"{name}\"")));
    }
    // What a reader does not tell is that which our own test server reads: the type of a field, or its parameters.
    let (told, kind) = (owned(&theirs["type"]), owned(&ours["type"]));
    let is_bare = |told: &String| kind.as_ref().is_some_and(|kind| essence(kind) == *told);
    let kind = if told.as_ref().is_none_or(is_bare) { kind } else { told };
    headers.extend(kind.map(|kind| ("content-type".to_owned(), kind)));
    let bytes = STANDARD.decode(text(&theirs["bytes"])).unwrap_or_default();
    Section { headers, name: owned(&theirs["name"]), file: owned(&theirs["file"]), bytes }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn lines(path: &str) -> Result<Vec<Value>, String> {
    let all = std::fs::read_to_string(path).map_err(|e| format!("`{path}`: {e}"))?;
    all.lines().map(|line| serde_json::from_str(line).map_err(|e| format!("`{path}`: {e}"))).collect()
}
