//! The code of READMEs as functions, so that it is compiled.

use std::fmt::Write as _;

/// A module with a function for each block of Rust in a README; `sdk` is the path of the SDK that calls itself `lib`.
pub(crate) fn module(name: &str, readme: &str, sdk: &str, lib: &str) -> String {
    let mut out = format!(
        "mod {name}_readme {{\n    #![allow(clippy::all, dead_code, deprecated, unused, reason = \"it is shown, and not called\")]\n    use \
         {sdk} as {lib};\n"
    );
    for (at, block) in blocks(readme).iter().enumerate() {
        let _ = write!(
            out,
            "async fn block_{at}(client: {lib}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n{block}Ok(())\n}}\n"
        );
    }
    out.push_str("}\n\n");
    out
}

/// The fenced blocks of Rust.
fn blocks(readme: &str) -> Vec<String> {
    let blocks = readme.split("```rust\n").skip(1).map(|rest| rest.split("```").next());
    blocks.map(|block| block.unwrap_or_default().to_owned()).collect()
}
