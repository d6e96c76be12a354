//! The files of a new project that people go on writing.

use serde_json::Value;

/// Returns the text of `sdk.toml`. Single-line TOML strings are JSON strings.
pub(super) fn settings(spec: &str, url: Option<&str>, name: &str, out: &str) -> String {
    let string = |text: &str| Value::from(text).to_string();
    let upstream = match url {
        Some(url) => format!(
            "[upstream]\n# `sdkgen sync` fetches new versions from here.\nurl = {}\n# Header = environment variable with its value, for documents behind a login.\n# headers = {{ Authorization = \"DOCS_AUTHORIZATION\" }}\n",
            string(url)
        ),
        None => "# [upstream]\n# `sdkgen sync` fetches new versions from here.\n# url = \"https://api.example.com/openapi.json\"\n".to_owned(),
    };
    format!(
        "\
# Every choice about the generated SDK. The document itself is never edited.
# All keys are optional; an unknown one is an error that suggests the nearest known one.

spec = {spec}

[output]
dir = {out}

[package]
name = {name}
# version = \"0.1.0\"
# description = \"…\"
# license = \"MIT\"

{upstream}
# [client]
# env = \"API_KEY\"                 # the variable that `Client::from_env` reads
# base_url = \"https://…\"          # if the document names no server

# [names]                         # JSON pointer of a schema = name of its type
# \"#/components/schemas/Foo\" = \"Bar\"

# [exclude]                       # operations that are not wanted
# tags = [\"internal\"]

# [[fixup]]                       # an edit where the document is wrong
# at = \"/components/schemas/Foo/required\"
# remove = true
# reason = \"the server leaves them out\"

# [lints]                         # a code of a report = \"allow\", \"warn\" or \"deny\"
",
        spec = string(spec),
        out = string(out),
        name = string(name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_read() {
        let text = settings("a \"b\".yaml", Some("https://a.example/x"), "shop-sdk", "out");
        let mut sink = crate::diag::Sink::new();
        let config = crate::config::config(&crate::Source::new("sdk.toml", text), &mut sink).unwrap();
        assert!(!sink.has_errors());
        assert_eq!(config.spec.as_deref(), Some("a \"b\".yaml"));
        assert_eq!(config.output.dir.as_deref(), Some("out"));
        assert_eq!(config.upstream.url.as_deref(), Some("https://a.example/x"));
    }
}
