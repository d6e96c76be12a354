//! A small SDK, written by hand in the way the generator writes one.

#![allow(dead_code, unreachable_pub, reason = "macros give what a real SDK makes public")]

mod types;

use crate::runtime::call::{Call, Core};
use crate::runtime::client::Builder;
use crate::runtime::macros::{choice, operation, paged};
use crate::runtime::model::{Secret, Upload};
use crate::runtime::request::Request;
use crate::runtime::route::{Method, Route, Scheme, SchemeKind, Status, error_body};
use crate::runtime::wait::Wait;

pub(super) use types::{NewThing, Parcel, Problem, State, Thing, ThingList};

pub(super) static API_KEY: Scheme = Scheme { id: "ApiKey", kind: SchemeKind::ApiKeyHeader("Api-Key") };
pub(super) static QUERY_KEY: Scheme = Scheme { id: "QueryKey", kind: SchemeKind::ApiKeyQuery("key") };
pub(super) static COOKIE_KEY: Scheme = Scheme { id: "CookieKey", kind: SchemeKind::ApiKeyCookie("session") };
pub(super) static BEARER: Scheme = Scheme { id: "Bearer", kind: SchemeKind::Bearer };
pub(super) static BASIC: Scheme = Scheme { id: "Basic", kind: SchemeKind::Basic };
pub(super) static OAUTH: Scheme = Scheme {
    id: "OAuth",
    kind: SchemeKind::ClientCredentials { token_url: "/oauth/token", scopes: &["read", "write"] },
};

#[derive(Clone, Debug)]
pub(super) struct Client {
    core: Core,
}

impl From<Core> for Client {
    fn from(core: Core) -> Self {
        Self { core }
    }
}

impl Builder<Client> {
    pub(super) fn api_key(self, key: impl Into<Secret>) -> Self {
        self.credential(&API_KEY, key.into())
    }
}

impl Client {
    pub(super) fn builder() -> Builder<Self> {
        Builder::new("https://api.example.com", "mini/1.0")
    }

    pub(super) fn things(&self) -> Things<'_> {
        Things { core: &self.core }
    }

    pub(super) fn files(&self) -> Files<'_> {
        Files { core: &self.core }
    }

    /// A call put together by the test itself.
    pub(super) fn send(call: Call) -> crate::runtime::call::Sending<Thing> {
        Get(call).send()
    }

    pub(super) fn core(&self) -> &Core {
        &self.core
    }

    pub(super) fn request(&self, method: Method, path: impl Into<String>) -> Request {
        Request::new(&self.core, &REQUEST, method, path)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Things<'a> {
    core: &'a Core,
}

impl Things<'_> {
    pub(super) fn list(self) -> List {
        List(Call::new(self.core, &LIST))
    }

    pub(super) fn numbered(self) -> Numbered {
        Numbered(Call::new(self.core, &NUMBERED))
    }

    pub(super) fn offset(self) -> ByOffset {
        ByOffset(Call::new(self.core, &NUMBERED))
    }

    pub(super) fn last(self) -> ByLast {
        ByLast(Call::new(self.core, &LIST))
    }

    pub(super) fn plain(self) -> Plain {
        Plain(Call::new(self.core, &LIST))
    }

    pub(super) fn linked(self) -> Linked {
        Linked(Call::new(self.core, &LIST))
    }

    pub(super) fn by_url(self) -> ByUrl {
        ByUrl(Call::new(self.core, &KEYED))
    }

    pub(super) fn filter(self, body: &NewThing) -> Filter {
        Filter(Call::new(self.core, &FILTER).json(body))
    }

    pub(super) fn get(self, id: impl Into<String>) -> Get {
        Get(Call::new(self.core, &GET).path("id", &id.into()))
    }

    pub(super) fn wait(self, id: impl Into<String>) -> Wait<Get> {
        Wait::until(self.get(id), |thing| thing.state.as_ref().map(State::as_str), &["ready"])
    }

    pub(super) fn create(self, body: NewThing) -> Create {
        Create(Call::new(self.core, &CREATE).json(&body))
    }

    pub(super) fn create_once(self, body: NewThing) -> CreateOnce {
        CreateOnce(Call::new(self.core, &CREATE_ONCE).json(&body))
    }

    pub(super) fn put(self, id: impl Into<String>, body: NewThing) -> Put {
        Put(Call::new(self.core, &PUT).path("id", &id.into()).json(&body))
    }

    pub(super) fn delete(self, id: impl Into<String>) -> Delete {
        Delete(Call::new(self.core, &DELETE).path("id", &id.into()))
    }

    pub(super) fn start(self, id: impl Into<String>) -> Start {
        Start(Call::new(self.core, &START).path("id", &id.into()))
    }

    pub(super) fn maybe(self) -> Find {
        Find(Call::new(self.core, &FIND))
    }

    pub(super) fn lines(self) -> Watch {
        Watch(Call::new(self.core, &WATCH))
    }

    pub(super) fn lines_failing_at(self, marks: &'static [&'static str]) -> Watch {
        Watch(Call::new(self.core, &WATCH).errors_at(marks))
    }

    pub(super) fn events(self) -> Follow {
        Follow(Call::new(self.core, &FOLLOW))
    }

    #[cfg(feature = "events")]
    pub(super) fn events_to(self, marks: &'static [&'static str]) -> Follow {
        Follow(Call::new(self.core, &FOLLOW).ends_at(marks))
    }

    #[cfg(feature = "events")]
    pub(super) fn events_failing_at(self, marks: &'static [&'static str]) -> Follow {
        Follow(Call::new(self.core, &FOLLOW).errors_at(marks))
    }

    /// A call of another route, for tests of single properties of routes.
    pub(super) fn at(self, route: &'static Route) -> Get {
        Get(Call::new(self.core, route))
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Files<'a> {
    core: &'a Core,
}

impl Files<'_> {
    pub(super) fn send(self, parcel: &Parcel) -> SendFile {
        SendFile(Call::new(self.core, &SEND_FILE).multipart(parcel))
    }

    pub(super) fn put(self, file: impl Into<Upload>) -> PutFile {
        PutFile(Call::new(self.core, &PUT_FILE).upload("application/octet-stream", file))
    }

    pub(super) fn put_image(self, file: impl Into<Upload>) -> PutFile {
        PutFile(Call::new(self.core, &PUT_FILE).upload("image/*", file))
    }

    pub(super) fn form(self, body: &NewThing) -> SendFile {
        SendFile(Call::new(self.core, &SEND_FILE).form(body))
    }

    pub(super) fn text(self, text: &str) -> SendFile {
        SendFile(Call::new(self.core, &SEND_FILE).text(text))
    }

    pub(super) fn download(self) -> Download {
        Download(Call::new(self.core, &DOWNLOAD))
    }

    pub(super) fn read(self) -> Read {
        Read(Call::new(self.core, &DOWNLOAD))
    }

    pub(super) fn raw(self) -> ReadRaw {
        ReadRaw(Call::new(self.core, &DOWNLOAD))
    }
}

macro_rules! calls {
    ($($name:ident),*) => {
        $(
            #[must_use = "a call is sent when it is awaited"]
            #[derive(Clone, Debug)]
            pub(super) struct $name(pub Call);
        )*
    };
}

calls!(
    List, Numbered, ByOffset, ByLast, Linked, ByUrl, Plain, Get, Create, CreateOnce, Put, Delete, Start,
    Find, Watch, Follow, Filter
);
calls!(SendFile, PutFile, Download, Read, ReadRaw);

impl List {
    pub(super) fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", &limit))
    }

    pub(super) fn state(self, state: impl Into<State>) -> Self {
        Self(self.0.query("state", &state.into()))
    }

    pub(super) fn ids(self, ids: Vec<String>) -> Self {
        Self(self.0.query("ids", &ids))
    }

    pub(super) fn tenant(self, tenant: impl Into<String>) -> Self {
        Self(self.0.header("X-Tenant", &tenant.into()))
    }

    pub(super) fn flavour(self, flavour: impl Into<String>) -> Self {
        Self(self.0.cookie("flavour", &flavour.into()))
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(super) enum StartOutcome {
    Done(Thing),
    Accepted,
    Words(String),
}

choice!(StartOutcome { Done(crate::runtime::call::Json<Thing>) = 200, Accepted = 202, Words(crate::runtime::call::Text) = 203..=206 });

operation!(List: LIST => Json<ThingList>);
operation!(Numbered: NUMBERED => Json<ThingList>);
operation!(ByOffset: NUMBERED => Json<ThingList>);
operation!(ByLast: LIST => Json<ThingList>);
operation!(Linked: LIST => Json<Vec<Thing>>);
operation!(ByUrl: KEYED => Json<ThingList>);
operation!(Filter: FILTER => Json<ThingList>);
operation!(Plain: LIST => Json<Vec<Thing>>);
operation!(Get: GET => Json<Thing>);
operation!(Create: CREATE => Json<Thing>);
operation!(CreateOnce: CREATE_ONCE => Json<Thing>);
operation!(Put: PUT => Json<Thing>);
operation!(Delete: DELETE => Empty);
operation!(Start: START => StartOutcome);
operation!(Find: FIND => Json<Thing> or Empty);
operation!(Watch: WATCH => Lines<Thing>);
operation!(SendFile: SEND_FILE => Json<Thing>);
operation!(PutFile: PUT_FILE => Empty);
operation!(Download: DOWNLOAD => Binary);
operation!(Read: DOWNLOAD => Text);
operation!(ReadRaw: DOWNLOAD => Raw);
#[cfg(feature = "events")]
operation!(Follow: FOLLOW => Events<Thing>);
#[cfg(not(feature = "events"))]
operation!(Follow: FOLLOW => Text);

paged!(List: ThingList => Thing {
    cursor "after";
    items = [data];
    next = [list_metadata?.after?];
});
paged!(Numbered: ThingList => Thing {
    page "page" 0;
    items = [data];
    more = [list_metadata?.more?];
});
paged!(ByOffset: ThingList => Thing {
    offset "offset";
    items = [data];
    more = [list_metadata?.more?];
});
paged!(ByLast: ThingList => Thing {
    last "after";
    items = [data];
    id = [id];
    more = [list_metadata?.more?];
});
paged!(Linked: Vec<Thing> => Thing {
    link "";
    items = [];
});
paged!(ByUrl: ThingList => Thing {
    url "";
    items = [data];
    next = [list_metadata?.after?];
});
paged!(Filter: ThingList => Thing {
    url "";
    items = [data];
    next = [list_metadata?.after?];
});
paged!(Plain: Vec<Thing> => Thing {
    last "after";
    items = [];
    id = [id];
});

macro_rules! route {
    ($name:literal, $method:ident, $path:literal) => {
        Route {
            name: $name,
            method: Method::$method,
            path: $path,
            accept: "application/json",
            auth: &[&[&API_KEY]],
            idempotency: None,
            errors: &[
                (Status::Code(422), error_body::<Problem>),
                (Status::Range(4), error_body::<Thing>),
                (Status::Default, error_body::<serde_json::Value>),
            ],
            server: None,
        }
    };
}

static LIST: Route = route!("things.list", GET, "/v1/things");
static KEYED: Route = Route { auth: &[&[&QUERY_KEY]], ..route!("things.keyed", GET, "/v1/keyed") };
static FILTER: Route = Route {
    idempotency: Some("Idempotency-Key"),
    auth: &[&[&QUERY_KEY]],
    ..route!("things.filter", POST, "/v1/things/filter")
};
static NUMBERED: Route = route!("things.numbered", GET, "/v1/numbered");
static GET: Route = route!("things.get", GET, "/v1/things/{id}");
static CREATE: Route = route!("things.create", POST, "/v1/things");
static CREATE_ONCE: Route = Route {
    name: "things.create_once",
    method: Method::POST,
    path: "/v1/things",
    accept: "application/json",
    auth: &[&[&API_KEY]],
    idempotency: Some("Idempotency-Key"),
    errors: &[],
    server: None,
};
static PUT: Route = route!("things.put", PUT, "/v1/things/{id}");
static DELETE: Route = route!("things.delete", DELETE, "/v1/things/{id}");
static START: Route = route!("things.start", POST, "/v1/things/{id}/start");
static FIND: Route = route!("things.find", GET, "/v1/find");
static WATCH: Route = route!("things.watch", GET, "/v1/watch");
static FOLLOW: Route = route!("things.follow", GET, "/v1/follow");
static SEND_FILE: Route = route!("files.send", POST, "/v1/files");
static PUT_FILE: Route = route!("files.put", PUT, "/v1/files");
static DOWNLOAD: Route = route!("files.download", GET, "/v1/files/1");
pub(super) static REQUEST: Route = route!("request", GET, "");
