use super::*;

const PETS: &str = include_str!("../../../../tests/cases/pet-shop/spec.yaml");

fn ask(document: &str, config: &str, others: &[(&str, &str)]) -> Reply {
    let others: BTreeMap<&str, &str> = others.iter().copied().collect();
    let request = json!({"name": "pets.yaml", "document": document, "config": config, "others": others});
    reply(request.to_string().as_bytes())
}

fn places(reply: &Reply) -> Vec<(String, u64, u64)> {
    let place = |report: &Value| {
        let at = &report["primary"];
        (
            at["file"].as_str().unwrap().to_owned(),
            at["line"].as_u64().unwrap(),
            at["column"].as_u64().unwrap(),
        )
    };
    reply.reports.iter().map(place).collect()
}

#[test]
fn a_document_becomes_files_and_an_archive() {
    let made = ask(PETS, "", &[]);
    assert_eq!(made.package, "pet-shop");
    assert_eq!(made.summary, "", "{:?}", made.reports);
    assert!(made.files.iter().any(|(path, text)| path == "src/lib.rs" && text.contains("Client")));
    assert!(made.files.iter().any(|(path, _)| path == "names.lock"));
    let archive = crate::archive::archive(&made.package, &made.files);
    let mut read = zip::ZipArchive::new(std::io::Cursor::new(&archive)).unwrap();
    assert_eq!(read.len(), made.files.len());
    for (path, text) in &made.files {
        let file = read.by_name(&format!("pet-shop/{path}")).unwrap();
        assert_eq!(std::io::read_to_string(file).unwrap(), *text);
    }
    assert_eq!(archive, crate::archive::archive(&made.package, &made.files));
}

#[test]
fn reports_have_a_place_and_an_explanation() {
    let wrong = PETS.replacen("#/components/schemas/Pet'", "#/components/schemas/Pat'", 1);
    let made = ask(&wrong, "", &[]);
    let line = wrong.lines().position(|line| line.contains("schemas/Pat'")).unwrap() as u64 + 1;
    assert!(
        places(&made).iter().any(|(file, at, _)| file == "pets.yaml" && *at == line),
        "{:?}",
        made.reports
    );
    assert!(made.reports.iter().all(|report| !report["explanation"].as_str().unwrap().is_empty()));
    assert_ne!(made.summary, "");
}

#[test]
fn choices_count_and_their_problems_have_places_too() {
    let made = ask(PETS, "[package]\nname = \"zoo\"\n", &[]);
    assert_eq!(made.package, "zoo");
    let made = ask(PETS, "[package]\nnam = \"zoo\"\n", &[]);
    assert!(made.files.is_empty());
    assert_eq!(places(&made), [("sdk.toml".to_owned(), 2, 1)]);
}

#[test]
fn files_that_are_referred_to_come_from_the_page() {
    let split = PETS.replacen("'#/components/schemas/Pet'", "'animal.yaml'", 1);
    let others = [("animal.yaml", "type: object\nproperties: {name: {type: string}}\n")];
    assert_eq!(ask(&split, "", &others).summary, "");
    assert_ne!(ask(&split, "", &[]).summary, "");
    let config = "overlays = [\"more.yaml\"]\n";
    let overlay =
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {title: Zoo}}]\n";
    assert_eq!(ask(PETS, config, &[("more.yaml", overlay)]).package, "zoo");
    assert!(ask(PETS, config, &[]).summary.contains("drop it together"));
}

#[test]
fn what_is_no_request_is_answered() {
    assert!(reply(b"{").summary.contains("wrong request"));
}
