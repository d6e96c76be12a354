//! Checks every call of an SDK against Prism as a validating server, document by document.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::places::Places;
use super::verdict::{Finding, Known, Whose, findings, verdict};
use super::{server, tools};
use crate::corpus::find;
use sdkgen::cli::{Console, Exit, Failure};

/// Known faults of Prism and of documents.
const KNOWN: &[Known] = &[
    Known {
        subject: "keeper",
        call: "",
        words: "must have required property 'authorization'",
        whose: Whose::Document,
        why: "OpenAPI ignores parameters called `Authorization`; the document declares one instead of a security scheme",
    },
    Known {
        subject: "typesense",
        call: "DELETE /collections/{collectionName}/documents",
        words: "must have required property 'filter_by'",
        whose: Whose::Judge,
        why: "a required property of an optional parameter is only required if the parameter is given",
    },
    Known {
        subject: "meilisearch",
        call: "text/plain",
        words: "Request body must be ",
        whose: Whose::Judge,
        why: "it compares the text of a `text/plain` body with the schema, so it is never a boolean or a number",
    },
    Known {
        subject: "meilisearch",
        call: "POST /indexes/{indexUid}/documents application/json",
        words: "Body parameter is required",
        whose: Whose::Judge,
        why: "it treats `null`, `false`, `0` and an empty string in JSON as a missing body",
    },
    Known {
        subject: "meilisearch",
        call: "GET /indexes/{indexUid}/similar",
        words: "must have required property 'embedder'",
        whose: Whose::Judge,
        why: "it treats an empty string in the query as absent",
    },
    Known {
        subject: "train_travel",
        call: "application/xml",
        words: "Request body must be object",
        whose: Whose::Judge,
        why: "it does not parse XML, and compares the text with the schema",
    },
    Known {
        subject: "train_travel",
        call: "POST /bookings/{bookingId}/payment",
        words: "exp_month must be >= -9007199254740991",
        whose: Whose::Judge,
        why: "it limits 64-bit integers to those of JavaScript",
    },
];

/// Checks the documents of `spec/` and of a folder with Prism.
pub(super) fn prism(
    folder: Option<&Path>,
    only: &[String],
    places: &Places,
    console: &mut Console,
) -> Result<Exit, Failure> {
    let npm = tools::npm(places, console)?;
    let mut all = Vec::new();
    for folder in [Some(places.root.join("spec").as_path()), folder].into_iter().flatten() {
        all.extend(find(folder, &[])?);
    }
    all.retain(|found| only.is_empty() || only.contains(&found.name));
    let mut found = Vec::new();
    for one in &all {
        console.progress(&format!("{}: building its SDK\n", one.name));
        let path = std::path::absolute(&one.path).map_err(|e| Failure::write(&one.path, &e))?;
        match document(&one.name, &path, &npm, places) {
            Ok(of_document) => found.extend(of_document),
            // Check the others nevertheless.
            Err(failure) => {
                console.failure(&failure);
                let line = serde_json::json!({"judge": "prism", "call": "all", "trouble": failure.message});
                found.extend(findings(&one.name, &line.to_string())?);
            }
        }
    }
    Ok(verdict(&found, KNOWN).tell(console))
}

fn document(name: &str, path: &Path, npm: &Path, places: &Places) -> Result<Vec<Finding>, Failure> {
    let program = tools::program(&[PathBuf::from(path)], places)?;
    let log = places.cache.join("prism").join(format!("{name}.log"));
    let served = server::serve(&log, |port| {
        let mut command = Command::new("node");
        command.arg(npm.join("node_modules/@stoplight/prism-cli/dist/index.js"));
        command.args(["mock", "--errors", "--port", &port.to_string()]).arg(path);
        command
    })?;
    let url = format!("http://127.0.0.1:{}", served.port);
    let text = tools::output(Command::new(program).arg("prism").arg(path).arg(url), "judges")?;
    findings(name, &text)
}
