//! Operations: statuses, media types, bodies, parameters, and operations that are not there.

use serde_json::{Map, Value, json};

use super::context::{Repairs, causes};
use crate::learn::collect::Found;
use crate::learn::infer::Inferred;
use crate::media;
use crate::pointer::Pointer;

impl Repairs<'_> {
    /// Statuses that are not declared, at the pointer of `responses`.
    pub(super) fn statuses(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let described = |this: &Self, one: &Found| {
            let is_success = one.name.as_ref().is_some_and(|status| status.starts_with('2'));
            let like = this
                .success(at)
                .filter(|_| is_success && !one.breaks)
                .and_then(|of| of.get("content").cloned());
            let content = like.or_else(|| {
                let has_json = !one.values.kinds().is_empty();
                has_json.then(|| json!({"application/json": {"schema": one.values.schema(this.is_30)}}))
            });
            let mut response = Map::from_iter([("description".to_owned(), json!("Not described"))]);
            response.extend(content.map(|content| ("content".to_owned(), content)));
            Value::Object(response)
        };
        if self.object(at).is_some() {
            for (index, one) in group {
                let (response, status) = (described(self, one), one.name.clone().unwrap_or_default());
                self.set(at.child(status), response, vec![*index]);
            }
        } else {
            let all =
                group.iter().map(|(_, one)| (one.name.clone().unwrap_or_default(), described(self, one)));
            let all: Map<String, Value> = all.collect();
            self.set(at.clone(), Value::Object(all), causes(group));
        }
    }

    /// The first declared success.
    fn success(&self, at: &Pointer) -> Option<&Value> {
        let (_, response) = self.object(at)?.iter().find(|(key, _)| key.starts_with('2'))?;
        match response.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.node(&crate::reference::local(reference)?),
            None => Some(response),
        }
    }

    /// A media type that is not declared, at the pointer of `content`.
    pub(super) fn media(&mut self, at: &Pointer, (index, one): &(usize, &Found)) {
        let Some(name) = &one.name else { return };
        let is_json = media::is_json(name);
        let json = self
            .object(at)
            .and_then(|all| all.iter().find(|(media, _)| media::is_json(&media::essence(media))));
        let schema = match json.and_then(|(_, of)| of.get("schema")) {
            Some(schema) if is_json => schema.clone(),
            _ if is_json || !one.values.kinds().is_empty() => one.values.schema(self.is_30),
            _ => json!({"type": "string"}),
        };
        let content = json!({"schema": schema});
        if self.object(at).is_some() {
            self.set(at.child(name), content, vec![*index]);
        } else if self.object(&at.parent()).is_some() {
            let all = Map::from_iter([(name.clone(), content)]);
            self.set(at.clone(), Value::Object(all), vec![*index]);
        } else {
            // A request body where none is described.
            let all = Map::from_iter([(name.clone(), content)]);
            self.set(at.parent(), json!({"content": all}), vec![*index]);
        }
    }

    /// A declared body that never comes.
    pub(super) fn no_body(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let count: usize = group.iter().map(|(_, one)| one.count).sum();
        let calls = group.first().map_or(0, |(_, one)| (self.count)(&one.at.parent()));
        if count >= calls {
            self.remove(at.clone(), causes(group));
        }
    }

    /// Query parameters that are not declared, at the pointer of the operation.
    pub(super) fn parameters(&mut self, at: &Pointer, group: &[(usize, &Found)]) {
        let parameter = |one: &Found| json!({"name": one.name, "in": "query", "schema": {"type": "string"}});
        if self.node(&at.child("parameters")).is_some_and(Value::is_array) {
            for (index, one) in group {
                self.set(at.child("parameters").child("-"), parameter(one), vec![*index]);
            }
        } else {
            let all: Vec<Value> = group.iter().map(|(_, one)| parameter(one)).collect();
            self.set(at.child("parameters"), Value::Array(all), causes(group));
        }
    }

    /// An operation that is not there, at the pointer of `paths` or of its path item.
    pub(super) fn operation(&mut self, at: &Pointer, (index, one): &(usize, &Found)) {
        let Some((method, path)) = one.name.as_deref().and_then(|name| name.split_once(' ')) else { return };
        let method = method.to_ascii_lowercase();
        let content = |of: &Inferred| json!({"application/json": {"schema": of.schema(self.is_30)}});
        let mut response = Map::from_iter([("description".to_owned(), json!("Not described"))]);
        if !one.values.kinds().is_empty() {
            response.insert("content".to_owned(), content(&one.values));
        }
        let names = path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        let is_item = at.as_str() != "/paths";
        let parameters: Vec<Value> = names
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        let mut operation = Map::new();
        // Those of a path item that is there are declared by it, or by its other operations.
        let declared =
            self.object(at).filter(|_| is_item).is_some_and(|item| item.contains_key("parameters"));
        if !parameters.is_empty() && !declared {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(sent) = &one.sent {
            operation.insert("requestBody".to_owned(), json!({"content": content(sent)}));
        }
        operation.insert("responses".to_owned(), json!({"200": response}));
        if is_item {
            self.set(at.child(method), Value::Object(operation), vec![*index]);
            return;
        }
        let place = at.child(path);
        let earlier = self.fixes.iter_mut().find(|fix| fix.at == place);
        match earlier.map(|fix| (&mut fix.action, &mut fix.causes)) {
            // Another method of the same new path.
            Some((crate::config::FixupAction::Set(Value::Object(item)), causes)) => {
                item.insert(method, Value::Object(operation));
                causes.push(*index);
            }
            _ => {
                self.set(place, json!({method: operation}), vec![*index]);
            }
        }
    }
}
