//! What of an exchange may be written.

use std::sync::Arc;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use serde_json::{Map, Value, json};

use super::super::error::REQUEST_IDS;
use super::super::redact::{REDACTED, Scrub};
use super::super::transport::Url;

/// Headers whose values say nothing about who calls.
const PLAIN: [&str; 12] = [
    "accept",
    "accept-language",
    "cache-control",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "date",
    "retry-after",
    "server",
    "user-agent",
    "vary",
];

/// Words in the names of headers about rate limits, behind `ratelimit-`, `x-ratelimit-` or `x-rate-limit-`.
const OF_LIMITS: [&str; 7] = ["limit", "policy", "remaining", "requests", "reset", "tokens", "used"];

/// Words in names of what is secret.
const SECRETS: [&str; 17] = [
    "apikey",
    "auth",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "key",
    "passwd",
    "password",
    "pin",
    "secret",
    "session",
    "signature",
    "token",
    "tokens",
];

/// Whether the value of a header says nothing about who calls. The id of a request is what the vendor's support asks for.
fn is_plain(name: &str) -> bool {
    let of_limits =
        ["x-ratelimit-", "x-rate-limit-", "ratelimit-"].iter().find_map(|prefix| name.strip_prefix(prefix));
    PLAIN.contains(&name)
        || REQUEST_IDS.contains(&name)
        || name == "ratelimit"
        || of_limits.is_some_and(|rest| rest.split('-').all(|word| OF_LIMITS.contains(&word)))
}

/// Knows the secrets of one exchange.
pub(super) struct Redactor {
    scrub: Scrub,
    names: Arc<[String]>,
}

impl Redactor {
    /// Takes the credentials from the headers of the request: wherever they come back, they are replaced.
    pub(super) fn new(headers: &HeaderMap, names: &Arc<[String]>) -> Self {
        let mut scrub = Scrub::default();
        for (name, value) in headers {
            let is_secret =
                value.is_sensitive() || [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name);
            if let Some(text) = value.to_str().ok().filter(|_| is_secret) {
                scrub.add(text);
                // `Bearer …`: the token alone may come back as well.
                text.split_whitespace().skip(1).for_each(|part| scrub.add(part));
            }
        }
        Self { scrub, names: names.clone() }
    }

    pub(super) fn headers(&self, headers: &HeaderMap) -> Vec<Value> {
        let shown = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            let is_plain = is_plain(name.as_str()) && !value.is_sensitive();
            let text = value.to_str().ok().filter(|_| is_plain);
            json!({"name": name.as_str(), "value": text.map_or_else(|| REDACTED.to_owned(), |text| self.scrub.clean(text))})
        };
        headers.iter().map(shown).collect()
    }

    /// The URL without user, password and fragment; values of the query are replaced unless they are numbers or booleans.
    pub(super) fn url(&self, url: &Url) -> String {
        let (scheme, server) = url.origin();
        let base = format!("{scheme}://{server}{}", url.path());
        let value = |text: &str| {
            let is_plain = (text.len() < 8 && text.bytes().all(|byte| byte.is_ascii_digit()))
                || ["true", "false"].contains(&text);
            if is_plain { text.to_owned() } else { REDACTED.to_owned() }
        };
        let pairs: Vec<String> = url
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                pair.split_once('=')
                    .map_or_else(|| pair.to_owned(), |(name, text)| format!("{name}={}", value(text)))
            })
            .collect();
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
        self.scrub.clean(&format!("{base}{query}"))
    }

    /// `content` or `postData`: the text of JSON, of JSON lines and of events; of others the length only.
    pub(super) fn content(
        &self,
        media: &str,
        bytes: &[u8],
        is_whole: bool,
        length: usize,
    ) -> Map<String, Value> {
        let mut content =
            Map::from_iter([("size".to_owned(), json!(length)), ("mimeType".to_owned(), json!(media))]);
        if length == 0 && is_whole {
            return content;
        }
        let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_lines = ["jsonl", "ndjson", "jsonlines", "json-seq", "stream+json", "json-lines"]
            .iter()
            .any(|end| essence.ends_with(end));
        let text = String::from_utf8_lossy(bytes);
        let text = if essence == "text/event-stream" || is_lines {
            // A line that was cut is left out.
            let whole = if is_whole { &*text } else { text.rsplit_once('\n').map_or("", |(whole, _)| whole) };
            Some(whole.split('\n').map(|line| self.line(line)).collect::<Vec<_>>().join("\n"))
        } else {
            let value = is_whole.then(|| serde_json::from_slice::<Value>(bytes).ok()).flatten();
            value.map(|value| self.value(value, false).to_string())
        };
        match text {
            Some(text) => {
                content.insert("text".to_owned(), json!(self.scrub.clean(&text)));
            }
            None => {
                let why = if is_whole { "not JSON, so not recorded" } else { "truncated, so not recorded" };
                content.insert("comment".to_owned(), json!(why));
            }
        }
        content
    }

    /// A line of a stream: its JSON, or its beginning if it is a short word.
    fn line(&self, line: &str) -> String {
        let (field, data) = match line.strip_prefix("data:") {
            Some(data) => ("data: ", data.trim()),
            None => ("", line.trim_matches(['\u{1e}', '\r'])),
        };
        match serde_json::from_str::<Value>(data) {
            Ok(value) => format!("{field}{}", self.value(value, false)),
            Err(_) if data.len() < 24 => format!("{field}{data}"),
            Err(_) => format!("{field}{REDACTED}"),
        }
    }

    /// A value whose secrets are replaced by others of the same type.
    fn value(&self, value: Value, is_secret: bool) -> Value {
        match value {
            Value::String(_) if is_secret => json!(REDACTED),
            Value::Number(_) if is_secret => json!(0),
            Value::Array(items) => items.into_iter().map(|item| self.value(item, is_secret)).collect(),
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| {
                    let is_secret = is_secret || self.is_secret(&name);
                    (name, self.value(value, is_secret))
                })
                .collect(),
            plain => plain,
        }
    }

    fn is_secret(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name) || is_secret(name)
    }
}

/// Whether a name is that of a secret, by its words.
fn is_secret(name: &str) -> bool {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        }
    }
    words.iter().any(|word| SECRETS.contains(&word.as_str())) || SECRETS.contains(&words.concat().as_str())
}
