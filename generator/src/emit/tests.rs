use expect_test::expect;

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
    expect![[r#"
        //! The client and its builder.

        use crate::runtime::auth::{Credential, Scheme, SchemeKind};
        use crate::runtime::client::{Builder, Core};
        use crate::runtime::error::Error;
        use crate::runtime::request::Request;
        use crate::runtime::route::{Method, Route};

        /// A client of Pet Store.
        ///
        /// It is cheap to clone, and clones share connections, limits and credentials.
        #[derive(Clone, Debug)]
        pub struct Client {
            core: Core,
        }

        /// Sets up a [`Client`].
        pub type ClientBuilder = Builder<Client>;

        impl From<Core> for Client {
            fn from(core: Core) -> Self {
                Self { core }
            }
        }

        impl Client {
            /// Sets up a client.
            ///
            /// The base URL is `https://eu.pets.example` unless another is set.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(
                    "https://eu.pets.example",
                    concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                )
            }

            /// With the credential in the environment variable `PET_STORE_API_KEY`.
            ///
            /// # Errors
            ///
            /// When the variable is missing or empty, or the client cannot be set up.
            pub fn from_env() -> Result<Self, Error> {
                Self::builder().credential_from_env(&API_KEY, "PET_STORE_API_KEY")?.build()
            }

            /// A request that the document does not know, with the credentials, retries and errors of all others.
            pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
                Request::new(&self.core, &REQUEST, method, path)
            }

            /// Operations of `client.pets()`.
            #[cfg(feature = "pets")]
            pub fn pets(&self) -> super::pets::Pets<'_> {
                super::pets::Pets { core: &self.core }
            }
        }

        impl ClientBuilder {
            /// The API key, sent in the header `Api-Key`.
            pub fn api_key(self, key: impl Into<Credential>) -> Self {
                self.credential(&API_KEY, key)
            }
        }

        pub(super) static API_KEY: Scheme = Scheme { id: "APIKey", kind: SchemeKind::ApiKeyHeader("Api-Key") };

        static REQUEST: Route = Route {
            name: "request",
            method: Method::GET,
            path: "",
            accept: "*/*",
            auth: &[&[&API_KEY], &[]],
            idempotency: None,
            errors: &[],
            server: None,
        };
    "#]].assert_eq(&file("src/client.rs"));
}

#[test]
fn types() {
    expect![[r#"
        //! Types that more than one resource uses.

        use std::collections::BTreeMap;

        use crate::runtime::macros::{object, string_enum, tagged_union, untagged_union};
        use crate::runtime::model::{DateTime, Members, Object, UnknownValue, UnknownVariant, Utc, Value};

        /// A cat.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Cat {
            /// What it is called, a `String<T>`.
            pub name: String,
            /// How many are left. Default: `9`. Constraints: at most 9.
            pub lives: i64,
            /// Born.
            pub born: Option<DateTime<Utc>>,
            /// See \[parent].
            pub parent: Option<Box<Cat>>,
            /// Kinds.
            pub kinds: Option<Vec<String>>,
            /// Members that have no field of their own.
            pub additional: BTreeMap<String, Value>,
            members_: Members,
        }

        impl Cat {
            /// The value of `kind`, always the same.
            pub const KIND: &'static str = "cat";

            /// With the required members; the others are absent until set.
            pub fn new(name: impl Into<String>, kinds: Option<Vec<String>>) -> Self {
                Self {
                    name: name.into(),
                    lives: 9,
                    born: None,
                    parent: None,
                    kinds,
                    additional: BTreeMap::new(),
                    members_: Members::new(&[0]),
                }
            }

            /// Sets [`Self::lives`].
            pub fn lives(mut self, lives: i64) -> Self {
                self.lives = lives;
                self.members_.mark(2);
                self
            }

            /// Sets [`Self::born`].
            pub fn born(mut self, born: DateTime<Utc>) -> Self {
                self.born = Some(born);
                self
            }

            /// Sends `born` as null.
            pub fn clear_born(mut self) -> Self {
                self.born = None;
                self.members_.mark(3);
                self
            }

            /// Sets [`Self::parent`].
            pub fn parent(mut self, parent: Cat) -> Self {
                self.parent = Some(Box::new(parent));
                self
            }
        }

        object!(Cat {
            0 constant "kind", "\"cat\"";
            1 required name = "name";
            2 defaulted lives = "lives", "9";
            3 optional born = "born";
            4 optional parent = "parent";
            5 nullable kinds = "kinds";
            rest additional;
        });

        /// The schema `Mood`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Mood {
            /// `asleep`.
            Asleep,
            /// `awake`.
            Awake,
            /// A value this version does not know.
            Unknown(UnknownValue),
        }

        string_enum!(Mood, Unknown { Asleep = "asleep", Awake = "awake" });

        /// One of the pets.
        ///
        /// ```no_run
        /// # fn example(value: pet_store::types::Pet) -> Result<(), Box<dyn std::error::Error>> {
        /// use pet_store::types::Pet;
        ///
        /// match value {
        ///     Pet::Cat(found) => println!("{found:?}"),
        ///     other => println!("{other:?}"),
        /// }
        /// # Ok(())
        /// # }
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Pet {
            /// `cat` or `kitten`.
            Cat(Cat),
            /// `dog`.
            Dog(Box<Object>),
            /// A variant this version does not know: its tag and its JSON are kept.
            Unknown(UnknownVariant),
        }

        tagged_union!(Pet, "kind", Unknown {
            Cat(Cat) = "cat" | "kitten";
            Dog(Box<Object>) = "dog";
        });

        /// The schema `TextOrNumber`.
        ///
        /// ```no_run
        /// # fn example(value: pet_store::types::TextOrNumber) -> Result<(), Box<dyn std::error::Error>> {
        /// use pet_store::types::TextOrNumber;
        ///
        /// match value {
        ///     TextOrNumber::Text(found) => println!("{found:?}"),
        ///     other => println!("{other:?}"),
        /// }
        /// # Ok(())
        /// # }
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum TextOrNumber {
            /// One of the forms.
            Text(String),
            /// One of the forms.
            Number(i64),
        }

        untagged_union!(TextOrNumber { Text(String), Number(i64) });

        /// The schema `Names`.
        pub type Names = Vec<String>;
    "#]]
    .assert_eq(&file("src/types/shared.rs"));
    expect![[r#"
        //! Types that only `pets` uses.

        use super::Pet;
        use crate::runtime::macros::object;
        use crate::runtime::model::Members;

        /// A page, called like a type of the runtime.
        #[derive(Clone, Debug, PartialEq)]
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
    expect![[r##"
        //! Pets.
        //!
        //! Reached by `client.pets()`.

        use super::{client, types};
        use crate::runtime::call::{Call, Json};
        use crate::runtime::client::Core;
        use crate::runtime::encode::Style;
        use crate::runtime::macros::{choice, operation, paged};
        use crate::runtime::route::{Method, Route, Status, error_body};

        pub mod toys;

        /// The operations of `client.pets()`.
        #[derive(Clone, Copy, Debug)]
        pub struct Pets<'a> {
            pub(super) core: &'a Core,
        }

        impl<'a> Pets<'a> {
            /// Operations of `client.pets().toys()`.
            pub fn toys(&self) -> toys::Toys<'a> {
                toys::Toys { core: self.core }
            }

            /// List pets
            ///
            /// `GET /v1/pets`
            ///
            /// # Errors
            ///
            /// Answers with one of these statuses carry a typed body:
            /// - `422`: [`types::Cat`]
            ///
            /// ```no_run
            /// # async fn example(client: pet_store::Client) -> Result<(), Box<dyn std::error::Error>> {
            /// let answer = client.pets().list().await?;
            /// # drop(answer);
            /// # Ok(())
            /// # }
            /// ```
            pub fn list(&self) -> List {
                List(Call::new(self.core, &LIST))
            }

            /// `POST /v1/pets`.
            ///
            /// # Errors
            ///
            /// Answers with one of these statuses carry a typed body:
            /// - `422`: [`types::Cat`]
            ///
            /// ```no_run
            /// # async fn example(client: pet_store::Client) -> Result<(), Box<dyn std::error::Error>> {
            /// let body: pet_store::types::Cat = pet_store::runtime::model::from_str(r#"{"kind":"cat","name":"Tom"}"#)?;
            /// let answer = client.pets().create(body).await?;
            /// # drop(answer);
            /// # Ok(())
            /// # }
            /// ```
            #[deprecated]
            pub fn create(&self, body: types::Cat) -> Create {
                Create(Call::new(self.core, &CREATE).json(&body))
            }
        }

        /// List pets; see [`Pets::list`].
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub struct List(Call);

        impl List {
            /// Page size. The server's default is `10`.
            pub fn limit(self, limit: i64) -> Self {
                Self(self.0.query("limit", &limit))
            }

            /// Moods.
            #[deprecated = "use `limit`"]
            pub fn moods(self, moods: impl IntoIterator<Item = impl Into<types::Mood>>) -> Self {
                let moods: Vec<types::Mood> = moods.into_iter().map(Into::into).collect();
                Self(self.0.query_as("moods", Style::Form, &moods))
            }

            /// After.
            pub fn after(self, after: impl Into<String>) -> Self {
                Self(self.0.query::<String>("after", &after.into()))
            }
        }

        operation!(List => Json<types::Upload>);

        paged!(List: types::Upload => types::Pet {
            cursor "after";
            items = [data];
            next = [after?];
        });

        static LIST: Route = Route {
            name: "pets.list",
            method: Method::GET,
            path: "/v1/pets",
            accept: "application/json",
            auth: &[&[&client::API_KEY]],
            idempotency: None,
            errors: &[(Status::Code(422), error_body::<types::Cat>)],
            server: None,
        };

        /// `POST /v1/pets`; see [`Pets::create`].
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub struct Create(Call);

        /// What [`Create`] gives, by status.
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum CreateAnswer {
            /// The answer to status `200`.
            Done(types::Pet),
            /// The answer to status `202`.
            Accepted,
        }

        choice!(CreateAnswer { Done(Json<types::Pet>) = 200, Accepted = 202 });

        operation!(Create => CreateAnswer);

        static CREATE: Route = Route {
            name: "pets.create",
            method: Method::POST,
            path: "/v1/pets",
            accept: "application/json",
            auth: &[],
            idempotency: None,
            errors: &[(Status::Code(422), error_body::<types::Cat>)],
            server: None,
        };
    "##]].assert_eq(&file("src/pets.rs"));
    expect![[r#"
        //! Toys.
        //!
        //! Reached by `client.pets().toys()`.

        use super::super::{client, types};
        use crate::runtime::call::Call;
        use crate::runtime::client::Core;
        use crate::runtime::macros::operation;
        use crate::runtime::route::{Method, Route, Status, error_body};

        /// The operations of `client.pets().toys()`.
        #[derive(Clone, Copy, Debug)]
        pub struct Toys<'a> {
            pub(super) core: &'a Core,
        }

        impl<'a> Toys<'a> {
            /// Get Toy
            ///
            /// `GET /v1/pets/{pet}/toys/{toy}`
            ///
            /// - `pet`: Whose toy.
            ///
            /// # Errors
            ///
            /// Answers with one of these statuses carry a typed body:
            /// - `422`: [`types::Cat`]
            ///
            /// ```no_run
            /// # async fn example(client: pet_store::Client) -> Result<(), Box<dyn std::error::Error>> {
            /// client.pets().toys().get("pet", 1).await?;
            /// # Ok(())
            /// # }
            /// ```
            pub fn get(&self, pet: impl Into<String>, toy: i64) -> Get {
                Get(Call::new(self.core, &GET).path::<String>("pet", &pet.into()).path("toy", &toy))
            }
        }

        /// Get Toy; see [`Toys::get`].
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub struct Get(Call);

        operation!(Get => Empty);

        static GET: Route = Route {
            name: "pets.toys.get",
            method: Method::GET,
            path: "/v1/pets/{pet}/toys/{toy}",
            accept: "*/*",
            auth: &[&[&client::API_KEY]],
            idempotency: None,
            errors: &[(Status::Code(422), error_body::<types::Cat>)],
            server: None,
        };
    "#]]
    .assert_eq(&file("src/pets/toys.rs"));
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
        let answer = client.pets().list().await?;
        println!("{answer:?}");
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
