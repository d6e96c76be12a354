//! Time and memory of generating while a document doubles: `cargo bench -p sdkgen --bench growth [-- MEGABYTES]`.
//!
//! The document is made up: components that refer to their neighbours (objects, enums, unions, `allOf`, maps, recursion) and
//! operations that use them. Each size runs in a process of its own, so that its peak of memory is its own. Linear means: twice
//! the document, about twice the time and twice the memory.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Instant;

use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::source::Source;

/// The largest document in MB, unless an argument says otherwise.
const MOST: usize = 100;

/// Tells the processes that this one starts what to do.
const SIZE: &str = "GROWTH_BYTES";

fn main() {
    if let Some(bytes) = std::env::var(SIZE).ok().and_then(|bytes| bytes.parse().ok()) {
        return one(bytes);
    }
    let most = std::env::args().find_map(|arg| arg.parse::<usize>().ok()).unwrap_or(MOST) * 1_000_000;
    println!(
        "{:>8} {:>10} {:>8} {:>9} {:>9} {:>8} {:>8}",
        "MB", "operations", "types", "output MB", "seconds", "s/MB", "peak MB"
    );
    let mut bytes = most;
    while bytes > 400_000 {
        bytes /= 2;
    }
    while bytes <= most {
        let program = std::env::current_exe().expect("this program has a path");
        let status =
            Command::new(program).env(SIZE, bytes.to_string()).status().expect("it can be run again");
        assert!(status.success(), "{bytes} bytes: {status}");
        bytes *= 2;
    }
}

/// Generates from a document of about this size, and prints a line.
fn one(bytes: usize) {
    let text = document(bytes);
    let size = text.len();
    let input = Input::new(Source::new("api.json", text));
    let start = Instant::now();
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    let seconds = start.elapsed().as_secs_f64();
    let output = output
        .unwrap_or_else(|| panic!("refused: {:?}", sink.finish().first().map(|one| one.message.clone())));
    let written: usize = output.files.iter().map(|(_, text)| text.len()).sum();
    let mb = |bytes: usize| bytes as f64 / 1e6;
    println!(
        "{:>8.2} {:>10} {:>8} {:>9.1} {:>9.2} {:>8.4} {:>8}",
        mb(size),
        output.sdk.operations.len(),
        output.sdk.written_types().count(),
        mb(written),
        seconds,
        seconds / mb(size),
        peak().map_or("-".to_owned(), |peak| peak.to_string())
    );
}

/// Most memory of this process so far, in MB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1000)
}

/// A document of about this size, as JSON.
fn document(bytes: usize) -> String {
    let count = (bytes / unit(1_000_000, 2_000_000).iter().map(String::len).sum::<usize>()).max(1);
    let units: Vec<[String; 2]> = (0..count).map(|at| unit(at, count)).collect();
    let join = |part: usize| units.iter().map(|unit| unit[part].as_str()).collect::<Vec<_>>().join(",\n");
    let (paths, schemas) = (join(0), join(1));
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Growth","version":"1"}},"servers":[{{"url":"https://api.example.com"}}],
"paths":{{{paths}}},
"components":{{"schemas":{{{schemas}}},"securitySchemes":{{"key":{{"type":"apiKey","in":"header","name":"X-Key"}}}}}}}}"#
    )
}

/// Paths and schemas of one part of the document; they refer to the parts beside it.
fn unit(at: usize, count: usize) -> [String; 2] {
    let (next, far) = ((at + 1) % count, (at * 7 + 3) % count);
    let group = at % 40;
    let mut paths = String::new();
    let json = |schema: &str| {
        format!(r##"{{"application/json":{{"schema":{{"$ref":"#/components/schemas/{schema}"}}}}}}"##)
    };
    let _ = write!(
        paths,
        r#""/group{group}/items{at}/{{id}}":{{"parameters":[{{"name":"id","in":"path","required":true,"schema":{{"type":"string"}}}}],
"get":{{"operationId":"getItem{at}","tags":["group{group}"],"summary":"Gets item {at}.","parameters":[{{"name":"expand","in":"query","schema":{{"type":"array","items":{{"type":"string"}}}}}},{{"name":"limit","in":"query","schema":{{"type":"integer","default":10}}}}],
"responses":{{"200":{{"description":"The item","content":{}}},"404":{{"description":"None","content":{}}}}}}},
"put":{{"operationId":"putItem{at}","tags":["group{group}"],"requestBody":{{"required":true,"content":{}}},"responses":{{"204":{{"description":"Done"}}}}}}}}"#,
        json(&format!("Item{at}")),
        json(&format!("Choice{next}")),
        json(&format!("Extended{at}")),
    );
    let mut schemas = String::new();
    let _ = write!(
        schemas,
        r##""Item{at}":{{"type":"object","description":"Item {at} of the made-up API, with a text that is about as long as such texts are in documents that people write.","required":["id","kind"],"properties":{{"id":{{"type":"string"}},"kind":{{"type":"string","enum":["first{at}","second{at}","third"]}},"next":{{"$ref":"#/components/schemas/Item{next}"}},"far":{{"type":"array","items":{{"$ref":"#/components/schemas/Choice{far}"}}}},"labels":{{"type":"object","additionalProperties":{{"type":"string"}}}},"created":{{"type":"string","format":"date-time"}},"place":{{"type":"object","properties":{{"x{at}":{{"type":"number"}},"y":{{"type":"number"}}}}}},"size":{{"type":["integer","null"]}}}}}},
"Extended{at}":{{"allOf":[{{"$ref":"#/components/schemas/Item{at}"}},{{"type":"object","required":["extra"],"properties":{{"extra":{{"type":"boolean"}},"children":{{"type":"array","items":{{"$ref":"#/components/schemas/Extended{at}"}}}}}}}}]}},
"Choice{at}":{{"oneOf":[{{"$ref":"#/components/schemas/Left{at}"}},{{"$ref":"#/components/schemas/Right{at}"}}],"discriminator":{{"propertyName":"type"}}}},
"Left{at}":{{"type":"object","required":["type"],"properties":{{"type":{{"type":"string","const":"left"}},"item":{{"$ref":"#/components/schemas/Item{at}"}}}}}},
"Right{at}":{{"type":"object","required":["type"],"properties":{{"type":{{"type":"string","const":"right"}},"value":{{"oneOf":[{{"type":"string"}},{{"type":"integer"}},{{"type":"array","items":{{"type":"string"}}}}]}}}}}}"##
    );
    [paths, schemas]
}
