//! Reads recordings in the HTTP Archive format (HAR 1.2), as browsers, proxies and the SDK's recorder write them.

use base64::Engine as _;
use serde_json::Value;

use super::exchange::{Body, Content, Exchange, Response, Target};
use crate::source::Source;

/// Reads a HAR file. The error says what is wrong, without any text of the file, which may hold secrets.
pub fn har(source: &Source) -> Result<Vec<Exchange>, String> {
    let root: Value = serde_json::from_str(source.body())
        .map_err(|error| format!("not JSON, at line {} and column {}", error.line(), error.column()))?;
    let entries = root.pointer("/log/entries").and_then(Value::as_array);
    let entries = entries.ok_or("not a HAR file: `log.entries` is missing")?;
    let exchange = |(at, entry)| exchange(&format!("{}: entry {at}", source.file_name()), entry);
    Ok(entries.iter().enumerate().filter_map(exchange).collect())
}

/// An entry; `None` if it has no request.
fn exchange(name: &str, entry: &Value) -> Option<Exchange> {
    let request = entry.get("request")?;
    let method = request.get("method")?.as_str()?.to_owned();
    let url = request.get("url")?.as_str()?.to_owned();
    let status = entry.pointer("/response/status").and_then(Value::as_u64).filter(|status| *status > 0);
    let response = status.map(|status| Response {
        status: u16::try_from(status).ok(),
        body: entry.pointer("/response/content").map_or_else(Body::empty, content),
    });
    Some(Exchange {
        entry: name.to_owned(),
        target: Target::Url { method, url },
        request: request.get("postData").map(content),
        response,
    })
}

/// `postData` of a request, or `content` of a response.
fn content(of: &Value) -> Body {
    let text = |key: &str| of.get(key).and_then(Value::as_str);
    let media = text("mimeType").filter(|media| !media.is_empty() && *media != "x-unknown");
    let unknown = || Body { media: media.map(str::to_owned), content: Content::Unknown };
    let size = of.get("size").and_then(Value::as_i64).unwrap_or(0);
    let body = match (text("text"), text("encoding")) {
        // Browsers leave out what they did not keep, and say only how long it was.
        (None, _) if size != 0 || of.get("params").is_some() => return unknown(),
        (None, _) => Body { content: Content::Empty, ..unknown() },
        (Some(bytes), Some("base64")) => {
            let bytes = base64::engine::general_purpose::STANDARD.decode(bytes).ok();
            match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
                Some(text) => Body::text(media, &text),
                None => Body { content: Content::Other, ..unknown() },
            }
        }
        (Some(text), _) => Body::text(media, text),
    };
    let is_cut = text("comment").is_some_and(|comment| comment.contains("truncated"));
    if is_cut && body.content == Content::Other { unknown() } else { body }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(entries: Value) -> Vec<Exchange> {
        let text = json!({"log": {"version": "1.2", "entries": entries}}).to_string();
        har(&Source::new("a/b.har", text)).unwrap()
    }

    #[test]
    fn entries_are_read_whatever_they_lack() {
        let read = read(json!([
            {},
            {"request": {"method": "GET", "url": "https://x.test/a?b=c"},
             "response": {"status": 200, "content": {"mimeType": "application/json", "text": "WzFd", "encoding": "base64"}}},
            {"request": {"method": "POST", "url": "https://x.test/a", "postData": {"mimeType": "application/json", "text": "{}"}},
             "response": {"status": 0}},
            {"request": {"method": "GET", "url": "https://x.test/b"},
             "response": {"status": 204, "content": {"size": 0, "mimeType": "x-unknown"}}},
            {"request": {"method": "GET", "url": "https://x.test/c"},
             "response": {"status": 200, "content": {"size": 70, "mimeType": "application/json", "text": "[1,", "comment": "truncated"}}},
        ]));
        let names: Vec<&str> = read.iter().map(|one| one.entry.as_str()).collect();
        assert_eq!(names, ["b.har: entry 1", "b.har: entry 2", "b.har: entry 3", "b.har: entry 4"]);
        let content = |at: usize| read[at].response.as_ref().map(|response| &response.body.content);
        assert_eq!(content(0), Some(&Content::Json(json!([1]))));
        assert_eq!(read[1].request.as_ref().map(|body| &body.content), Some(&Content::Json(json!({}))));
        assert_eq!(content(1), None);
        assert_eq!(content(2), Some(&Content::Empty));
        assert_eq!(content(3), Some(&Content::Unknown));
    }

    #[test]
    fn what_is_not_a_recording_is_refused_without_its_text() {
        let refused = |text: &str| har(&Source::new("x.har", text)).unwrap_err();
        assert_eq!(refused("{\"secret\": tok}"), "not JSON, at line 1 and column 13");
        assert_eq!(refused("{}"), "not a HAR file: `log.entries` is missing");
    }
}
