//! Paths, parameters, bodies and responses.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::context::{BRANCHES, Check, Object, array, members};
use super::server::template;
use crate::diag::Code;
use crate::pointer::Path;

/// Headers that are no parameters, whatever a document says (OpenAPI 3.1, section 4.8.12.1).
const NOT_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A path with its parameters without names, by which two paths are the same.
fn nameless(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "{}" + part.split_once('}').map_or(part, |(_, rest)| rest))
}

impl<'d> Check<'d, '_> {
    pub(super) fn paths(&mut self, document: &'d Object, root: &Path<'_>) {
        let here = root.key("paths");
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (path, item) in members(document, "paths").filter(|(path, _)| !path.starts_with("x-")) {
            let at = here.key(path);
            self.path(path, &at);
            if let Some(first) = seen.insert(nameless(path), path) {
                let message = format!("the paths `{first}` and `{path}` are identical");
                let diagnostic = self
                    .found(Code::Contradiction, &at, message)
                    .at_key()
                    .also(&self.origin(&here.key(first)), "first declared here")
                    .help("move the operations under one of them; the names of parameters do not distinguish paths");
                self.sink.report(diagnostic);
            }
            let place = at.pointer();
            let methods = self.doc.methods(item, &place);
            let Some(item) = item.as_object() else { continue };
            self.servers(item, &at);
            self.parameters(item, &at);
            for (method, operation) in methods {
                if let Some(operation) = operation.as_object() {
                    self.operation(operation, &at.key(method));
                }
            }
        }
    }

    /// Braces come in pairs, with a name between them that is there once.
    fn path(&mut self, path: &str, at: &Path<'_>) {
        let mut open = false;
        let balanced = path.chars().all(|c| {
            let fine = match c {
                '{' => !open,
                '}' => open,
                _ => true,
            };
            open = if fine && "{}".contains(c) { !open } else { open };
            fine
        });
        let names = template(path);
        let twice = names.iter().enumerate().find(|(index, name)| names[..*index].contains(name));
        if !balanced || open {
            let message = format!("the braces in the path `{path}` do not match");
            self.key(Code::PathParameter, at, message, "write each parameter as `{name}`");
        } else if let Some((_, name)) = twice {
            let message = format!("the path `{path}` has the parameter `{name}` twice");
            self.key(Code::PathParameter, at, message, "give each parameter its own name");
        } else if names.contains(&"") {
            let message = format!("the path `{path}` has a parameter without a name");
            self.key(Code::PathParameter, at, message, "write the name between the braces");
        }
    }

    fn operation(&mut self, operation: &'d Object, at: &Path<'_>) {
        self.servers(operation, at);
        self.requirements(operation, at);
        self.parameters(operation, at);
        if let Some(callbacks) = operation.get("callbacks") {
            self.stash(callbacks, &at.key("callbacks"));
        }
        if let Some(body) = operation.get("requestBody").and_then(Value::as_object) {
            self.body(body, &at.key("requestBody"));
        }
        let here = at.key("responses");
        for (status, response) in members(operation, "responses").filter(|(key, _)| !key.starts_with("x-")) {
            if let Some(response) = response.as_object() {
                self.response(response, &here.key(status));
            }
        }
    }

    fn parameters(&mut self, holder: &'d Object, at: &Path<'_>) {
        let here = at.key("parameters");
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        for (index, parameter) in array(holder, "parameters").iter().enumerate() {
            let item = here.item(index);
            let Some(map) = parameter.as_object() else { continue };
            self.parameter(map, &item);
            let target =
                map.get("$ref").and_then(Value::as_str).and_then(|reference| self.doc.end(reference));
            let declared = target.map_or(parameter, |place| place.value);
            let text = |key: &str| declared.get(key).and_then(Value::as_str);
            let (Some(name), Some(location)) = (text("name"), text("in")) else { continue };
            // One without a name has been reported.
            if name.is_empty() {
                continue;
            }
            if let Some(first) = seen.insert((name, location), index) {
                let message = format!("the {location} parameter `{name}` is declared twice");
                let own = if map.contains_key("$ref") { "$ref" } else { "name" };
                let diagnostic = self
                    .found(Code::DuplicateParameter, &item.key(own), message)
                    .also(&self.origin(&here.item(first)), "first declared here")
                    .help("the first is used; remove one of them");
                self.sink.report(diagnostic);
            }
        }
    }

    pub(super) fn parameter(&mut self, map: &'d Object, at: &Path<'_>) {
        if self.refers(map, "parameters", at) {
            return;
        }
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, location) = (text("name"), text("in"));
        if location == "header" && NOT_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
            let message = format!("the header `{name}` cannot be a parameter and is ignored");
            let help = match (name.eq_ignore_ascii_case("authorization"), self.authorizing()) {
                (false, _) => "remove it; the client sends it by itself".to_owned(),
                (true, Some(scheme)) => {
                    format!("remove it; the client sends it where `security` demands the scheme `{scheme}`")
                }
                (true, None) => "declare a security scheme for it (`type: http`, `scheme: bearer`), also by a fixup; without one, `default_header` of the client's builder sends it".to_owned(),
            };
            self.value(Code::KeywordIgnored, &at.key("name"), message, &help);
        }
        let required = map.get("required").and_then(Value::as_bool);
        if location == "path" && required != Some(true) {
            let here = if required.is_some() { at.key("required") } else { at.key("name") };
            let message = format!("the path parameter `{name}` must be required");
            self.value(Code::Sloppy, &here, message, "it is treated as required; add `required: true`");
        }
        if location == "header" {
            self.header_name(name, &at.key("name"));
        }
        self.style(map, at);
        self.reserved(map, at);
        self.carried(map, at);
        self.one_media_type(map, &format!("the parameter `{name}`"), at);
    }

    /// The headers of a response: names that headers can have, each once, whatever its letters.
    fn headers(&mut self, response: &'d Object, at: &Path<'_>) {
        let here = at.key("headers");
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (name, header) in members(response, "headers") {
            let own = here.key(name);
            self.header_name(name, &own);
            if let Some(first) = seen.insert(name.to_ascii_lowercase(), name) {
                let message = format!("`{first}` and `{name}` are the same header");
                let diagnostic = self
                    .found(Code::Contradiction, &own, message)
                    .at_key()
                    .also(&self.origin(&here.key(first)), "first declared here")
                    .help("remove one of them; header names are case-insensitive");
                self.sink.report(diagnostic);
            }
            if let Some(header) = header.as_object() {
                self.header(header, &own);
            }
        }
    }

    pub(super) fn header(&mut self, map: &'d Object, at: &Path<'_>) {
        if !self.refers(map, "headers", at) {
            self.carried(map, at);
            let name = at.last_key().unwrap_or_default();
            self.one_media_type(map, &format!("the header `{name}`"), at);
        }
    }

    /// What parameters and headers have in common.
    fn carried(&mut self, map: &'d Object, at: &Path<'_>) {
        if let Some(schema) = map.get("schema") {
            self.schema(schema, &at.key("schema"));
            self.examples(map, schema, at);
        }
        self.content(map, at, false);
    }

    pub(super) fn body(&mut self, map: &'d Object, at: &Path<'_>) {
        if !self.refers(map, "requestBodies", at) {
            self.content(map, at, true);
        }
    }

    pub(super) fn response(&mut self, map: &'d Object, at: &Path<'_>) {
        if self.refers(map, "responses", at) {
            return;
        }
        self.headers(map, at);
        self.content(map, at, false);
    }

    /// The media types of what is `sent` or received.
    fn content(&mut self, holder: &'d Object, at: &Path<'_>, sent: bool) {
        let here = at.key("content");
        for (media, content) in members(holder, "content") {
            let at = here.key(media);
            let Some(content) = content.as_object() else { continue };
            if !media.split(';').next().unwrap_or_default().contains('/') {
                let message = format!("`{media}` is not a media type");
                self.key(Code::Sloppy, &at, message, "write a media type such as `application/json`");
            }
            self.encodings(media, content, &at, sent);
            let Some(schema) = content.get("schema") else { continue };
            self.schema(schema, &at.key("schema"));
            if media.contains("json") {
                self.examples(content, schema, &at);
            }
        }
    }

    /// `example` and `examples` fit the schema beside them.
    fn examples(&mut self, holder: &'d Object, schema: &'d Value, at: &Path<'_>) {
        if let Some(example) = holder.get("example") {
            self.example(schema, example, &at.key("example"));
        }
        let here = at.key("examples");
        for (name, example) in members(holder, "examples") {
            let at = here.key(name);
            let Some(map) = example.as_object() else { continue };
            if !self.refers(map, "examples", &at)
                && let Some(value) = map.get("value")
            {
                self.example(schema, value, &at.key("value"));
            }
        }
    }

    /// The members that a schema declares, in all its branches, and the items of an array; `None` where any
    /// name may be one, or a reference leads to nothing, which is reported.
    fn declared(&self, schema: &'d Value) -> Option<BTreeSet<&'d str>> {
        let mut names = BTreeSet::new();
        let mut seen = HashSet::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if !seen.insert(std::ptr::from_ref(schema)) {
                continue;
            }
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
                open.push(self.doc.target(reference)?.value);
                continue;
            }
            names.extend(members(schema.as_object()?, "properties").map(|(name, _)| name.as_str()));
            let branches = BRANCHES.into_iter().filter_map(|key| schema.get(key)?.as_array());
            open.extend(branches.flatten());
            open.extend(schema.get("items"));
            // Any name may be one of these.
            if schema.get("additionalProperties").is_some_and(|it| it.is_object() || *it == Value::Bool(true))
            {
                return None;
            }
        }
        Some(names)
    }

    /// Encoding Objects stand in bodies that have properties or parts.
    fn encodings(&mut self, media: &str, content: &'d Object, at: &Path<'_>, sent: bool) {
        let essence = crate::media::essence(media);
        let is_multipart = essence.starts_with("multipart/");
        for key in ["encoding", "prefixEncoding", "itemEncoding"]
            .into_iter()
            .filter(|key| content.contains_key(*key))
        {
            let is_form = essence == "application/x-www-form-urlencoded" && key == "encoding";
            if sent && (is_multipart || is_form) {
                continue;
            }
            let where_to =
                if sent { format!("on `{media}`") } else { "outside of request bodies".to_owned() };
            let message = format!("`{key}` has no effect {where_to}");
            self.key(Code::KeywordIgnored, &at.key(key), message, "remove it");
            return;
        }
        if content.contains_key("encoding") {
            self.encoding(content, at);
        }
    }

    /// `encoding` speaks of members that are there.
    fn encoding(&mut self, content: &'d Object, at: &Path<'_>) {
        let declared = content.get("schema").map_or(Some(BTreeSet::new()), |schema| self.declared(schema));
        let Some(names) = declared else { return };
        let here = at.key("encoding");
        for (name, _) in members(content, "encoding") {
            if !names.contains(name.as_str()) {
                let message =
                    format!("`encoding` has an entry for `{name}`, which the schema does not declare");
                let near = crate::diag::suggest(name, names.iter().copied());
                let help = near.map_or("remove it".to_owned(), |near| format!("did you mean `{near}`?"));
                self.key(Code::Contradiction, &here.key(name), message, &help);
            }
        }
    }
}
