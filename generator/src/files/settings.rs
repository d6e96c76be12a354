//! Sets values in TOML files of the user; comments, order and everything else stay.

use toml_edit::{DocumentMut, Item, Table, Value};

/// A key and the value to set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The table, such as `package`.
    pub table: &'static str,
    /// The key in the table.
    pub key: &'static str,
    /// The value, a string.
    pub value: String,
}

/// Returns `text` with these values. An error says in one line how to fix the file.
pub fn set(text: &str, settings: &[Setting]) -> Result<String, String> {
    if settings.is_empty() {
        return Ok(text.to_owned());
    }
    let parsed: Result<DocumentMut, _> = text.parse();
    let mut document = parsed.map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        format!("is not TOML: line {line}: {}", error.message().lines().collect::<Vec<_>>().join(", "))
    })?;
    let mut is_changed = false;
    for setting in settings {
        is_changed |= set_one(&mut document, setting)?;
    }
    if !is_changed {
        return Ok(text.to_owned());
    }
    // Keep the line endings of the file.
    let new = document.to_string().replace("\r\n", "\n");
    Ok(if text.contains("\r\n") { new.replace('\n', "\r\n") } else { new })
}

/// Sets a key, and returns whether the value changed.
fn set_one(document: &mut DocumentMut, setting: &Setting) -> Result<bool, String> {
    let Setting { table, key, value } = setting;
    let package = document.get("package").and_then(Item::as_table).and_then(Table::position);
    let item = document.entry(table).or_insert_with(|| {
        let mut made = Table::new();
        // After `[package]`, not at the end of the file, where a generated part may be.
        if let Some(at) = package {
            made.set_position(Some(at));
        }
        made.decor_mut().set_prefix("\n");
        Item::Table(made)
    });
    let keys = item.as_table_like_mut().ok_or_else(|| format!("has a `{table}` that is not a table"))?;
    match keys.get_mut(key) {
        Some(Item::Value(old)) => {
            if old.as_str() == Some(value) {
                return Ok(false);
            }
            let mut new = Value::from(value.as_str());
            // A key such as `version.workspace` has no comment of its own.
            if !old.is_inline_table() || !old.as_inline_table().is_some_and(|table| table.is_dotted()) {
                *new.decor_mut() = old.decor().clone();
            }
            *old = new;
        }
        _ => drop(keys.insert(key, toml_edit::value(value.as_str()))),
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn setting(table: &'static str, key: &'static str, value: &str) -> Setting {
        Setting { table, key, value: value.to_owned() }
    }

    const MANIFEST: &str = "\
# Mine.
[package]
edition = \"2024\" # newest
version    =   '0.1.0'   # ours
publish = false

[dependencies]
own = { version = \"1\" }

# @generated:begin manifest
[features]
a = []
# @generated:end
";

    #[test]
    fn only_the_values_change() {
        let all = [
            setting("package", "version", "0.2.0"),
            setting("package", "license", "MIT"),
            setting("lib", "name", "x"),
        ];
        let new = set(MANIFEST, &all).unwrap();
        expect![[r#"
            # Mine.
            [package]
            edition = "2024" # newest
            version    =   "0.2.0"   # ours
            publish = false
            license = "MIT"

            [lib]
            name = "x"

            [dependencies]
            own = { version = "1" }

            # @generated:begin manifest
            [features]
            a = []
            # @generated:end
        "#]]
        .assert_eq(&new);
        assert_eq!(set(&new, &all).unwrap(), new);
        assert_eq!(set(MANIFEST, &[setting("package", "version", "0.1.0")]).unwrap(), MANIFEST);
    }

    #[test]
    fn line_ends_stay() {
        let old = MANIFEST.replace('\n', "\r\n");
        let new = set(&old, &[setting("package", "version", "0.2.0")]).unwrap();
        assert_eq!(new, old.replace("'0.1.0'", "\"0.2.0\""));
    }

    #[test]
    fn every_form_of_a_key_is_found() {
        let version = [setting("package", "version", "0.2.0")];
        for (old, new) in [
            ("package.version = \"1.0.0\" # a\n", "package.version = \"0.2.0\" # a\n"),
            ("package = { name = \"a\" }\n", "package = { name = \"a\" , version = \"0.2.0\" }\n"),
            (
                "[package]\nversion.workspace = true\nname = \"a\"\n",
                "[package]\nversion = \"0.2.0\"\nname = \"a\"\n",
            ),
            ("[package]\nversion = { workspace = true } # a\n", "[package]\nversion = \"0.2.0\" # a\n"),
            ("", "\n[package]\nversion = \"0.2.0\"\n"),
        ] {
            assert_eq!(set(old, &version).unwrap(), new);
        }
        expect!["has a `package` that is not a table"]
            .assert_eq(&set("package = 1\n", &version).unwrap_err());
        expect!["is not TOML: line 2: unclosed table, expected `]`"]
            .assert_eq(&set("a = 1\n[package\n", &version).unwrap_err());
    }
}
