//! Which operation of the document a recorded request calls.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::tree::METHODS;

/// The operations of a document with the servers that they are reached at.
pub(super) struct Routes<'d> {
    paths: Vec<Path<'d>>,
    servers: Vec<Server>,
}

struct Path<'d> {
    template: &'d str,
    at: Pointer,
    item: &'d Map<String, Value>,
    segments: Vec<Segment>,
    servers: Vec<Server>,
}

/// A server: its host (`None`: any), and the segments of its path.
#[derive(Clone, Debug, PartialEq)]
struct Server {
    host: Option<Segment>,
    base: Vec<Segment>,
}

/// A segment of a template: literal texts with parameters between them.
#[derive(Clone, Debug, PartialEq)]
struct Segment(Vec<String>);

/// A request, taken apart.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) host: String,
    segments: Vec<String>,
    /// The names and values of the query.
    pub(super) query: Vec<(String, String)>,
}

/// An operation.
#[derive(Clone, Debug)]
pub(super) struct Operation<'d> {
    /// `get`.
    pub(super) method: String,
    pub(super) template: &'d str,
    /// The path item.
    pub(super) item: &'d Map<String, Value>,
    pub(super) item_at: Pointer,
    pub(super) at: Pointer,
    pub(super) value: &'d Map<String, Value>,
}

/// What a request meets.
pub(super) enum Met<'d> {
    Operation(Operation<'d>),
    /// A path of the document, but not with this method.
    Path(Pointer),
    /// A server of the document, but none of its paths: the segments below the base.
    Server(Vec<String>),
    /// Another host.
    Nothing,
}

impl Segment {
    fn new(template: &str) -> Self {
        let mut literals = vec![String::new()];
        let mut rest = template;
        while let Some((before, after)) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)))
        {
            if let Some(last) = literals.last_mut() {
                last.push_str(before);
            }
            literals.push(String::new());
            rest = after;
        }
        if let Some(last) = literals.last_mut() {
            last.push_str(rest);
        }
        Self(literals)
    }

    fn matches(&self, text: &str) -> bool {
        let [first, middle @ .., last] = self.0.as_slice() else {
            return self.0.first().is_some_and(|literal| literal == text);
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        for literal in middle {
            // A parameter has at least one character.
            let found = rest.char_indices().skip(1).find(|(at, _)| rest[*at..].starts_with(literal.as_str()));
            let Some((at, _)) = found else { return false };
            rest = &rest[at + literal.len()..];
        }
        rest.len() > last.len() && rest.ends_with(last.as_str())
    }

    /// Literals go first, then what has the longest literal part.
    fn rank(&self) -> (bool, std::cmp::Reverse<usize>) {
        (self.0.len() > 1, std::cmp::Reverse(self.0.iter().map(String::len).sum()))
    }
}

impl Server {
    fn new(value: &Value) -> Option<Self> {
        let mut url = value.get("url")?.as_str()?.to_owned();
        for (name, variable) in value.get("variables").and_then(Value::as_object).into_iter().flatten() {
            let values = variable.get("enum").and_then(Value::as_array).map_or(0, Vec::len);
            if let Some(default) = variable.get("default").and_then(Value::as_str).filter(|_| values < 2) {
                url = url.replace(&format!("{{{name}}}"), default);
            }
        }
        Some(Self::at(&url))
    }

    fn at(url: &str) -> Self {
        let (host, path) = match url.split_once("://") {
            Some((_, rest)) => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                (Some(Segment::new(without_port(&host.to_ascii_lowercase()))), path)
            }
            None => (None, url),
        };
        let base = path.split(['?', '#']).next().unwrap_or_default();
        Self { host, base: segments(base).map(Segment::new).collect() }
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

fn servers(of: &Map<String, Value>) -> Vec<Server> {
    of.get("servers").and_then(Value::as_array).into_iter().flatten().filter_map(Server::new).collect()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

impl Request {
    /// Takes a URL apart; `None` if it is not absolute.
    pub(super) fn new(method: &str, url: &str) -> Option<Self> {
        let (_, rest) = url.split_once("://")?;
        let rest = rest.split('#').next()?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.rsplit('@').next()?.to_ascii_lowercase();
        let query = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
        });
        Some(Self {
            method: method.to_ascii_lowercase(),
            host,
            segments: segments(path).map(decode).collect(),
            query: query.collect(),
        })
    }
}

impl<'d> Routes<'d> {
    /// The routes of a document in normal form. `base_url` is another server that the user chose.
    pub(super) fn new(root: &'d Value, base_url: Option<&str>) -> Self {
        let base = Pointer::root().child("paths");
        let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
        let paths = items.filter_map(|(template, item)| {
            let item = item.as_object()?;
            let at = base.child(template);
            let path = template.split(['?', '#']).next().unwrap_or_default();
            let own = METHODS.iter().filter_map(|method| item.get(*method)?.as_object()).flat_map(servers);
            let servers = servers(item).into_iter().chain(own).collect();
            Some(Path { template, at, item, segments: segments(path).map(Segment::new).collect(), servers })
        });
        let mut all: Vec<Server> = base_url.map(Server::at).into_iter().collect();
        all.extend(root.as_object().map(servers).unwrap_or_default());
        Self { paths: paths.collect(), servers: all }
    }

    /// How the document writes the last of these segments, below the others, if it is a parameter there.
    pub(super) fn parameter(&self, segments: &[String]) -> Option<&'d str> {
        let is_below = |path: &&Path<'d>| {
            path.segments.len() >= segments.len()
                && path.segments.iter().zip(segments).all(|(segment, text)| segment.matches(text))
        };
        let paths = self.paths.iter().filter(is_below);
        let written = paths.filter_map(|path| self::segments(path.template).nth(segments.len() - 1));
        written.into_iter().find(|segment| segment.starts_with('{') && segment.ends_with('}'))
    }

    /// The operation at a path as the document writes it.
    pub(super) fn declared(&self, method: &str, template: &str) -> Met<'d> {
        let trimmed = |text: &str| text.trim_end_matches('/').to_owned();
        let found = self.paths.iter().find(|path| path.template == template);
        let found =
            found.or_else(|| self.paths.iter().find(|path| trimmed(path.template) == trimmed(template)));
        match found {
            Some(path) => path
                .operation(&method.to_ascii_lowercase())
                .map_or_else(|| Met::Path(path.at.clone()), Met::Operation),
            None => Met::Server(segments(template).map(str::to_owned).collect()),
        }
    }

    /// The operation that a request calls: at a server of the document, else (`anywhere`) at another host.
    pub(super) fn find(&self, request: &Request, anywhere: bool) -> Met<'d> {
        let is_at = |server: &Server, path: &Path<'_>| {
            server.below(request, anywhere).is_some_and(|rest| path.matches(rest))
        };
        let mut found: Vec<&Path<'d>> = self
            .paths
            .iter()
            .filter(|path| {
                let own = path.servers.iter().chain(&self.servers).any(|server| is_at(server, path));
                own || ((anywhere || self.servers.is_empty()) && path.matches(&request.segments))
            })
            .collect();
        found.sort_by_key(|path| path.segments.iter().map(Segment::rank).collect::<Vec<_>>());
        if let Some(operation) = found.iter().find_map(|path| path.operation(&request.method)) {
            return Met::Operation(operation);
        }
        if let Some(path) = found.first() {
            return Met::Path(path.at.clone());
        }
        let below = self.servers.iter().find_map(|server| server.below(request, anywhere));
        match below.or((anywhere || self.servers.is_empty()).then_some(&request.segments)) {
            Some(rest) => Met::Server(rest.to_vec()),
            None => Met::Nothing,
        }
    }
}

impl Server {
    /// The segments of a request below the path of the server.
    fn below<'r>(&self, request: &'r Request, anywhere: bool) -> Option<&'r [String]> {
        let is_host = self.host.as_ref().is_none_or(|host| host.matches(without_port(&request.host)));
        let (base, rest) = request.segments.split_at_checked(self.base.len())?;
        let is_base = self.base.iter().zip(base).all(|(segment, text)| segment.matches(text));
        ((is_host || anywhere) && is_base).then_some(rest)
    }
}

fn without_port(host: &str) -> &str {
    host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host)
}

impl<'d> Path<'d> {
    fn matches(&self, segments: &[String]) -> bool {
        self.segments.len() == segments.len()
            && self.segments.iter().zip(segments).all(|(segment, text)| segment.matches(text))
    }

    fn operation(&self, method: &str) -> Option<Operation<'d>> {
        let value = self.item.get(method).and_then(Value::as_object)?;
        Some(Operation {
            method: method.to_owned(),
            template: self.template,
            item: self.item,
            item_at: self.at.clone(),
            at: self.at.child(method),
            value,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        let operation = || json!({"get": {}});
        json!({
            "servers": [{"url": "https://{region}.x.test/v1/", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}],
            "paths": {
                "/runs/{id}": operation(), "/runs/latest": operation(), "/runs/{id}.json": operation(),
                "/runs/{id}/a-{b}-c": operation(), "/": operation(),
                "/files": {"get": {}, "servers": [{"url": "https://files.test"}]},
            },
        })
    }

    fn met(url: &str, anywhere: bool) -> String {
        let document = document();
        let routes = Routes::new(&document, Some("http://localhost:80/"));
        match routes.find(&Request::new("GET", url).unwrap(), anywhere) {
            Met::Operation(operation) => operation.template.to_owned(),
            Met::Path(at) => format!("other method of {at}"),
            Met::Server(rest) => format!("unknown {}", rest.join("/")),
            Met::Nothing => "another host".to_owned(),
        }
    }

    #[test]
    fn the_most_specific_path_below_a_server_is_met() {
        for (url, expected) in [
            ("https://us.x.test/v1/runs/latest", "/runs/latest"),
            ("https://us.x.test:443/v1/runs/la%74est?x=1", "/runs/latest"),
            ("https://eu.x.test/v1/runs/r_1", "/runs/{id}"),
            ("https://eu.x.test/v1/runs/r_1.json", "/runs/{id}.json"),
            ("https://eu.x.test/v1/runs/1/a-2-c/", "/runs/{id}/a-{b}-c"),
            ("https://eu.x.test/v1/runs/1/a--c", "unknown runs/1/a--c"),
            ("https://eu.x.test/v1", "/"),
            ("http://localhost/runs/1", "/runs/{id}"),
            ("https://files.test/files", "/files"),
            ("https://eu.x.test/runs/1", "another host"),
            ("https://other.test/v1/runs/1", "another host"),
        ] {
            assert_eq!(met(url, false), expected, "{url}");
        }
        assert_eq!(met("http://127.0.0.1:4010/v1/runs/1", true), "/runs/{id}");
        assert_eq!(met("http://127.0.0.1:4010/runs/1", true), "/runs/{id}");
    }

    #[test]
    fn other_methods_and_declared_paths() {
        let document = document();
        let routes = Routes::new(&document, None);
        let request = Request::new("POST", "https://eu.x.test/v1/runs/1").unwrap();
        assert!(
            matches!(routes.find(&request, false), Met::Path(at) if at.as_str() == "/paths/~1runs~1{id}")
        );
        assert!(
            matches!(routes.declared("GET", "/runs/{id}/"), Met::Operation(one) if one.template == "/runs/{id}")
        );
        assert!(matches!(routes.declared("GET", "/none"), Met::Server(_)));
        let query = Request::new("GET", "https://u:p@h/a?b=c%20d&e&f=+").unwrap().query;
        assert_eq!(
            query,
            [("b".into(), "c d".into()), ("e".into(), String::new()), ("f".into(), " ".into())]
                as [(String, String); 3]
        );
    }
}
