//! Builds the tree from whatever serde feeds it, with the care that neither reader takes by itself.

use std::cell::RefCell;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::tree::kind_of;

/// What a document may cost beyond four times its length, in nodes and bytes of strings.
const ALLOWANCE: usize = 16 << 20;

/// Values and bytes that a text may become.
pub(super) fn budget(text: &str) -> usize {
    text.len().saturating_mul(4).saturating_add(ALLOWANCE)
}

/// Shared by all visitors of one run.
pub(super) struct Builder<'s> {
    /// Merge keys and tags mean something, and text that looks like a number may be a string.
    yaml: bool,
    state: RefCell<State<'s>>,
}

struct State<'s> {
    sink: &'s mut Sink,
    budget: usize,
    /// Members of the mappings that are open, so that each map is made as large as it gets: most are small, and a map that
    /// grows takes half as much again.
    open: Vec<(String, Value)>,
}

/// How building ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// As the reader says.
    Usual,
    /// Aliases made the tree larger than the text can account for.
    OverBudget,
}

impl<'s> Builder<'s> {
    pub(super) fn new(text: &str, yaml: bool, sink: &'s mut Sink) -> Self {
        Self { yaml, state: RefCell::new(State { sink, budget: budget(text), open: Vec::new() }) }
    }

    pub(super) fn ended(&self) -> Ended {
        if self.state.borrow().budget == 0 { Ended::OverBudget } else { Ended::Usual }
    }

    /// The seed for the root.
    pub(super) fn root(&self) -> Node<'_, 's> {
        Node { builder: self, at: Step::Root }
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.state.borrow_mut().sink.report(diagnostic);
    }

    /// Pays for a node with so many bytes of text in it. Without aliases the text always covers it.
    fn pay<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let state = &mut *self.state.borrow_mut();
        state.budget = state.budget.saturating_sub(1 + bytes);
        if state.budget == 0 {
            Err(E::custom("the aliases expand the document beyond the limit"))
        } else {
            Ok(())
        }
    }
}

/// The way from the root, as a list on the stack: paths cost nothing until one is reported.
#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p Step<'p>, &'p str),
    Item(&'p Step<'p>, usize),
}

impl Step<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Key(parent, key) => parent.pointer().child(key),
            Self::Item(parent, index) => parent.pointer().child(index),
        }
    }

    /// Members whose text is meant where YAML would read a number: `openapi: 3.1`, `info: {version: 1.10}`.
    fn is_version(&self) -> bool {
        match self {
            Self::Key(Self::Root, key) => matches!(*key, "openapi" | "swagger"),
            Self::Key(Self::Key(Self::Root, parent), key) => *parent == "info" && *key == "version",
            Self::Root | Self::Key(..) | Self::Item(..) => false,
        }
    }
}

/// Makes one node.
pub(super) struct Node<'b, 's> {
    builder: &'b Builder<'s>,
    at: Step<'b>,
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.builder.yaml && self.at.is_version() {
            deserializer.deserialize_str(self)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl Node<'_, '_> {
    fn number<E: Error>(&self, value: f64) -> Result<Value, E> {
        self.builder.pay(0)?;
        Ok(Number::from_f64(value).map_or_else(
            || {
                let message = format!("`{value}` cannot be represented in JSON");
                let help = "remove it, or quote it if a string is meant";
                self.builder
                    .report(Diagnostic::new(Code::WrongShape, &self.at.pointer(), message).help(help));
                Value::Null
            },
            Value::Number,
        ))
    }

    fn duplicate(&self, key: &str) {
        let at = self.at.pointer().child(key);
        self.builder.report(
            Diagnostic::new(Code::DuplicateKey, &at, format!("the key `{key}` occurs twice in a mapping"))
                .at_repeated_key()
                .label("again here")
                .also(&at, "first declared here")
                .help("the last one is used; merge them, or rename one"),
        );
    }

    /// The map of the open members from `start` on.
    fn map(&self, start: usize) -> Map<String, Value> {
        let members = self.builder.state.borrow_mut().open.split_off(start);
        let mut map = Map::with_capacity(members.len());
        for (key, value) in members {
            match map.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(value);
                }
                Entry::Occupied(mut taken) => {
                    self.duplicate(taken.key());
                    taken.insert(value);
                }
            }
        }
        map
    }

    /// Adds the members of a merged mapping that are not there yet; of a list of mappings, the first one wins.
    fn merge(&self, into: &mut Map<String, Value>, from: Value) {
        match from {
            Value::Object(members) => {
                for (key, value) in members {
                    into.entry(key).or_insert(value);
                }
            }
            Value::Array(items) if items.iter().all(Value::is_object) => {
                items.into_iter().for_each(|item| self.merge(into, item));
            }
            other => {
                let message = format!("`<<` merges mappings, but this is {}", kind_of(&other));
                let at = self.at.pointer().child("<<");
                let help = "merge an alias of a mapping (`*name`), or quote the key";
                self.builder.report(Diagnostic::new(Code::WrongShape, &at, message).help(help));
            }
        }
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.builder.yaml && self.at.is_version() { "a version" } else { "a value" })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.builder.pay(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.builder.pay(0)?;
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.builder.pay(0)?;
        Ok(Value::from(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.number(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.number(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.number(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.builder.pay(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.builder.pay(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.builder.pay(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.builder.pay(0)?;
        let mut list = Vec::new();
        while let Some(item) =
            items.next_element_seed(Node { builder: self.builder, at: Step::Item(&self.at, list.len()) })?
        {
            list.push(item);
        }
        list.shrink_to_fit();
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.builder.pay(0)?;
        let start = self.builder.state.borrow().open.len();
        let mut merges = Vec::new();
        while let Some(key) = members.next_key_seed(Key { yaml: self.builder.yaml })? {
            self.builder.pay(key.len())?;
            let value =
                members.next_value_seed(Node { builder: self.builder, at: Step::Key(&self.at, &key) })?;
            if self.builder.yaml && key == "<<" {
                merges.push(value);
                continue;
            }
            self.builder.state.borrow_mut().open.push((key, value));
        }
        let mut map = self.map(start);
        for merged in merges {
            self.merge(&mut map, merged);
        }
        Ok(Value::Object(map))
    }

    /// A value with a tag of its own (`!Ref x`): the tag means nothing here.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, value) = tagged.variant_seed(Key { yaml: true })?;
        let message = format!(
            "the YAML tag `{}` is ignored",
            if tag.starts_with('!') { tag } else { format!("!{tag}") }
        );
        self.builder.report(Diagnostic::new(Code::KeywordIgnored, &self.at.pointer(), message));
        value.newtype_variant_seed(self)
    }
}

/// Reads a key as the text that stands there: `200:` is `"200"`, and `1.10:` stays `"1.10"`.
struct Key {
    yaml: bool,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.yaml { "a plain text as key" } else { "a string as key" })
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }

    fn visit_string<E: Error>(self, key: String) -> Result<String, E> {
        Ok(key)
    }
}
