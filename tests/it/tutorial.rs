//! `docs/tutorial.md`: its document makes the SDK that it calls, and its code runs as it stands there.

use sdkgen::diag::{Sink, Style, render};
use sdkgen::source::Source;
use tests::checkout;

const OURS: &str = include_str!("tutorial.rs");

fn page() -> String {
    std::fs::read_to_string(checkout().join("docs/tutorial.md")).unwrap()
}

/// The fenced blocks of a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let blocks = page.split(&fence).skip(1).map(|rest| rest.split("```").next());
    blocks.map(|block| block.unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_document_has_no_problems_and_makes_the_calls() {
    let [document] = <[String; 1]>::try_from(blocks(&page(), "yaml")).unwrap();
    let input = sdkgen::Input::new(Source::new("pet-shop.yaml", document));
    let mut sink = Sink::new();
    let made = sdkgen::generate(&input, &mut sink);
    let found = sink.finish();
    assert!(found.is_empty(), "{}", render(&found, &input.sources(), Style::PLAIN));
    let files = made.unwrap().files;
    let whole = std::fs::read_to_string(checkout().join("tests/cases/pet-shop/out/src/pets.rs")).unwrap();
    for call in ["pub fn create(&self, body: types::NewPet) -> Create {", "pub fn list(&self) -> List {"] {
        assert!(files.get("src/pets.rs").unwrap().contains(call), "{call}");
        assert!(whole.contains(call), "the case `pet-shop` differs: {call}");
    }
}

/// Every line of the page's code is a line of this file, in the same order, but for those of a program.
#[test]
fn the_code_of_the_page_is_the_code_below() {
    let program = [
        "#[tokio::main]",
        "async fn main() -> Result<(), pet_shop::Error> {",
        "let client = pet_shop::Client::from_env()?; // PET_SHOP_API_KEY",
    ];
    let blocks = blocks(&page(), "rust");
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        let mut ours = OURS.lines().map(str::trim);
        for line in block.lines().map(str::trim).filter(|line| !line.is_empty() && !program.contains(line)) {
            assert!(ours.any(|own| own == line), "`tests/it/tutorial.rs` does not run: {line}");
        }
    }
}

#[cfg(feature = "mounted")]
mod calls {
    use pet_shop::types::{NewPet, Status};

    use pet_shop::testing::{Canned, InMemory};

    use tests::mounts::pet_shop;

    async fn online(client: pet_shop::Client) -> Result<(), pet_shop::Error> {
        let pet = client.pets().create(NewPet::new("Rex").tags(["calm"])).await?;
        println!("{} has the id {}", pet.name, pet.id);

        let mut available = client.pets().list().status(Status::Available).items();
        while let Some(pet) = available.try_next().await? {
            println!("{} is {}", pet.name, pet.status);
        }
        Ok(())
    }

    async fn offline() -> Result<(), pet_shop::Error> {
        let shop = InMemory::new();
        shop.answer(Canned::json(201, r#"{"id": "pet_1", "name": "Rex", "status": "available"}"#));
        let client = pet_shop::Client::builder().transport(shop.clone()).api_key("any").build()?;

        let pet = client.pets().create(NewPet::new("Rex")).await?;
        assert_eq!(pet.id, "pet_1");
        assert_eq!(shop.requests()[0].header("x-api-key"), "any");
        Ok(())
    }

    #[tokio::test]
    async fn run() {
        offline().await.unwrap();
        let shop = InMemory::new();
        shop.answer(Canned::json(201, r#"{"id": "pet_1", "name": "Rex", "status": "available"}"#));
        shop.answer(Canned::json(
            200,
            r#"{"data": [{"id": "pet_1", "name": "Rex", "status": "available"}], "next_cursor": "c2"}"#,
        ));
        shop.answer(Canned::json(
            200,
            r#"{"data": [{"id": "pet_2", "name": "Koko", "status": "adopted"}], "next_cursor": null}"#,
        ));
        let client = pet_shop::Client::builder().transport(shop.clone()).api_key("any").build().unwrap();
        online(client).await.unwrap();
        let targets: Vec<String> = shop.requests().iter().map(|seen| seen.url.to_string()).collect();
        assert_eq!(targets.len(), 3);
        assert!(targets[2].contains("cursor=c2") && targets[2].contains("status=available"), "{targets:?}");
    }
}
