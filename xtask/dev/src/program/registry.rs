//! Writes Rust code that maps schemas to the types of an SDK. Also used by the build script of the tests.
//!
//! In: pairs of a JSON pointer and a type, written with `types::`, `model::` and `std` paths. Out: Rust source, which expects the
//! modules `types`, `model` and `wire` of the SDK in scope.

/// A type for a function that decodes and encodes, and the function.
pub(crate) const ECHO: &str = "\
/// Decodes a body as the type of a schema, and encodes it again.
type Echo = fn(&[u8]) -> Result<Vec<u8>, String>;

fn echo<T: wire::Wire>(body: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = model::from_slice(body).map_err(|e| e.to_string())?;
    Ok(model::to_vec(&value))
}
";

/// The table itself: a static slice of pointers and functions.
pub(crate) fn table(name: &str, visibility: &str, names: &[(String, String)]) -> String {
    let rows: String =
        names.iter().map(|(pointer, ty)| format!("    ({pointer:?}, echo::<{ty}>),\n")).collect();
    format!("{visibility}static {name}: &[(&str, Echo)] = &[\n{rows}];\n")
}
