//! Finds out what a case folder lacks.

use folders::Case;
use sdkgen::Output;

/// Returns what to do, in a sentence each. `mapping` is the text of `docs/mapping.md`, and `differences`
/// lists the changed goldens.
pub(super) fn lacks(
    case: &Case,
    output: Option<&Output>,
    differences: &[String],
    mapping: &str,
) -> Vec<String> {
    let mut all = Vec::new();
    let name = &case.name;
    if !case.spec.starts_with("# ") {
        all.push(
            "`spec.yaml` does not begin with a comment that says what the case is about: add one".to_owned(),
        );
    }
    let Some(output) = output else { return all };
    let bare: Vec<String> =
        schemas(output).filter(|schema| !case.bodies.iter().any(|(of, ..)| of == schema)).collect();
    if let Some(first) = bare.first() {
        let names: Vec<String> = bare.iter().map(|schema| format!("`{schema}`")).collect();
        let names = names.join(", ");
        all.push(format!(
            "no body for {names}: add `body.{first}.1.json` and so on where the case is about them"
        ));
    }
    let update = "run `UPDATE_EXPECT=1 cargo test -p tests --test it requests`";
    if !output.sdk.operations.is_empty() && !case.folder.join("requests.http").is_file() {
        all.push(format!("operations without `requests.http`: {update}"));
    } else if !output.sdk.operations.is_empty() && differences.iter().any(|one| one.contains("`out/src/")) {
        all.push(format!("the requests may have changed, too: {update}"));
    }
    if !mapping.contains(&format!("`{name}`")) && !mapping.contains(&format!("`{name}/")) {
        all.push(format!("no row of `docs/mapping.md` names `{name}`: name its evidence in the last column"));
    }
    all
}

/// Returns the names of the component schemas with a type.
fn schemas(output: &Output) -> impl Iterator<Item = String> {
    let names = output.names.iter().filter_map(|(pointer, _)| pointer.strip_prefix("/components/schemas/"));
    names.filter(|rest| !rest.contains('/')).map(|name| name.replace("~1", "/").replace("~0", "~"))
}
