//! Tables that a manifest has twice: once from the user, and once in a generated part. Cargo reads no such file.

use super::parts::{Marker, marker};

/// Generated tables that one of the user replaces: nothing in the SDK depends on them.
const REPLACED: [&str; 2] = ["[lints.clippy]", "[package.metadata.docs.rs]"];

/// Returns the manifest without the generated tables that the user has written too. An error says in one line what to do about a
/// table that both need.
pub fn settle(text: &str) -> Result<String, String> {
    let own: Vec<&str> = tables(text).filter_map(|(table, is_own)| table.filter(|_| is_own)).collect();
    let mut out = String::with_capacity(text.len());
    let mut is_left_out = false;
    for (line, (table, is_own)) in text.split_inclusive('\n').zip(tables(text)) {
        if let Some(table) = table.filter(|table| !is_own && own.contains(table)) {
            if !REPLACED.contains(&table) {
                return Err(twice(table));
            }
            is_left_out = true;
        } else if is_own || table.is_some() {
            is_left_out = false;
        }
        if !is_left_out {
            out.push_str(line);
        }
    }
    Ok(out)
}

/// For each line, the header of a table that it is, and whether the line is the user's.
fn tables(text: &str) -> impl Iterator<Item = (Option<&str>, bool)> {
    let mut is_own = true;
    text.lines().map(move |line| {
        match marker(line) {
            Some(Marker::Begin(_)) => is_own = false,
            Some(Marker::End) => is_own = true,
            None => {}
        }
        let line = line.split_once('#').map_or(line, |(before, _)| before).trim();
        (Some(line).filter(|line| line.starts_with('[') && line.ends_with(']')), is_own)
    })
}

fn twice(table: &str) -> String {
    let bare = table.trim_matches(['[', ']']);
    let advice = match bare.ends_with("dependencies") {
        true => format!("write `[{bare}.NAME]` for each dependency of your own"),
        false => "remove yours".to_owned(),
    };
    format!("has a table `{table}` outside of the generated part, which has one, too: {advice}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATED: &str = "# @generated:begin manifest\n[features]\na = []\n\n[package.metadata.docs.rs]\nfeatures = [\"a\"]\n\n\
                             [dependencies]\nbytes = \"1\"\n\n[lints.clippy]\n# Why.\nx = \"allow\"\n# @generated:end\n";

    #[test]
    fn what_the_user_has_not_written_stays() {
        let text = format!(
            "[package]\nname = \"x\"\n\n[dev-dependencies]\na = \"1\"\n\n{GENERATED}\n[dependencies.own]\n"
        );
        assert_eq!(settle(&text).unwrap(), text);
    }

    #[test]
    fn tables_of_the_user_replace_generated_ones() {
        let docs = "[package.metadata.docs.rs] # all\nall-features = true\n\n";
        let lints = "\n[lints.clippy]\nall = \"deny\"\n";
        let (_, features) =
            GENERATED.split_once("[package.metadata.docs.rs]\nfeatures = [\"a\"]\n\n").unwrap();
        let begin = "# @generated:begin manifest\n[features]\na = []\n\n";
        assert_eq!(settle(&format!("{docs}{GENERATED}")).unwrap(), format!("{docs}{begin}{features}"));
        let without = GENERATED.replace("[lints.clippy]\n# Why.\nx = \"allow\"\n", "");
        assert_eq!(settle(&format!("{GENERATED}{lints}")).unwrap(), format!("{without}{lints}"));
    }

    #[test]
    fn tables_that_both_need_are_refused() {
        let refused = |own: &str| settle(&format!("{own}\n{GENERATED}")).unwrap_err();
        assert_eq!(
            refused("[dependencies]\nserde = \"1\"\n"),
            "has a table `[dependencies]` outside of the generated part, which has one, too: write `[dependencies.NAME]` for each \
             dependency of your own"
        );
        assert!(refused("[features]\n").ends_with("too: remove yours"));
    }
}
