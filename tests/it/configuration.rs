//! `docs/configuration.md`: its examples do what it says, and it knows every key.

use sdkgen::diag::{Sink, Style, render};
use sdkgen::source::Source;
use sdkgen::{Input, Output};

const OVERLAY: &str =
    "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {summary: Pets}}]\n";

fn page() -> String {
    std::fs::read_to_string(tests::checkout().join("docs/configuration.md")).unwrap()
}

/// The fenced blocks of a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let blocks = page.split(&fence).skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

/// What the example document makes with these choices: everything, or why not.
fn made(config: &str) -> Result<Output, String> {
    let [document] = <[String; 1]>::try_from(blocks(&page(), "yaml")).unwrap();
    let input = Input {
        config: Some(Source::new("sdk.toml", config)),
        overlays: if config.contains("overlays") {
            vec![Source::new("overlay.yaml", OVERLAY)]
        } else {
            Vec::new()
        },
        ..Input::new(Source::new("api.yaml", document))
    };
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    output.ok_or_else(|| render(&sink.finish(), &input.sources(), Style::PLAIN))
}

/// The text of all files of the example that begins so.
fn example(begin: &str) -> (Output, String) {
    let found = blocks(&page(), "toml").into_iter().find(|block| block.starts_with(begin));
    let output = made(&found.unwrap_or_else(|| panic!("no example begins with `{begin}`"))).unwrap();
    let text = output.files.iter().filter(|(path, _)| !path.contains("runtime/")).map(|(_, text)| text);
    let text = text.collect::<Vec<_>>().join("\n");
    (output, text)
}

#[test]
fn all_examples_work() {
    let blocks = blocks(&page(), "toml");
    assert!(blocks.len() >= 8);
    for block in blocks {
        if let Err(said) = made(&block) {
            panic!("{block}\n{said}");
        }
    }
}

#[test]
fn examples_do_what_the_page_says() {
    let has = |text: &str, wanted: &[&str]| {
        for one in wanted {
            assert!(text.contains(one), "`{one}` is missing in\n{text}");
        }
    };
    has(&example("spec").1, &["Pets"]);
    has(
        &example("[package]").1,
        &["name = \"pet-shop\"", "name = \"pets\"", "version = \"0.3.0\"", "license = \"MIT\""],
    );
    has(&example("[client]").1, &["PET_SHOP_KEY", "https://test.example.com"]);
    let names = [
        "pub struct Keeper",
        "pub kind: ",
        "First",
        "Up(",
        "Down(",
        "pub fn fetch(",
        "pub fn all(",
        "pub fn animals(",
        "pub fn behind<M>(",
    ];
    has(&example("[names]").1, &names);
    let (output, text) = example("[include]");
    assert_eq!(output.sdk.operations.len(), 1);
    assert!(!text.contains("Stats"));
    has(&example("[waits").1, &["pub fn wait_for_growth("]);
    has(&example("[paging]").1, &["paged!", "following"]);
    has(&example("[streams]").1, &[".ends_at(&[\"that is all\"])"]);
    has(&example("[formats]\ndate-time").1, &["pub born: Option<String>"]);
    let foreign = [
        "pub code: Option<::ulid::Ulid>",
        "ulid = { version = \"1\", features = [\"serde\"] }",
        "::time::OffsetDateTime = STRING, ::time::serde::rfc3339",
    ];
    has(&example("[formats]\nulid = {").1, &foreign);
    let replaced = [
        "pub type Flat = ::homes::Flat;",
        "pub owner: Option<::std::net::IpAddr>",
        "pet-homes = { path = \"../homes\" }",
    ];
    has(&example("[replace]").1, &replaced);
    has(&example("[uploads]").1, &["impl From<Upload> for House", "plan: Some(file.data_url())"]);
    has(&example("[numbers]").1, &["pub floor: Option<ExactNumber>"]);
    has(
        &example("[[fixup]]").1,
        &["pub phone: Option<String>", "pub count: Option<f64>", "pub yard: Option<bool>"],
    );
}

#[test]
fn every_key_is_on_the_page() {
    let page = page();
    let mut known = 0;
    for table in [
        "",
        "[output]",
        "[upstream]",
        "[package]",
        "[client]",
        "[include]",
        "[exclude]",
        "[operations.getPet]",
        "[streams]",
        "[[fixup]]",
    ] {
        let said = made(&format!("{table}\nzebra = 1\n")).unwrap_err();
        let keys =
            said.split("use one of ").nth(1).unwrap_or_else(|| panic!("{said}")).lines().next().unwrap();
        for key in keys.split('`').skip(1).step_by(2) {
            let named = [format!("`{key}`"), format!("[{key}]"), format!("[{key}."), format!("\n{key} = ")];
            assert!(named.iter().any(|name| page.contains(name)), "`{key}` of `{table}` is not on the page");
            known += 1;
        }
    }
    assert!(known > 25, "{known}");
}

#[test]
fn choices_that_hit_nothing_are_errors_with_advice() {
    for (config, wanted) in [
        ("[fields]\n\"/components/schemas/Pet/properties/typ\" = \"x\"\n", "is not a property of an object"),
        ("[variants.\"/components/schemas/Pet\"]\na = \"B\"\n", "is not an enum or a union"),
        ("[variants.\"/components/schemas/Pet/properties/type\"]\ncatt = \"B\"\n", "did you mean `cat`?"),
        ("[resources]\n\"shop.pet\" = \"x\"\n", "did you mean `shop.pets`?"),
        ("[fields]\n\"/components/schemas/Pet/properties/type\" = \"type\"\n", "`type` is not a valid name"),
        ("[formats]\nulid = \"sting\"\n", "did you mean `string`?"),
        ("[formats]\ndate = \"time\"\n", "`time` has no known type for the format `date`"),
        ("[formats]\nulid = { type = \"a b\" }\n", "`a b` is not the path of a Rust type"),
        ("[formats]\nulid = { version = \"1\" }\n", "`type` is missing"),
        (
            "[formats]\nulid = { type = \"a::B\", with = \"a::c\" }\ndate = { type = \"a::B\" }\n",
            "`a::B` has two different values of `with`",
        ),
        ("[replace]\n\"/components/schemas/Pat\" = { type = \"a::B\" }\n", "is not a schema that is used"),
        (
            "[uploads]\n\"/components/schemas/Hous\" = { data_url = \"plan\" }\n",
            "did you mean `/components/schemas/House`?",
        ),
        ("[uploads]\n\"/components/schemas/House\" = { data_url = \"plam\" }\n", "did you mean `plan`?"),
        (
            "[uploads]\n\"/components/schemas/House\" = { name = \"plan\" }\n",
            "needs either `data_url` or `base64`",
        ),
        ("[numbers]\ninteger = \"big\"\n", "`exact` or `plain`"),
        ("[arguments.listPets]\nafte = \"x\"\n", "did you mean `after`?"),
        ("[arguments.listPet]\nafter = \"x\"\n", "did you mean `listPets`?"),
        ("[lints]\nsyntax = \"warn\"\n", "cannot be changed"),
        ("[include]\ntag = [\"x\"]\n", "did you mean `tags`?"),
    ] {
        let said = made(config).unwrap_err();
        assert!(said.contains(wanted), "{config}\n{said}");
    }
}
