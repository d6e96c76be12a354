//! Collects the examples in the documentation of an SDK into one program.

use std::fmt::Write as _;
use std::path::Path;

use sdkgen::cli::Failure;

/// Returns a program with every example in a folder of sources, except the runtime, each in its own function.
pub(super) fn examples(src: &Path) -> Result<String, Failure> {
    let mut files = Vec::new();
    list(src, &mut files)
        .map_err(|error| Failure::new(format!("cannot read `{}`: {error}", src.display())))?;
    files.sort();
    let mut out = String::from("#![allow(warnings)]\nfn main() {}\n");
    let mut count = 0;
    for file in files {
        let text = std::fs::read_to_string(&file)
            .map_err(|error| Failure::new(format!("cannot read `{}`: {error}", file.display())))?;
        for example in fenced(&text) {
            count += 1;
            let _ = writeln!(out, "fn example_{count}() {{\n{example}}}");
        }
    }
    Ok(out)
}

fn list(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true if path.ends_with("src/runtime") => {}
            true => list(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// Returns the code blocks that rustdoc compiles, including hidden lines.
fn fenced(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut inside: Option<String> = None;
    for line in text.lines() {
        let line = line.trim_start();
        let Some(line) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else { continue };
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (&mut inside, line.trim()) {
            (None, "```no_run" | "```") => inside = Some(String::new()),
            (None, other) if other.starts_with("```") => inside = None,
            (Some(code), "```") => {
                out.push(std::mem::take(code));
                inside = None;
            }
            (Some(code), _) => {
                let shown = if line.trim() == "#" { "" } else { line.strip_prefix("# ").unwrap_or(line) };
                code.push_str(shown);
                code.push('\n');
            }
            (None, _) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn hidden_lines_are_part_of_an_example() {
        let text = "/// Text.\n/// ```no_run\n/// # fn a() {\n/// let x = 1;\n/// # }\n/// ```\n/// ```text\n/// no\n/// ```\nfn b() {}\n";
        let found = super::fenced(text);
        assert_eq!(found[0], "fn a() {\nlet x = 1;\n}\n");
    }
}
