//! What a schema says about XML, references followed.

use crate::document::{Document, escape, local};
use serde_json::Value;

/// The kinds of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Element,
    Attribute,
    Text,
    Cdata,
    None,
}

/// A schema in its place, with the defaults of the specification applied.
pub(super) struct Schema<'d> {
    document: &'d Document,
    /// All that holds here, references and `allOf` followed: pointers.
    holds: Vec<String>,
    pub(super) name: Option<String>,
    pub(super) namespace: String,
    pub(super) prefix: String,
    pub(super) kind: Kind,
    /// The name that items of an array have by themselves.
    inferred: Option<String>,
}

/// What stands at the schemas on the way.
#[derive(Default)]
struct Said {
    name: Option<String>,
    namespace: Option<String>,
    prefix: Option<String>,
    kind: Option<Kind>,
    refers: bool,
    component: Option<String>,
}

impl<'d> Schema<'d> {
    pub(super) fn of(document: &'d Document, pointers: &[String], inferred: Option<String>) -> Self {
        let mut said = Said::default();
        let mut holds = Vec::new();
        for pointer in pointers {
            said.component = component(pointer).or(said.component);
            look(document, pointer, &mut said, &mut holds, 0);
        }
        let mut schema = Self {
            document,
            holds,
            name: None,
            namespace: said.namespace.unwrap_or_default(),
            prefix: said.prefix.unwrap_or_default(),
            kind: Kind::None,
            inferred: None,
        };
        let is_array = schema.ty() == "array";
        schema.kind = said.kind.unwrap_or(if is_array { Kind::None } else { Kind::Element });
        let property = inferred.clone();
        let is_root = inferred.is_none();
        let is_32 = document.root()["openapi"].as_str().is_some_and(|version| version.starts_with("3.2"));
        let inferred = if is_root || (is_32 && said.refers) { said.component.or(inferred) } else { inferred };
        if matches!(schema.kind, Kind::Element | Kind::Attribute) {
            schema.name = said.name.or(inferred);
        }
        schema.inferred = schema.name.clone().or(property);
        schema
    }

    fn nodes(&self) -> impl Iterator<Item = (&String, &'d Value)> {
        let document = self.document;
        self.holds.iter().filter_map(move |at| Some((at, document.at(at)?)))
    }

    /// The type that the schema names, or what its keywords are about.
    pub(super) fn ty(&self) -> String {
        for (_, node) in self.nodes() {
            match &node["type"] {
                Value::String(ty) => return ty.clone(),
                Value::Array(all) => {
                    let mut all = all.iter().filter_map(Value::as_str);
                    if let Some(ty) = all.find(|ty| *ty != "null") {
                        return ty.to_owned();
                    }
                }
                _ => {}
            }
        }
        let has = |key: &str| self.nodes().any(|(_, node)| node.get(key).is_some());
        let is_object = has("properties") || has("discriminator") || has("additionalProperties");
        if is_object { "object" } else { "any" }.to_owned()
    }

    pub(super) fn is_nullable(&self) -> bool {
        let lists_null =
            |node: &Value| node["type"].as_array().is_some_and(|all| all.iter().any(|ty| ty == "null"));
        self.nodes().any(|(_, node)| node["nullable"] == true || lists_null(node))
    }

    pub(super) fn requires(&self, key: &str) -> bool {
        self.nodes()
            .any(|(_, node)| node["required"].as_array().is_some_and(|all| all.iter().any(|one| one == key)))
    }

    /// The names of declared properties.
    pub(super) fn properties(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (_, node) in self.nodes() {
            for key in node["properties"].as_object().into_iter().flat_map(|all| all.keys()) {
                if !all.contains(key) {
                    all.push(key.clone());
                }
            }
        }
        all
    }

    /// A property, declared or additional.
    pub(super) fn property(&self, key: &str) -> Schema<'d> {
        let declared = |(at, node): (&String, &Value)| {
            node["properties"].get(key).map(|_| format!("{at}/properties/{}", escape(key)))
        };
        let mut pointers: Vec<String> = self.nodes().filter_map(declared).collect();
        if pointers.is_empty() {
            let additional = |(at, node): (&String, &Value)| {
                node["additionalProperties"].is_object().then(|| format!("{at}/additionalProperties"))
            };
            pointers = self.nodes().filter_map(additional).collect();
        }
        Schema::of(self.document, &pointers, Some(key.to_owned()))
    }

    /// An item of an array.
    pub(super) fn item(&self, at: usize) -> Schema<'d> {
        let item = |(pointer, node): (&String, &Value)| match node["prefixItems"].get(at) {
            Some(_) => Some(format!("{pointer}/prefixItems/{at}")),
            None => node.get("items").map(|_| format!("{pointer}/items")),
        };
        let pointers: Vec<String> = self.nodes().filter_map(item).collect();
        Schema::of(self.document, &pointers, self.inferred.clone().or(Some(String::new())))
    }

    /// How many items have schemas of their own.
    pub(super) fn tuple(&self) -> Option<usize> {
        self.nodes().find_map(|(_, node)| node["prefixItems"].as_array().map(Vec::len))
    }

    /// The names of the elements that a property becomes.
    pub(super) fn names(&self) -> Vec<String> {
        match (self.kind, self.ty().as_str()) {
            (Kind::None, "array") => self.item(0).name.into_iter().collect(),
            (Kind::None, _) => self.properties().iter().flat_map(|key| self.property(key).names()).collect(),
            (Kind::Element, _) => self.name.clone().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The property that is the tag, as any of the alternatives has it.
    pub(super) fn tag(&self, tag: &str) -> Schema<'d> {
        let branches = self.branches().map(|(_, at)| Schema::of(self.document, &[at], None));
        let found = branches.map(|branch| branch.property(tag)).find(|property| property.ty() != "any");
        found.unwrap_or_else(|| self.property(tag))
    }

    fn branches(&self) -> impl Iterator<Item = (String, String)> {
        let mut all = Vec::new();
        for (_, node) in self.nodes() {
            let mapping = node["discriminator"]["mapping"].as_object();
            for (tag, target) in mapping.into_iter().flatten() {
                all.extend(target.as_str().and_then(local).map(|at| (tag.clone(), at)));
            }
            let alternatives = node["oneOf"].as_array().or(node["anyOf"].as_array());
            for target in alternatives.into_iter().flatten().filter_map(|one| local(one["$ref"].as_str()?)) {
                let name = target.rsplit('/').next().unwrap_or_default().to_owned();
                all.push((name, target));
            }
        }
        all.into_iter()
    }

    /// The schema with the alternative that the value of its tag stands for.
    pub(super) fn chosen(&self, tag: impl Fn(&str) -> Option<String>) -> Schema<'d> {
        let mut holds = self.holds.clone();
        let property = self.nodes().find_map(|(_, node)| node["discriminator"]["propertyName"].as_str());
        if let Some(found) = property.and_then(tag)
            && let Some((_, at)) = self.branches().find(|(known, _)| *known == found)
        {
            look(self.document, &at, &mut Said::default(), &mut holds, 0);
        }
        Schema {
            document: self.document,
            holds,
            name: self.name.clone(),
            namespace: self.namespace.clone(),
            prefix: self.prefix.clone(),
            kind: self.kind,
            inferred: self.inferred.clone(),
        }
    }
}

/// The component that a pointer leads to.
fn component(pointer: &str) -> Option<String> {
    pointer.strip_prefix("/components/schemas/").filter(|key| !key.contains('/')).map(str::to_owned)
}

/// Collects what holds at a pointer, and what is said there about XML; what is said first counts.
fn look(document: &Document, pointer: &str, said: &mut Said, holds: &mut Vec<String>, depth: usize) {
    let (Some(at), true) = (document.place(pointer), depth < 16) else { return };
    let Some(node) = document.at(&at) else { return };
    if holds.contains(&at) {
        return;
    }
    holds.push(at.clone());
    let xml = &node["xml"];
    let text = |key: &str| xml[key].as_str().map(str::to_owned);
    let is_32 = document.root()["openapi"].as_str().is_some_and(|version| version.starts_with("3.2"));
    let kind = match (xml["nodeType"].as_str(), &xml["attribute"], &xml["wrapped"]) {
        (Some("element"), ..) | (None, _, Value::Bool(true)) => Some(Kind::Element),
        (Some("attribute"), ..) | (None, Value::Bool(true), _) => Some(Kind::Attribute),
        (Some("text"), ..) => Some(Kind::Text),
        (Some("cdata"), ..) => Some(Kind::Cdata),
        (Some("none"), ..) => Some(Kind::None),
        _ => None,
    };
    // What is no node has no name (3.2), and a reference is none by itself.
    let is_node = !(is_32 && node.get("$ref").is_some() && kind.is_none());
    said.name = said.name.take().or_else(|| text("name").filter(|_| is_node));
    said.namespace = said.namespace.take().or_else(|| text("namespace"));
    said.prefix = said.prefix.take().or_else(|| text("prefix"));
    said.kind = said.kind.or(kind);
    if let Some(target) = node["$ref"].as_str().and_then(local) {
        said.refers = true;
        said.component = said.component.take().or_else(|| component(&target));
        look(document, &target, said, holds, depth + 1);
        return;
    }
    for index in 0..node["allOf"].as_array().map_or(0, Vec::len) {
        look(document, &format!("{at}/allOf/{index}"), said, holds, depth + 1);
    }
    let is_null = |one: &Value| one["type"] == "null";
    for key in ["anyOf", "oneOf"] {
        let Some(all) = node[key].as_array().filter(|all| all.len() == 2 && all.iter().any(is_null)) else {
            continue;
        };
        let found = all.iter().position(|one| !is_null(one)).unwrap_or(0);
        look(document, &format!("{at}/{key}/{found}"), said, holds, depth + 1);
    }
}
