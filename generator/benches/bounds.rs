//! Time and memory of what is too much of something, at half the size and the whole: `cargo bench -p sdkgen --bench bounds
//! [-- NAME…]`.
//!
//! Each size runs in a process of its own, so that its peak of memory is its own. Bounded means: refused with a report that names
//! the bound, or twice the size for about twice the time and memory. The text itself is made first, and its memory counts.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Instant;

use sdkgen::Input;
use sdkgen::diag::{Severity, Sink, Style, render};
use sdkgen::source::Source;

/// Tells the processes that this one starts what to do.
const CASE: &str = "BOUNDS_CASE";

/// A document: the name of its file, and its text.
type Document = (&'static str, String);
/// The case that needs an overlay.
const DOUBLING: &str = "steps of an overlay that double";

/// A name, the whole size, and the document of a size.
type Case = (&'static str, usize, fn(usize) -> Document);

const CASES: &[Case] = &[
    ("lists in lists, JSON", 100_000, |n| json_x(&format!("{}{}", "[".repeat(n), "]".repeat(n)))),
    ("objects in objects, JSON", 100_000, |n| json_x(&format!("{}1{}", r#"{"a":"#.repeat(n), "}".repeat(n)))),
    ("allOf in allOf, JSON", 100_000, |n| {
        json_schemas(&format!(r#""A":{}{{}}{}"#, r#"{"allOf":["#.repeat(n), "]}".repeat(n)))
    }),
    ("lists in lists, YAML", 100_000, |n| yaml_x(&format!("{}{}", "[".repeat(n), "]".repeat(n)))),
    ("open mappings, YAML", 100_000, |n| yaml_x(&"{a: ".repeat(n))),
    ("dashes in dashes, YAML", 100_000, |n| yaml_x(&format!("\n  {}x", "- ".repeat(n)))),
    ("indentation, YAML", 3_000, |n| {
        let lines = (0..n).fold(String::new(), |mut text, level| {
            let _ = write!(text, "\n{}a:", " ".repeat(level + 2));
            text
        });
        yaml_x(&lines)
    }),
    ("allOf by reference", 100_000, |n| chain(n, |next| format!(r##"{{"allOf":[{{"$ref":"{next}"}}]}}"##))),
    ("references to references", 100_000, |n| chain(n, |next| format!(r##"{{"$ref":"{next}"}}"##))),
    ("members of members by reference", 100_000, |n| {
        chain(n, |next| format!(r##"{{"type":"object","properties":{{"a":{{"$ref":"{next}"}}}}}}"##))
    }),
    ("cycle of references", 100_000, |n| cycle(n, |next| format!(r##"{{"$ref":"{next}"}}"##))),
    ("cycle of members", 100_000, |n| {
        cycle(n, |next| format!(r##"{{"type":"object","properties":{{"a":{{"$ref":"{next}"}}}}}}"##))
    }),
    ("cycle of unions", 100_000, |n| {
        cycle(n, |next| format!(r##"{{"oneOf":[{{"$ref":"{next}"}},{{"type":"string"}}]}}"##))
    }),
    ("aliases that multiply", 40, aliases),
    ("aliases of a long text", 100_000, |n| {
        yaml_x(&format!("\n  a: &a {}\n  b: [{}]", "x".repeat(n), vec!["*a"; n / 10].join(", ")))
    }),
    ("values of an enum", 1_000_000, |n| {
        let values: Vec<String> = (0..n).map(|at| format!(r#""v{at}""#)).collect();
        json_schemas(&format!(r#""E":{{"type":"string","enum":[{}]}}"#, values.join(",")))
    }),
    ("members of an object", 100_000, |n| {
        let members: Vec<String> = (0..n).map(|at| format!(r#""m{at}":{{"type":"string"}}"#)).collect();
        json_schemas(&format!(r#""O":{{"type":"object","properties":{{{}}}}}"#, members.join(",")))
    }),
    ("variants of a union", 20_000, |n| {
        let variants: Vec<String> = (0..n)
            .map(|at| {
                format!(
                    r#"{{"type":"object","required":["m{at}"],"properties":{{"m{at}":{{"type":"string"}}}}}}"#
                )
            })
            .collect();
        json_schemas(&format!(r#""U":{{"oneOf":[{}]}}"#, variants.join(",")))
    }),
    ("bytes of a description", 50_000_000, |n| {
        json_schemas(&format!(r#""A":{{"type":"string","description":"{}"}}"#, "x ".repeat(n / 2)))
    }),
    ("blank lines behind an item of a list", 4_000_000, |n| described(&format!("- a{}b", "\n".repeat(n)))),
    ("items and blank lines", 1_000_000, |n| described(&"- a\n\n\n".repeat(n / 2))),
    ("items that lead deeper", 20_000, |n| described(&"- ".repeat(n))),
    ("quotes in quotes", 20_000, |n| described(&format!("{}{}", "> ".repeat(n), "word ".repeat(n)))),
    ("tags that never end: `<a `", 4_000_000, |n| described(&"<a ".repeat(n / 3))),
    ("tags of links", 4_000_000, |n| described(&"<a href='https://x.y'>b".repeat(n / 22))),
    ("comments that never end: `<!--`", 4_000_000, |n| described(&"<!--".repeat(n / 4))),
    ("lines of comments that never end", 4_000_000, |n| described(&"<!--\n\n".repeat(n / 6))),
    ("runs of backticks that grow", 4_000_000, |n| {
        let mut text = String::new();
        (1..)
            .take_while(|length| length * length < 2 * n)
            .for_each(|length| text.extend(["`".repeat(length).as_str(), " "]));
        described(&text)
    }),
    ("brackets of links", 4_000_000, |n| described(&"[a](".repeat(n / 4))),
    ("stars", 4_000_000, |n| described(&"*a **b ".repeat(n / 7))),
    ("backslashes", 4_000_000, |n| described(&"\\\n`".repeat(n / 3))),
    ("rows of a table", 4_000_000, |n| described(&format!("|a|b|\n|-|-|\n{}", "|`c`|d|\n".repeat(n / 8)))),
    ("bytes of a description on one line, YAML", 50_000_000, |n| yaml_x(&"x".repeat(n))),
    ("bytes of a name", 50_000_000, |n| json_schemas(&format!(r#""{}":{{"type":"object"}}"#, "n".repeat(n)))),
    ("words of a name", 1_000_000, |n| json_schemas(&format!(r#""{}":{{"type":"object"}}"#, "w ".repeat(n)))),
    ("words of a name, capitals", 1_000_000, |n| {
        json_schemas(&format!(r#""{}":{{"type":"object"}}"#, "Ab".repeat(n)))
    }),
    ("words of a name, signs", 1_000_000, |n| {
        json_schemas(&format!(r#""{}":{{"type":"object"}}"#, "<=".repeat(n)))
    }),
    // NFKC makes 18 characters of each.
    ("words of a name, U+FDFA", 300_000, |n| {
        json_schemas(&format!(r#""{}":{{"type":"object"}}"#, "\u{fdfa}".repeat(n)))
    }),
    ("words of a property, a value, a tag", 300_000, |n| words_everywhere(&"w ".repeat(n), "/a")),
    ("segments of a path", 100_000, |n| words_everywhere("w", &"/w".repeat(n))),
    ("children of a parent, by its properties", 1_000, children),
    ("media types of an operation", 10_000, media_types),
    (DOUBLING, 24, |_| json_x(r#"{"a":{}}"#)),
    ("operations", 100_000, operations),
    ("slips of the syntax", 200_000, |n| {
        ("a.json", format!("{{\"openapi\": \"3.1.0\",\n{}}}", "\"x\": [1,],\n".repeat(n)))
    }),
    ("problems", 100_000, |n| {
        let members: Vec<String> = (0..n).map(|at| format!(r#""m{at}":{{"type":"strnig"}}"#)).collect();
        json_schemas(&format!(r#""O":{{"type":"object","properties":{{{}}}}}"#, members.join(",")))
    }),
];

/// A schema with this description.
fn described(text: &str) -> (&'static str, String) {
    json_schemas(&format!(
        r#""A":{{"type":"string","enum":["a"],"description":{}}}"#,
        serde_json::Value::from(text)
    ))
}

fn main() {
    if let Ok(case) = std::env::var(CASE) {
        let (index, size) = case.split_once(' ').expect("an index and a size");
        return one(&CASES[index.parse::<usize>().expect("an index")], size.parse().expect("a size"));
    }
    let names: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    println!("{:42} {:>10} {:>7} {:>8} {:>8}  outcome", "what", "size", "MB", "seconds", "peak MB");
    for (index, (name, whole, _)) in CASES.iter().enumerate() {
        if !names.is_empty() && !names.iter().any(|wanted| name.contains(wanted.as_str())) {
            continue;
        }
        for size in [whole / 2, *whole] {
            let program = std::env::current_exe().expect("this program has a path");
            let status = Command::new(program).env(CASE, format!("{index} {size}")).status();
            let status = status.expect("it can be run again");
            assert!(status.success(), "{name}, {size}: {status}");
        }
    }
}

/// Generates from one size, and prints a line.
fn one((name, _, make): &Case, size: usize) {
    let (label, text) = make(size);
    let megabytes = text.len() as f64 / 1e6;
    let mut input = Input::new(Source::new(label, text));
    if *name == DOUBLING {
        let text = "spec = \"a.json\"\noverlays = [\"overlay.json\"]\n";
        input.config = Some(Source::new("sdk.toml", text));
        input.overlays.push(Source::new("overlay.json", doubling(size)));
    }
    let start = Instant::now();
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    let found = sink.finish();
    // Reports are part of what must end.
    let shown = render(&found, &input.sources(), Style { most: 20, ..Style::PLAIN });
    assert!(shown.len() < 1_000_000, "reports stay short");
    let seconds = start.elapsed().as_secs_f64();
    let outcome = match (&output, found.iter().find(|one| one.severity == Severity::Error)) {
        (Some(_), _) => format!("accepted, {} warnings", found.len()),
        (None, Some(error)) => {
            let message: String = error.message.chars().take(90).collect();
            format!("{} errors and warnings, the first: {}: {message}", found.len(), error.code.as_str())
        }
        (None, None) => "refused without a word".to_owned(),
    };
    let peak = peak().map_or("-".to_owned(), |peak| peak.to_string());
    println!("{name:42} {size:>10} {megabytes:>7.1} {seconds:>8.2} {peak:>8}  {outcome}");
}

/// Most memory of this process so far, in MB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1000)
}

fn json_x(value: &str) -> Document {
    (
        "a.json",
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{}},"x-deep":{value}}}"#
        ),
    )
}

fn json_schemas(schemas: &str) -> Document {
    let head = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}"#;
    ("a.json", format!(r#"{head},"components":{{"schemas":{{{schemas}}}}}}}"#))
}

fn yaml_x(value: &str) -> Document {
    ("a.yaml", format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-deep: {value}\n"))
}

/// Schemas that each refer to the next; the last is a string.
fn chain(count: usize, schema: impl Fn(&str) -> String) -> Document {
    let mut all: Vec<String> = (0..count)
        .map(|at| format!(r#""S{at}":{}"#, schema(&format!("#/components/schemas/S{}", at + 1))))
        .collect();
    all.push(format!(r#""S{count}":{{"type":"string"}}"#));
    json_schemas(&all.join(","))
}

/// Schemas that each refer to the next, and the last to the first.
fn cycle(count: usize, schema: impl Fn(&str) -> String) -> Document {
    let all: Vec<String> = (0..count)
        .map(|at| format!(r#""S{at}":{}"#, schema(&format!("#/components/schemas/S{}", (at + 1) % count))))
        .collect();
    json_schemas(&all.join(","))
}

/// A name in most places that give names.
fn words_everywhere(name: &str, path: &str) -> Document {
    let head = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"}"#;
    let schema = format!(
        r#"{{"type":"object","properties":{{"{name}":{{"type":"string","enum":["{name}"]}},"o":{{"type":"object","properties":{{"a":{{}}}}}}}}}}"#
    );
    let answer = format!(r#"{{"description":"ok","content":{{"application/json":{{"schema":{schema}}}}}}}"#);
    let operation = format!(
        r#"{{"tags":["{name}"],"parameters":[{{"name":"{name}","in":"query","schema":{{"type":"string"}}}}],"responses":{{"200":{answer}}}}}"#
    );
    ("a.json", format!(r#"{head},"paths":{{"{path}":{{"get":{operation}}}}}}}"#))
}

/// As many children as their parent has properties.
fn children(count: usize) -> Document {
    let members: Vec<String> = (0..count).map(|at| format!(r#""m{at}":{{"type":"string"}}"#)).collect();
    let mut all = vec![format!(r#""P":{{"type":"object","properties":{{{}}}}}"#, members.join(","))];
    all.extend((0..count).map(|at| format!(r##""C{at}":{{"allOf":[{{"$ref":"#/components/schemas/P"}}]}},"D{at}":{{"allOf":[{{"$ref":"#/components/schemas/P"}},{{"properties":{{"own":{{}}}}}}]}}"##)));
    json_schemas(&all.join(","))
}

/// An operation with as many media types of its body, and of its answer.
fn media_types(count: usize) -> Document {
    let head = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"}"#;
    let content: Vec<String> = (0..count)
        .map(|at| format!(r#""application/m{at}+json":{{"schema":{{"type":"object","properties":{{"m{at}":{{"type":"string"}}}}}}}}"#))
        .collect();
    let content = format!(r#""content":{{{}}}"#, content.join(","));
    let operation =
        format!(r#"{{"requestBody":{{{content}}},"responses":{{"200":{{"description":"ok",{content}}}}}}}"#);
    ("a.json", format!(r#"{head},"paths":{{"/a":{{"post":{operation}}}}}}}"#))
}

/// Each action puts an object into each object that is there.
fn doubling(steps: usize) -> String {
    let actions: Vec<String> =
        (0..steps).map(|at| format!(r#"{{"target":"$['x-deep']..*","update":{{"k{at}":{{}}}}}}"#)).collect();
    format!(r#"{{"overlay":"1.0.0","info":{{"title":"T","version":"1"}},"actions":[{}]}}"#, actions.join(","))
}

fn aliases(levels: usize) -> Document {
    let mut text = "[lol, lol]\nx-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]".to_owned();
    for level in 1..levels {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = write!(text, "\nx-{level}: &a{level} [{inner}]");
    }
    yaml_x(&text)
}

fn operations(count: usize) -> Document {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n".to_owned();
    for at in 0..count {
        let tag = at % 50;
        let _ = writeln!(
            text,
            "  /tag{tag}/things{at}:\n    get:\n      tags: [tag{tag}]\n      operationId: get_thing{at}\n      responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: object, properties: {{id: {{type: string}}}}}}}}}}}}}}"
        );
    }
    ("a.yaml", text)
}
