//! Reads the index of a folder of recorded bodies, `INDEX.tsv`.
//!
//! Columns: `file`, `operation` (`METHOD /path`), `direction` (`request` or `response`), and `spec` if the folder holds bodies of
//! several documents (a part of the version or of the file name). The status is in the file name: `<name>.<status>[.<n>].json`.

use super::exchange::{Body, Exchange, Response, Target};
use crate::source::Source;

/// A row of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// File, relative to the index.
    pub file: String,
    spec: Option<String>,
    method: String,
    path: String,
    is_request: bool,
}

/// Reads the rows that belong to a document. If the index has one document, all rows belong to it.
pub fn rows(index: &str, document: &Source) -> Result<Vec<Row>, String> {
    let mut lines = index.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let find = |name: &str| header.iter().position(|known| *known == name);
    let column = |name: &str| find(name).ok_or_else(|| format!("the column `{name}` is missing"));
    let (file, operation, direction) = (column("file")?, column("operation")?, column("direction")?);
    let mut rows = Vec::new();
    for (at, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let (method, path) = cell(operation)
            .split_once(' ')
            .ok_or_else(|| format!("line {}: the operation must be `METHOD /path`", at + 2))?;
        rows.push(Row {
            file: cell(file).to_owned(),
            spec: find("spec").map(|at| cell(at).to_owned()),
            method: method.to_owned(),
            path: path.to_owned(),
            is_request: cell(direction) == "request",
        });
    }
    let mut specs: Vec<&Option<String>> = rows.iter().map(|row| &row.spec).collect();
    specs.sort_unstable();
    specs.dedup();
    if specs.len() > 1 {
        let version = version(document.body());
        let is_ours = |spec: &str| {
            document.file_name().contains(spec) || version.is_some_and(|version| version.starts_with(spec))
        };
        rows.retain(|row| row.spec.as_deref().is_some_and(is_ours));
        if rows.is_empty() {
            return Err(format!("no row belongs to `{}`, by its version or file name", document.file_name()));
        }
    }
    Ok(rows)
}

/// Finds `info.version` in the text, which avoids parsing the document again.
fn version(text: &str) -> Option<&str> {
    let info = text.split("info").nth(1)?;
    let value = info.split_once("version")?.1.lines().next()?;
    Some(value.trim_matches(|c: char| !c.is_alphanumeric()))
}

impl Row {
    /// The exchange whose body this text is.
    pub fn exchange(&self, text: &str) -> Exchange {
        let body = Body::text(None, text);
        let target = Target::Operation { method: self.method.clone(), path: self.path.clone() };
        let (request, response) = match self.is_request {
            true => (Some(body), None),
            false => (None, Some(Response { status: self.status(), body })),
        };
        Exchange { entry: self.file.clone(), target, request, response }
    }

    /// The status in the file name.
    fn status(&self) -> Option<u16> {
        let parts = self.file.rsplit('/').next()?.split('.').skip(1);
        let mut statuses = parts.filter(|part| part.len() == 3).filter_map(|part| part.parse().ok());
        statuses.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "file\tspec\toperation\tdirection\n\
        05/things_get.200.2.json\t2026-05\tGET /things/{id}\tresponse\n\
        05/things_put.request.json\t2026-05\tPUT /things/{id}\trequest\n\n\
        08/things_get.404.json\t2026-08\tGET /things/{id}\tresponse\n";

    #[test]
    fn rows_are_chosen_by_version_or_name() {
        let by_version =
            Source::new("api.yaml", "openapi: 3.1.0\ninfo:\n  title: T\n  version: '2026-05-09'\n");
        let ours = rows(INDEX, &by_version).unwrap();
        assert_eq!(
            ours.iter().map(|row| row.file.as_str()).collect::<Vec<_>>(),
            ["05/things_get.200.2.json", "05/things_put.request.json"]
        );
        assert_eq!(rows(INDEX, &Source::new("api-2026-08.yaml", "")).unwrap()[0].status(), Some(404));
        assert!(rows(INDEX, &Source::new("other.yaml", "")).is_err());
        assert_eq!(rows("file\tspec\n", &by_version).unwrap_err(), "the column `operation` is missing");
        let odd = "file\toperation\tdirection\nx\tGET\tresponse\n";
        assert_eq!(rows(odd, &by_version).unwrap_err(), "line 2: the operation must be `METHOD /path`");
    }

    #[test]
    fn rows_become_exchanges() {
        let rows = rows(INDEX, &Source::new("api-2026-05.yaml", "")).unwrap();
        let got = rows[0].exchange("{}");
        assert_eq!(got.response.map(|response| response.status), Some(Some(200)));
        assert!(got.request.is_none());
        assert!(rows[1].exchange("{}").response.is_none());
    }
}
