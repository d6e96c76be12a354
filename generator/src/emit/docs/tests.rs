use super::*;

fn clean(text: &str) -> Vec<String> {
    clean::lines(&clean::description(text))
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(clean(text), expected, "cleaning {text:?}");
}

fn docs(summary: &str, description: &str) -> Docs {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Docs { summary: some(summary), description: some(description), ..Docs::default() }
}

#[test]
fn plain_text_stays() {
    check("One.\nTwo.", &["One.", "Two."]);
    check("One.\n\n\n\nTwo.\n\n", &["One.", "", "Two."]);
    check("  indented by two  ", &["indented by two"]);
    check("", &[]);
    check(" \n ", &[]);
}

#[test]
fn controls_and_direction_marks_go() {
    check("a\u{202e}b\u{0}c\u{2066}d\u{feff}", &["abcd"]);
    check("a\r\nb\rc\u{2028}d", &["a", "b", "c", "d"]);
    check("a\tb", &["a b"]);
}

#[test]
fn angle_brackets_are_escaped_outside_code() {
    check("a Vec<T> or <id>", &["a Vec\\<T> or \\<id>"]);
    check("`Vec<T>` and ``a`<b>``", &["`Vec<T>` and ``a`<b>``"]);
    check("see <https://a.b/c?d=e>", &["see <https://a.b/c?d=e>"]);
    check("a < b", &["a \\< b"]);
    check("<script>alert(1)</script>", &["\\<script>alert(1)\\</script>"]);
    check("already \\<T>", &["already \\<T>"]);
}

#[test]
fn known_tags_become_commonmark() {
    check("<p>One <b>two</b>.</p><p>Three<br/>four</p>", &["One **two**.", "", "Three", "four"]);
    check("<ul><li>one</li><li><code>two</code></li></ul>", &["- one", "- `two`"]);
    check("see <a href=\"https://a.b\">this</a>.", &["see [this](https://a.b)."]);
    check("see <a href='/x'>this</a>.", &["see this."]);
    check("a <!-- hidden\nnote --> b", &["a b"]);
    check("a <b>bold </b>b", &["a **bold** b"]);
    check("| a |\n|---|\n| b<br>c |", &["| a |", "|---|", "| b c |"]);
    check("<details>\nSee `Vec<T>` and *that*.", &["\\<details>", "See `Vec<T>` and *that*."]);
    check("`<b>` stays", &["`<b>` stays"]);
}

#[test]
fn brackets_are_links_or_escaped() {
    check("a [x] b[0]", &["a \\[x] b\\[0]"]);
    check("[a](https://b.c)", &["[a](https://b.c)"]);
    check("[a](https://b.c \"title\")", &["[a](https://b.c)"]);
    check("[a](/rest/b) [c](#d)", &["a c"]);
    check("[`Foo`] and [Foo](Bar)", &["\\[`Foo`] and Foo"]);
    check("![logo](https://b.c/d.png)", &["[logo](https://b.c/d.png)"]);
    check("[a][b] [b] [c]\n\n[b]: https://d.e", &["[a](https://d.e) [b](https://d.e) \\[c]"]);
    check("[https://a.b](https://a.b)", &["<https://a.b>"]);
    check("\\[x\\]", &["\\[x]"]);
    check("[a [b] c](https://d.e)", &["[a \\[b\\] c](https://d.e)"]);
    check("a![b](https://d.e/f.png)", &["a[b](https://d.e/f.png)"]);
    check("stop\\![b](https://d.e)", &["stop\\![b](https://d.e)"]);
    check("[a](mailto:b@c) [a](mailto:b@c.d)", &["a [a](mailto:b@c.d)"]);
    check("- [ ] task", &["- \\[ ] task"]);
    check("> [!NOTE]\n> Text", &["> \\[!NOTE]", "> Text"]);
}

#[test]
fn bare_urls_are_marked() {
    check("see https://a.b/c.", &["see <https://a.b/c>."]);
    check("(https://a.b/c_(d))", &["(<https://a.b/c_(d)>)"]);
    check("**https://a.b**", &["**<https://a.b>**"]);
    check("xhttps://a.b", &["xhttps\\://a.b"]);
    check("`https://a.b`", &["`https://a.b`"]);
    check("https://", &["https\\://"]);
}

#[test]
fn backticks_are_closed_or_escaped() {
    check("a ` b", &["a \\` b"]);
    check("`` a ` b", &["\\`\\` a \\` b"]);
    check("`a\n- b`", &["\\`a", "", "- b\\`"]);
    check("`a\nb`", &["`a b`"]);
}

#[test]
fn code_never_becomes_a_doc_test() {
    check("a\n\n    let x = 1;\n\n    y\n\nb", &["a", "", "```text", "let x = 1;", "", "y", "```", "", "b"]);
    check("```\nx\n```", &["```text", "x", "```"]);
    check("```rust\nx\n```", &["```text", "x", "```"]);
    check("```rust,should_panic\nx\n", &["```text", "x", "```"]);
    check("~~~json\n{}\n~~~", &["```json", "{}", "```"]);
    check("````\n```\n````", &["````text", "```", "````"]);
    check("```{.foo}\nx\n```", &["```text", "x", "```"]);
    check("a\n    lazy", &["a", "lazy"]);
}

#[test]
fn headings_go_below_those_of_rustdoc() {
    check("# One #\ntext\n###### Six", &["### One", "", "text", "", "###### Six"]);
    check("Title\n=====\ntext", &["### Title", "", "text"]);
    check("Title\n---\ntext", &["#### Title", "", "text"]);
    check("#hash", &["#hash"]);
    check("a\n\n---\nb", &["a", "", "---", "", "b"]);
}

#[test]
fn lists_have_no_lazy_lines() {
    check("- one\ntwo\n- three", &["- one", "  two", "- three"]);
    check("* one\n\n    two\n* three", &["- one", "", "  two", "", "- three"]);
    check("1. one\n   - a\n   - b\n2. two", &["1. one", "   - a", "   - b", "2. two"]);
    check("- one\n      over", &["- one", "  over"]);
    check("text\n- one\n\nafter", &["text", "", "- one", "", "after"]);
    check("in\n2019. It was", &["in", "2019. It was"]);
    check("- a\n\n      code", &["- a", "", "  ```text", "  code", "  ```"]);
    check("> quote\nlazy\n\nafter", &["> quote", "> lazy", "", "after"]);
    check("- > a\n  b", &["- > a", "  > b"]);
}

#[test]
fn tables_stay() {
    check("| a | b |\n|---|---|\n| <c> | `d` |", &["| a | b |", "|---|---|", "| \\<c> | `d` |"]);
    check("|a|b\n-|:-:\n`c\\|d`|e|f\n\nMore.", &["| a | b |", "|---|:-:|", "| `c\\|d` | e |", "", "More."]);
    // GFM has it that what follows is a row.
    check("| a |\n|---|\n| b |\nMore.", &["| a |", "|---|", "| b |", "| More. |"]);
}

#[test]
fn long_lines_are_wrapped_where_nothing_can_start() {
    let text = format!("{} - not a list and more words", "word ".repeat(19).trim_end());
    let lines = clean(&text);
    assert!(lines.len() == 2 && lines.iter().all(|line| line.len() <= 100), "{lines:?}");
    assert!(!lines[1].starts_with('-'), "{lines:?}");
}

#[test]
fn deep_and_long_input_is_bounded() {
    for text in
        ["- ".repeat(3_000), "> ".repeat(3_000), "[".repeat(30_000), "`a``".repeat(9_000), "<".repeat(30_000)]
    {
        let lines = clean(&text);
        assert!(lines.iter().map(String::len).sum::<usize>() < 200_000);
    }
}

#[test]
fn cleaning_twice_changes_nothing_that_matters() {
    for text in ["a <b> [c]", "- a\nb", "see https://a.b", "# x\n\n    code"] {
        let once = clean(text);
        assert_eq!(clean(&once.join("\n")).len(), once.len(), "{text:?}");
    }
}

#[test]
fn what_is_written_reads_as_it_was_meant() {
    let parts = [
        "word",
        " ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "# ",
        "~~~",
        "```",
        "`",
        "``",
        "*",
        "**",
        "_",
        "~",
        "<b>",
        "<",
        ">",
        "[",
        "](",
        "https://a.b",
        ")",
        "!",
        "|",
        "|-|",
        "---",
        "===",
        "&lt;",
        "\\",
        "+",
        ":",
        "$",
        "x_y",
        "5*3",
        "2. ",
        "<!-- ",
        "-->",
    ];
    let (mut state, mut plain) = (1_u64, 0);
    for _ in 0..4_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        let pieces = clean::description(&text);
        let lines = clean::lines(&pieces);
        let again = read::written(&lines.join("\n")).unwrap_or_else(|| panic!("{text:?}: {lines:?}"));
        let again = piece::canonical(&again);
        let words = piece::canonical(&piece::words_only(&pieces));
        let as_meant = [piece::canonical(&pieces), piece::canonical(&piece::without_style(&pieces))];
        assert!(as_meant.contains(&again) || again == words, "{text:?}: {lines:?}");
        plain += usize::from(!as_meant.contains(&again));
        // A line says the same alone and behind others.
        let line = clean_line(&text);
        assert!(
            read::written(&line).is_some() && read::written(&format!("x {line}")).is_some(),
            "{text:?}: {line:?}"
        );
        assert!(read::written(&format!("| x |\n|---|\n| {} |", cell(&text))).is_some(), "{text:?}");
    }
    assert!(plain < 4, "{plain} of 4,000 texts lost their form");
}

#[test]
fn comments_have_a_first_sentence() {
    assert_eq!(lines(&docs("", ""), "Created at.", &[]), ["Created at."]);
    assert_eq!(lines(&docs("List", ""), "x", &[]), ["List"]);
    assert_eq!(lines(&docs("List", "All of them."), "x", &[]), ["List", "", "All of them."]);
    assert_eq!(lines(&docs("List", "List."), "x", &[]), ["List."]);
    assert_eq!(lines(&docs("", "- a"), "Fallback.", &[]), ["Fallback.", "", "- a"]);
    assert_eq!(lines(&docs("# not a heading", ""), "x", &[]), ["\\# not a heading"]);
}

#[test]
fn notes_follow() {
    let notes = ["Default: `0`.".to_owned()];
    assert_eq!(lines(&docs("", "Elapsed time"), "x", &notes), ["Elapsed time. Default: `0`."]);
    assert_eq!(lines(&docs("", "a\n\nb"), "x", &notes), ["a", "", "b", "", "Default: `0`."]);
    let constrained =
        Docs { constraints: vec!["at least 1".into(), "pattern `^<a>$`".into()], ..docs("", "Size") };
    assert_eq!(lines(&constrained, "x", &[]), ["Size. Constraints: at least 1; pattern `^<a>$`."]);
}

#[test]
fn a_long_first_paragraph_is_split() {
    let text = format!("Short first sentence. {}", "And then more of it. ".repeat(10));
    let lines = lines(&docs("", &text), "x", &[]);
    assert_eq!(lines[..2], ["Short first sentence.", ""]);
    assert!(lines[2].starts_with("And then"));
}

#[test]
fn names_become_words() {
    assert_eq!(words("created_at"), "Created at");
    assert_eq!(words("createdAt"), "Created at");
    assert_eq!(words("X-Request-ID"), "X request ID");
    assert_eq!(words("$ref"), "Ref");
    assert_eq!(words("--"), "Value");
}

#[test]
fn code_spans_hold_any_text() {
    assert_eq!(code("a"), Some("`a`".into()));
    assert_eq!(code("a`b"), Some("``a`b``".into()));
    assert_eq!(code("`a"), Some("`` `a ``".into()));
    assert_eq!(code(&"x".repeat(200)), None);
}

#[test]
fn deprecation_in_words() {
    let with = |text: &str| Docs { deprecated: Some(text.to_owned()), ..Docs::default() };
    assert_eq!(deprecation(&with("")), Some("Deprecated.".into()));
    assert_eq!(deprecation(&with("use <b>x</b>")), Some("Deprecated: use **x**.".into()));
    assert_eq!(deprecation(&Docs::default()), None);
}
