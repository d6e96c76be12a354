//! Languages of code blocks.

/// A language that rustdoc does not take for Rust, whatever the text of the document says behind the fence.
pub(super) fn language(info: &str) -> &'static str {
    let word =
        info.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    match word.as_str() {
        "json" | "jsonc" | "json5" => "json",
        "yaml" | "yml" => "yaml",
        "sh" | "bash" | "shell" | "console" | "curl" | "zsh" => "sh",
        "http" => "http",
        "xml" => "xml",
        "html" => "html",
        "toml" => "toml",
        "python" | "py" => "python",
        "javascript" | "js" => "javascript",
        "typescript" | "ts" => "typescript",
        "graphql" => "graphql",
        "sql" => "sql",
        _ => "text",
    }
}
