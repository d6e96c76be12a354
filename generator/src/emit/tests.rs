use expect_test::{expect, expect_file};

use super::*;
use crate::render;

pub(crate) mod store;

fn files() -> Vec<(String, String)> {
    let (plan, config) = (store::plan(), Config::default());
    let names = manifest::names(&plan.api.info, &config);
    render::render(&emit(&plan, &config, &names))
}

fn file(path: &str) -> String {
    files().into_iter().find(|(other, _)| other == path).map(|(_, text)| text).unwrap()
}

#[test]
fn the_files_of_an_sdk() {
    let paths: Vec<String> = files().into_iter().map(|(path, _)| path).collect();
    expect![[r#"
        [
            "src/lib.rs",
            "src/client.rs",
            "src/types.rs",
            "src/types/shared.rs",
            "src/types/pets.rs",
            "src/pets.rs",
            "src/pets/toys.rs",
        ]
    "#]]
    .assert_debug_eq(&paths);
}

#[test]
fn the_root() {
    expect![[r#"
        //! Client of Pet Store, version `1.2`.
        //!
        //! Keeps pets.
        //!
        //! ### About
        //!
        //! See <https://pets.example>.
        //!
        //! ```no_run
        //! # fn main() -> Result<(), pet_store::Error> {
        //! // Reads `PET_STORE_API_KEY`.
        //! let client = pet_store::Client::from_env()?;
        //! # drop(client);
        //! # Ok(())
        //! # }
        //! ```

        #![forbid(unsafe_code)]
        #![warn(missing_docs)]

        pub mod client;
        #[cfg(feature = "pets")]
        pub mod pets;
        pub mod runtime;
        pub mod types;

        pub use crate::runtime::error::{ApiError, Error};
        pub use crate::runtime::prelude;
        #[cfg(feature = "testing")]
        pub use crate::runtime::testing;
        pub use client::{Client, ClientBuilder};
    "#]]
    .assert_eq(&file("src/lib.rs"));
    expect![[r#"
        //! The types of the API.

        #[cfg(feature = "pets")]
        mod pets;
        mod shared;

        #[cfg(feature = "pets")]
        pub use pets::*;
        pub use shared::*;
    "#]]
    .assert_eq(&file("src/types.rs"));
}

#[test]
fn the_client() {
    expect_file!["tests/golden1.txt"].assert_eq(&file("src/client.rs"));
}

#[test]
fn types() {
    expect_file!["tests/golden2.txt"].assert_eq(&file("src/types/shared.rs"));
    expect![[r#"
        //! Types that only `pets` uses.

        use super::Pet;
        use crate::runtime::macros::object;
        use crate::runtime::model::Members;

        /// A page, called like a type of the runtime.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct Upload {
            /// Data.
            pub data: Vec<Pet>,
            /// After.
            pub after: Option<String>,
            members_: Members,
        }

        object!(Upload {
            0 required data = "data";
            1 nullable after = "after";
        });
    "#]]
    .assert_eq(&file("src/types/pets.rs"));
}

#[test]
fn resources() {
    expect_file!["tests/golden3.txt"].assert_eq(&file("src/pets.rs"));
    expect_file!["tests/golden4.txt"].assert_eq(&file("src/pets/toys.rs"));
}

#[test]
fn the_readme() {
    let (plan, config) = (store::plan(), Config::default());
    let names = manifest::names(&plan.api.info, &config);
    expect![[r##"
        # pet-store

        Rust client of Pet Store.

        Keeps pets.

        ```rust
        let client = pet_store::Client::from_env()?; // reads PET_STORE_API_KEY
        let response = client.pets().list().await?;
        println!("{response:?}");
        ```

        <!-- @generated:begin index -->
        ## API

        ### `client.pets()`

        | call | route | |
        |---|---|---|
        | `client.pets().list()` | `GET /v1/pets` | List pets |
        | `client.pets().create(body)` | `POST /v1/pets` |  |

        ### `client.pets().toys()`

        | call | route | |
        |---|---|---|
        | `client.pets().toys().get(pet, toy)` | `GET /v1/pets/{pet}/toys/{toy}` | Get Toy |
        <!-- @generated:end -->
    "##]]
    .assert_eq(&readme::readme(&plan, &config, &names));
}

#[test]
fn the_manifest() {
    let (plan, config) = (store::plan(), Config::default());
    let names = manifest::names(&plan.api.info, &config);
    let text = manifest::manifest(&plan, &config, &names);
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["package"]["name"].as_str(), Some("pet-store"));
    let default = table["features"]["default"].as_array().unwrap();
    assert!(default.iter().any(|name| name.as_str() == Some("pets")), "{default:?}");
    assert!(table["workspace"].as_table().is_some_and(toml::Table::is_empty));
}
