//! The page: it loads the program, runs it, and reports what it says.

use std::io;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::http::{respond, serve as listen};

const INDEX: &str = r#"<!doctype html>
<meta charset="utf-8">
<title>SDK</title>
<script type="module">
const report = text => fetch("/report", { method: "POST", body: text });
window.reportPanic = text => report("panicked: " + text);
addEventListener("error", event => report("failed: " + event.message));
addEventListener("unhandledrejection", event => report("failed: " + event.reason));
const { default: init, run } = await import("./program.js");
await init();
await report(await run("API"));
</script>
"#;

/// A page that is served.
pub(super) struct Page {
    pub(super) url: String,
    reports: Receiver<String>,
}

/// Serves the page with the program in this folder.
pub(super) fn serve(folder: &Path, api: &str) -> io::Result<Page> {
    let (index, folder) = (INDEX.replace("API", api), folder.to_owned());
    let (sender, reports) = channel();
    let url = listen(move |request, stream| {
        let file = |name: &str, media: &str| {
            let headers = format!("content-type: {media}\r\n");
            std::fs::read(folder.join(name)).map(|body| (headers, body))
        };
        let (headers, body) = match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/") => ("content-type: text/html\r\n".to_owned(), index.clone().into_bytes()),
            ("GET", "/program.js") => file("program.js", "text/javascript")?,
            ("GET", "/program_bg.wasm") => file("program_bg.wasm", "application/wasm")?,
            ("POST", "/report") => {
                // Whoever asked may be gone.
                let _ = sender.send(String::from_utf8_lossy(&request.body).into_owned());
                (String::new(), Vec::new())
            }
            _ => return respond(stream, "404 Not Found", "", b""),
        };
        respond(stream, "200 OK", &headers, &body)
    })?;
    Ok(Page { url, reports })
}

impl Page {
    /// Waits for the report, and ends the browser.
    pub(super) fn report(&self, browser: &mut Child, patience: Duration) -> Option<String> {
        let report = self.reports.recv_timeout(patience).ok();
        // It may have ended by itself.
        let _ = browser.kill();
        let _ = browser.wait();
        report.map(|report| if report.ends_with('\n') { report } else { report + "\n" })
    }
}
