//! Reads `INDEX.tsv`, which assigns bodies to operations of documents.

use sdkgen::source::Source;

use sdkgen::cli::Failure;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// File, relative to the index.
    pub(super) file: String,
    /// The document: part of its version or file name.
    pub(super) spec: String,
    /// `METHOD /path`.
    pub(super) operation: String,
    /// Whether the body is sent.
    pub(super) request: bool,
    /// Whether the body matches its schema.
    pub(super) fits: bool,
}

/// Reads the rows. The first line names the columns.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, String> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        header
            .iter()
            .position(|known| *known == name)
            .ok_or_else(|| format!("the column `{name}` is missing"))
    };
    let (file, spec, operation) = (column("file")?, column("spec")?, column("operation")?);
    let (direction, check) = (column("direction")?, column("schema_check")?);
    let mut rows = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        rows.push(Row {
            file: cell(file).to_owned(),
            spec: cell(spec).to_owned(),
            operation: cell(operation).to_owned(),
            request: cell(direction) == "request",
            fits: cell(check) == "ok",
        });
    }
    Ok(rows)
}

/// Returns the valid rows of this document: its version begins with their spec, or its name contains it. If
/// the index has one document, all rows belong to it.
pub(super) fn meant(rows: Vec<Row>, document: &Source) -> Result<Vec<Row>, Failure> {
    let mut specs: Vec<String> = rows.iter().map(|row| row.spec.clone()).collect();
    specs.sort();
    specs.dedup();
    let version = version(document.body());
    let ours = |spec: &String| {
        document.file_name().contains(spec.as_str()) || version.is_some_and(|v| v.starts_with(spec.as_str()))
    };
    let chosen: Vec<&String> =
        if specs.len() == 1 { specs.iter().collect() } else { specs.iter().filter(|s| ours(s)).collect() };
    if chosen.is_empty() {
        let message = format!("no row of the index belongs to `{}`", document.file_name());
        return Err(Failure::new(message).help(format!("its column `spec` has {specs:?}")));
    }
    let kept = |row: &Row| row.fits && chosen.contains(&&row.spec);
    Ok(rows.iter().filter(|row| kept(row)).cloned().collect())
}

/// Finds `info.version` in the text, which avoids parsing the document again.
fn version(text: &str) -> Option<&str> {
    let info = text.split("info").nth(1)?;
    let value = info.split_once("version")?.1.lines().next()?;
    Some(value.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Returns the pointer of the schema of a body, if it has a type.
pub(super) fn pointer<'a>(row: &Row, names: &'a [(String, String)]) -> Result<&'a str, String> {
    let (method, path) = row.operation.split_once(' ').ok_or("the operation is not `METHOD /path`")?;
    let path = path.replace('~', "~0").replace('/', "~1");
    let operation = format!("/paths/{path}/{}", method.to_ascii_lowercase());
    let places: Vec<String> = if row.request {
        vec![format!("{operation}/requestBody/content/")]
    } else {
        let status = status(&row.file).ok_or("the file name has no status")?;
        let range = format!("{}XX", &status[..1]);
        let keys = [status, &range, "default"];
        keys.iter().map(|key| format!("{operation}/responses/{key}/content/")).collect()
    };
    let json = |pointer: &str, place: &str| {
        let media = pointer.strip_prefix(place).and_then(|rest| rest.strip_suffix("/schema"));
        media.is_some_and(|media| media.contains("json") && !media.contains('/'))
    };
    places
        .iter()
        .find_map(|place| names.iter().map(|(pointer, _)| pointer.as_str()).find(|p| json(p, place)))
        .ok_or_else(|| format!("`{}` has no type", places[0]))
}

/// Returns the status in `<operation>.<status>[.<n>].json`.
fn status(file: &str) -> Option<&str> {
    let name = file.rsplit('/').next()?;
    name.split('.').skip(1).find(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "file\tspec\toperation\tdirection\tsource\tschema_check\n\
        05/things_get.200.2.json\t2026-05\tGET /things/{id}\tresponse\tpage\tok\n\
        05/things_put.request.json\t2026-05\tPUT /things/{id}\trequest\tpage\tok\n\
        05/things_odd.200.json\t2026-05\tGET /things/{id}\tresponse\tpage\tdiffers: x\n\
        08/things_get.404.json\t2026-08\tGET /things/{id}\tresponse\tpage\tok\n";

    fn names(pointers: &[&str]) -> Vec<(String, String)> {
        pointers.iter().map(|pointer| ((*pointer).to_owned(), "types::X".to_owned())).collect()
    }

    #[test]
    fn rows_are_chosen_by_version_or_name() {
        let all = rows(INDEX).unwrap();
        assert_eq!(all.len(), 4);
        let by_version =
            Source::new("api.yaml", "openapi: 3.1.0\ninfo:\n  title: T\n  version: '2026-05-09'\n");
        assert_eq!(meant(all.clone(), &by_version).unwrap().len(), 2);
        assert_eq!(
            meant(all.clone(), &Source::new("api-2026-08.yaml", "")).unwrap()[0].file,
            "08/things_get.404.json"
        );
        assert!(meant(all, &Source::new("other.yaml", "")).is_err());
        assert!(rows("file\tspec\n").is_err());
    }

    #[test]
    fn bodies_find_their_schema() {
        let all = rows(INDEX).unwrap();
        let get = "/paths/~1things~1{id}/get/responses";
        let put = "/paths/~1things~1{id}/put/requestBody/content/application~1json/schema";
        let exact = format!("{get}/200/content/application~1json/schema");
        let range = format!("{get}/4XX/content/application~1problem+json/schema");
        let names = names(&[&format!("{get}/200/content/text~1csv/schema"), &exact, &range, put]);
        assert_eq!(pointer(&all[0], &names), Ok(exact.as_str()));
        assert_eq!(pointer(&all[1], &names), Ok(put));
        assert_eq!(pointer(&all[3], &names), Ok(range.as_str()));
        assert!(pointer(&Row { operation: "GET /none".into(), ..all[0].clone() }, &names).is_err());
    }
}
