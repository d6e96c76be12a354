//! The file: an object whose last array grows, complete after each entry where the output can be sought.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::StatusCode;
use serde_json::{Map, Value, json};

/// What ends the archive.
const END: &str = "\n]}}\n";

/// An archive that is being written.
pub(super) struct Archive {
    out: Out,
    /// The beginning is written with the first entry, or with the end.
    is_begun: bool,
    is_ended: bool,
    failed: Option<io::Error>,
}

enum Out {
    /// The end is written after each entry, and overwritten by the next one.
    File(File),
    Writer(Box<dyn Write + Send>),
}

impl Archive {
    pub(super) fn file(file: File) -> Self {
        Self { out: Out::File(file), is_begun: false, is_ended: false, failed: None }
    }

    pub(super) fn writer(writer: Box<dyn Write + Send>) -> Self {
        Self { out: Out::Writer(writer), is_begun: false, is_ended: false, failed: None }
    }

    /// Adds an entry, unless the archive has ended or failed.
    pub(super) fn add(&mut self, entry: &Value) {
        if self.failed.is_none() && !self.is_ended {
            self.failed = self.write(Some(entry)).err();
        }
    }

    /// Ends the archive.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if let Some(error) = self.failed.take() {
            self.is_ended = true;
            return Err(error);
        }
        if self.is_ended {
            return Ok(());
        }
        self.is_ended = true;
        self.write(None)
    }

    fn write(&mut self, entry: Option<&Value>) -> io::Result<()> {
        let mut text = if self.is_begun { String::new() } else { begin() };
        if let Some(entry) = entry {
            text.push_str(if self.is_begun { ",\n" } else { "\n" });
            text.push_str(&entry.to_string());
        }
        self.is_begun = true;
        match &mut self.out {
            Out::File(file) => {
                text.push_str(END);
                file.write_all(text.as_bytes())?;
                let back = i64::try_from(END.len()).unwrap_or(0);
                if !self.is_ended {
                    file.seek(SeekFrom::Current(-back))?;
                }
                file.flush()
            }
            Out::Writer(writer) => {
                if self.is_ended {
                    text.push_str(END);
                }
                writer.write_all(text.as_bytes())?;
                writer.flush()
            }
        }
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        _ = self.finish();
    }
}

fn begin() -> String {
    let creator = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    format!("{{\"log\": {{\"version\": \"1.2\", \"creator\": {creator}, \"entries\": [")
}

/// The parts of an entry, redacted.
pub(super) struct Exchange<'a> {
    pub(super) started: &'a str,
    pub(super) elapsed: Duration,
    pub(super) method: &'a str,
    pub(super) url: &'a str,
    pub(super) headers: Vec<Value>,
    /// `postData`.
    pub(super) posted: Option<Map<String, Value>>,
    /// Status, headers and `content`.
    pub(super) received: Option<(StatusCode, Vec<Value>, Map<String, Value>)>,
}

/// An entry.
pub(super) fn entry(of: Exchange<'_>) -> Value {
    let milliseconds = of.elapsed.as_secs_f64() * 1000.0;
    let query = of.url.split_once('?').map_or("", |(_, query)| query);
    let query: Vec<Value> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let mut request = json!({
        "method": of.method, "url": of.url, "httpVersion": "HTTP/1.1", "cookies": [], "headers": of.headers,
        "queryString": query, "headersSize": -1, "bodySize": -1,
    });
    if let Some(posted) = of.posted {
        request["postData"] = Value::Object(posted);
    }
    let (status, headers, content) = match of.received {
        Some((status, headers, content)) => (Some(status), headers, content),
        None => (
            None,
            Vec::new(),
            Map::from_iter([("size".to_owned(), json!(0)), ("mimeType".to_owned(), json!(""))]),
        ),
    };
    json!({
        "startedDateTime": of.started,
        "time": milliseconds,
        "request": request,
        "response": {
            // Without a response it is 0, as browsers write it.
            "status": status.map_or(0, |status| status.as_u16()),
            "statusText": status.and_then(|status| status.canonical_reason()).unwrap_or_default(),
            "httpVersion": "HTTP/1.1", "cookies": [], "headers": headers, "content": content,
            "redirectURL": "", "headersSize": -1, "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
    })
}

/// The time, as ISO 8601 writes it.
pub(super) fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    time(since.as_secs(), since.subsec_millis())
}

fn time(seconds: u64, millis: u32) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // The calendar repeats every 400 years of 146,097 days; years begin in March, so that leap days end them.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_written_as_iso_8601() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.007Z"),
            (951_782_400, "2000-02-29T00:00:00.007Z"),
            (1_709_164_799, "2024-02-28T23:59:59.007Z"),
            (4_107_542_400, "2100-03-01T00:00:00.007Z"),
        ] {
            assert_eq!(time(seconds, 7), expected);
        }
    }
}
