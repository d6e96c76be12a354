//! A loopback HTTP server that plays the API of a document.
//!
//! In: a document. Out: a real socket that checks every request against it (method, path, parameters, authentication, body, all
//! by its own decoders) and answers with what the document declares. What it saw, and what was wrong with it, can be asked for;
//! the next answers can be scripted, down to broken bytes.

mod answer;
mod auth;
mod body;
mod http;
mod params;
mod parts;

pub use answer::{Part, Reply, accepted, number};
pub(crate) use body::covers;
pub use http::Request;
pub use parts::Section;
pub(crate) use parts::parameter;

use crate::document::{Document, Location, Operation};
use crate::judge::{Judge, Side};
use crate::synth::{Made, synthesise};
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server saw of one request.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The operation's id, or `METHOD /path/{template}` where it has none; nothing if no operation fits.
    pub operation: Option<String>,
    /// The request as it came.
    pub request: Request,
    /// The declared parameters that were given, decoded.
    pub params: Vec<(Location, String, Value)>,
    /// The body as JSON: parsed, or put together from the parts of a form.
    pub body: Option<Value>,
    /// Files of a multipart body.
    pub files: Vec<File>,
    /// All parts of a multipart body.
    pub sections: Vec<Section>,
    /// What was wrong with the request; empty for a request that the document allows.
    pub problems: Vec<String>,
    /// Names of the query parameters and cookies that carry credentials.
    pub keys: Vec<String>,
    /// The answer; nothing of it is known where raw bytes were scripted.
    pub answer: Answer,
}

/// An answer that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// The media type, where there is a body.
    pub media: Option<String>,
    /// The body as it was sent; of streams, all of it.
    pub body: Vec<u8>,
}

impl Seen {
    /// The decoded value of a parameter.
    pub fn param(&self, location: Location, name: &str) -> Option<&Value> {
        self.params.iter().find(|(l, n, _)| *l == location && n == name).map(|(_, _, value)| value)
    }
}

/// A file part of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Name of the field.
    pub field: String,
    /// Name of the file.
    pub name: String,
    /// Media type of the part.
    pub media: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The server. Dropping it closes the socket.
pub struct Server {
    address: SocketAddr,
    api: Arc<Api>,
    task: JoinHandle<()>,
}

/// What the connections share.
struct Api {
    document: Document,
    operations: Vec<Operation>,
    sent: Judge,
    received: Judge,
    /// Instances of the schemas of answers, by the pointer of the schema.
    instances: Mutex<HashMap<String, Arc<Made>>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    seen: Vec<Seen>,
    /// By operation; the empty key is for any.
    scripts: HashMap<String, VecDeque<Reply>>,
    connections: usize,
}

impl Server {
    /// Starts to listen on a free port of the loopback interface.
    pub async fn start(document: Document) -> Result<Self, String> {
        let sent = Judge::new(&document, Side::Request)?;
        let received = Judge::new(&document, Side::Response)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(|e| e.to_string())?;
        let address = listener.local_addr().map_err(|e| e.to_string())?;
        let operations = document.operations();
        let (instances, state) = (Mutex::default(), Mutex::default());
        let api = Arc::new(Api { document, operations, sent, received, instances, state });
        let shared = Arc::clone(&api);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.state().connections += 1;
                let api = Arc::clone(&shared);
                tokio::spawn(async move { api.serve(stream).await });
            }
        });
        Ok(Self { address, api, task })
    }

    /// The base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The document that is served.
    pub fn document(&self) -> &Document {
        &self.api.document
    }

    /// Says how the next call of an operation (its id, or `GET /v1/things/{id}` where it has none) is answered. Replies are used in the order they were
    /// given; without one, the answer is the first success that the document declares.
    pub fn script(&self, operation: &str, reply: Reply) {
        self.api.state().scripts.entry(operation.to_owned()).or_default().push_back(reply);
    }

    /// Says how the next call of whatever operation is answered.
    pub fn script_any(&self, reply: Reply) {
        self.script("", reply);
    }

    /// Everything seen so far, and forgets it.
    pub fn take_seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.api.state().seen)
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.api.state().connections
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Api {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Instances of the schema of an answer.
    fn instances(&self, schema: &str) -> Arc<Made> {
        let mut known = self.instances.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(synthesise(&self.document, &self.received, schema, Side::Response));
        Arc::clone(known.entry(schema.to_owned()).or_insert_with(made))
    }

    /// Answers the requests of one connection until either side ends it.
    async fn serve(&self, stream: TcpStream) {
        let mut connection = http::Connection::new(stream);
        while let Ok(Some(request)) = connection.read().await {
            let (operation, mut seen) = self.see(request);
            if operation.is_none() && seen.problems.is_empty() {
                // A token endpoint, which is no operation of the API.
                if connection.write(answer::token(&seen)).await.is_err() {
                    return;
                }
                continue;
            }
            let reply = self.reply(&seen);
            let (answer, wire) = answer::answer(self, operation, &seen, &reply);
            seen.answer = answer;
            let close = reply.closes();
            self.state().seen.push(seen);
            if connection.write(wire).await.is_err() || close {
                return;
            }
        }
    }

    /// The scripted reply for this request, or the usual one.
    fn reply(&self, seen: &Seen) -> Reply {
        let mut state = self.state();
        let mut next = |key: &str| state.scripts.get_mut(key).and_then(VecDeque::pop_front);
        seen.operation.as_deref().and_then(&mut next).or_else(|| next("")).unwrap_or(Reply::Usual)
    }

    /// Reads a request against the document.
    fn see(&self, request: Request) -> (Option<&Operation>, Seen) {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let matched = self
            .operations
            .iter()
            .filter(|operation| operation.method == request.method)
            .filter_map(|operation| Some((operation, params::match_path(&operation.path, path)?)))
            .min_by_key(|(operation, _)| operation.path.matches('{').count());
        let Some((operation, in_path)) = matched else {
            let token = auth::is_token_endpoint(&self.document, path);
            let problems =
                if token { vec![] } else { vec![format!("no operation `{} {path}`", request.method)] };
            let answer = Answer::default();
            let (params, files, sections, keys) = (vec![], vec![], vec![], vec![]);
            let seen = Seen {
                operation: None,
                request,
                params,
                body: None,
                files,
                sections,
                problems,
                keys,
                answer,
            };
            return (None, seen);
        };
        let mut problems = Vec::new();
        let query = params::pairs(query, false);
        let cookies = request.cookies();
        let keys = auth::check(&self.document, operation, &request, &query, &cookies, &mut problems);
        let given = params::Given { path: &in_path, query: &query, cookies: &cookies, request: &request };
        let decoder = params::Decoder { document: &self.document, judge: &self.sent };
        let params = decoder.all(operation, &given, &keys, &mut problems);
        let decoded = body::check(&decoder, operation, &request, &mut problems);
        let seen = Seen {
            operation: Some(name(operation)),
            request,
            params,
            body: decoded.value,
            files: decoded.files,
            sections: decoded.sections,
            problems,
            keys,
            answer: Answer::default(),
        };
        (Some(operation), seen)
    }
}

/// What an operation is called in scripts and in what was seen.
pub fn name(operation: &Operation) -> String {
    operation.id.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path))
}
