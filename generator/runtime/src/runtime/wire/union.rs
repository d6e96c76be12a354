//! Choosing among the variants of a union: by its tag, by JSON type, or by trying.

use std::any::TypeId;
use std::fmt;

use super::codec::Wire;
use super::{Choice, Choices, DecodeError, Failure, Kinds, RawJson, Reader, Writer};

/// Reads the variant of a union that has this index. One function for all of them, since each body costs the compiler.
pub type Arms<T> = fn(&mut Reader<'_>, usize) -> Result<T, DecodeError>;

/// A variant that this version does not know: its tag and all of its JSON.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownVariant {
    tag: Box<str>,
    json: RawJson,
}

impl UnknownVariant {
    /// A variant with this tag. The JSON is the whole value as the server would send it, tag included:
    /// `UnknownVariant::new("paused", &json!({"kind": "paused", "since": 3}))`.
    #[must_use]
    pub fn new<T: Wire>(tag: impl Into<Box<str>>, json: &T) -> Self {
        let mut writer = Writer::new();
        json.write(&mut writer);
        Self { tag: tag.into(), json: RawJson::checked(&writer.into_parts().0) }
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The whole value, tag included.
    #[must_use]
    pub fn json(&self) -> &RawJson {
        &self.json
    }
}

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownVariant").field("tag", &self.tag).finish_non_exhaustive()
    }
}

/// What the tag of a union says.
#[derive(PartialEq)]
enum Tag {
    Known(usize),
    Unknown(Box<str>),
    /// There is none, or it is no scalar.
    Absent,
}

/// Reads a union whose variants are distinguished by a tag.
///
/// # Errors
///
/// When no object comes next, or the variant does not fit.
pub fn tagged<T: 'static>(
    reader: &mut Reader<'_>,
    choices: &'static Choices,
    unknown: fn(UnknownVariant) -> T,
    read: Arms<T>,
) -> Result<T, DecodeError> {
    let tag = match reader.tag(choices)? {
        Tag::Known(index) => return read(reader, index),
        tag => tag,
    };
    if tag == Tag::Absent && reader.stand_in.is_none() {
        reader.bare = Some(reader.place());
    }
    if let Some(&index) = choices.default.first() {
        let before = (reader.text, reader.stand_in, reader.at, reader.depth, reader.known, reader.unknown);
        match read(reader, index) {
            Err(error) if !error.is_restart() => {
                (reader.text, reader.stand_in, reader.at, reader.depth, reader.known, reader.unknown) =
                    before;
            }
            done => return done,
        }
    }
    match tag {
        Tag::Unknown(tag) => reader.unknown_variant(tag).map(unknown),
        _ => choose(reader, choices, read, Kinds::OBJECT),
    }
}

/// Whether a list has nothing in it: how the macros say that a word is not given.
#[must_use]
pub const fn none(words: &[&str]) -> bool {
    words.is_empty()
}

/// The JSON type of a variant of a union with external tags, with or without a payload.
#[must_use]
pub const fn external_kinds(payload: &[&str]) -> Kinds {
    if payload.is_empty() { Kinds::STRING } else { Kinds::OBJECT }
}

/// Reads a union with external tags: a string, or an object of one member.
///
/// # Errors
///
/// When neither comes next, or the payload does not fit.
pub fn external<T>(
    reader: &mut Reader<'_>,
    choices: &'static Choices,
    unknown: fn(UnknownVariant) -> T,
    read: Arms<T>,
) -> Result<T, DecodeError> {
    let find = |tag: &str, kind: Kinds| {
        let same = |variant: &Choice| variant.kinds == kind && variant.tags.contains(&tag);
        choices.variants.iter().position(same)
    };
    let (start, depth) = (reader.place(), reader.depth);
    if reader.peek() == Some(b'"') {
        let tag = reader.string()?;
        if let Some(index) = find(&tag, Kinds::STRING) {
            reader.known += 1;
            return read(reader, index);
        }
        reader.at = start;
        return reader.unknown_variant(tag.into()).map(unknown);
    }
    reader.open(b'{', "a string or an object")?;
    let mut first = true;
    let tag = reader.key(&mut first)?.unwrap_or_default();
    if let Some(index) = find(&tag, Kinds::OBJECT) {
        let value = read(reader, index)?;
        if reader.peek() == Some(b'}') {
            reader.key(&mut first)?;
            reader.known += 1;
            return Ok(value);
        }
    }
    (reader.at, reader.depth) = (start, depth);
    reader.unknown_variant(tag.into()).map(unknown)
}

/// Reads a union whose variants are distinguished by their shapes.
///
/// # Errors
///
/// When no variant fits.
pub fn untagged<T: 'static>(
    reader: &mut Reader<'_>,
    choices: &'static Choices,
    read: Arms<T>,
) -> Result<T, DecodeError> {
    let kind = reader.kind()?;
    match reader.candidates(choices, kind)? {
        Some(index) => read(reader, index),
        None => choose(reader, choices, read, kind),
    }
}

/// Tries all variants that can be of this JSON type and takes the one that explains the value best.
fn choose<T: 'static>(
    reader: &mut Reader<'_>,
    choices: &'static Choices,
    read: Arms<T>,
    kind: Kinds,
) -> Result<T, DecodeError> {
    let place = (reader.at, TypeId::of::<T>());
    if let Some(choice) = reader.choice_made(place) {
        return choice.and_then(|index| read(reader, index));
    }
    let mut trial = Trial::new(reader, choices, kind);
    let mut best = None;
    while let Some(index) = trial.next(reader) {
        match read(reader, index) {
            Ok(value) if trial.is_better(reader, index) => best = Some(value),
            Ok(_) => {}
            Err(error) if error.is_restart() => return Err(error),
            Err(error) => trial.refused(index, error),
        }
    }
    trial.settle(reader, place)?;
    best.ok_or_else(DecodeError::restart)
}

/// How well a variant explains a value; the smallest is the best. A variant that explains no member of a container
/// (free JSON, a map) comes after those that do; then fewer unknown members and values, then more known members.
type Rank = (bool, usize, std::cmp::Reverse<usize>);

/// The choice of a variant in progress.
struct Trial<'a> {
    choices: &'static Choices,
    kind: Kinds,
    /// Variants before this one were tried.
    next: usize,
    /// State of the reader before the trial.
    text: &'a str,
    stand_in: Option<usize>,
    at: usize,
    depth: usize,
    counts: (usize, usize),
    /// Rank, variant and end of the best so far.
    best: Option<(Rank, usize, usize)>,
    causes: Vec<(&'static str, DecodeError)>,
}

impl<'a> Trial<'a> {
    fn new(reader: &mut Reader<'a>, choices: &'static Choices, kind: Kinds) -> Self {
        reader.trials += 1;
        Self {
            choices,
            kind,
            next: 0,
            text: reader.text,
            stand_in: reader.stand_in,
            at: reader.at,
            depth: reader.depth,
            counts: (reader.known, reader.unknown),
            best: None,
            causes: Vec::new(),
        }
    }

    /// The next variant to try.
    fn next(&mut self, reader: &mut Reader<'a>) -> Option<usize> {
        self.reset(reader);
        let variants = &self.choices.variants;
        let index = (self.next..variants.len()).find(|index| variants[*index].kinds.meets(self.kind))?;
        self.next = index + 1;
        Some(index)
    }

    fn reset(&self, reader: &mut Reader<'a>) {
        reader.text = self.text;
        reader.stand_in = self.stand_in;
        reader.at = self.at;
        reader.depth = self.depth;
        (reader.known, reader.unknown) = (0, 0);
    }

    fn is_better(&mut self, reader: &Reader<'a>, index: usize) -> bool {
        let explains_nothing = reader.known == 0 && self.kind.meets(Kinds::OBJECT.or(Kinds::ARRAY));
        let rank = (explains_nothing, reader.unknown, std::cmp::Reverse(reader.known));
        let better = self.best.as_ref().is_none_or(|(best, ..)| rank < *best);
        if better {
            self.best = Some((rank, index, reader.at));
        }
        better
    }

    fn refused(&mut self, index: usize, mut error: DecodeError) {
        // Causes of causes of causes would grow with the depth of the document.
        for (_, cause) in &mut error.failure_mut().causes {
            cause.failure_mut().causes.clear();
        }
        self.causes.push((self.choices.variants[index].name, error));
    }

    /// Leaves the reader behind the value, or gives the error that says what each variant lacked.
    fn settle(self, reader: &mut Reader<'a>, place: (usize, TypeId)) -> Result<(), DecodeError> {
        reader.trials -= 1;
        let result = match self.best {
            Some(((_, unknown, std::cmp::Reverse(known)), index, end)) => {
                reader.at = end;
                (reader.known, reader.unknown) = (self.counts.0 + known, self.counts.1 + unknown);
                Ok(index)
            }
            None => Err(DecodeError::new(Failure {
                offset: reader.stand_in.unwrap_or(self.at),
                expected: format!("a variant of `{}`", self.choices.name).into(),
                found: format!("{} that is none", self.kind.words()).into(),
                causes: self.causes,
                ..Failure::default()
            })),
        };
        if reader.trials > 0 && reader.stand_in.is_none() {
            reader.choices.insert(place, result.clone());
        }
        result.map(drop)
    }
}

impl Reader<'_> {
    /// Looks for the tag of the object that comes next, without passing it.
    fn tag(&mut self, choices: &Choices) -> Result<Tag, DecodeError> {
        let start = self.place();
        self.open(b'{', "an object")?;
        let (mut first, mut tag) = (true, Tag::Absent);
        while let Some(name) = self.key(&mut first)? {
            if name != choices.tag {
                self.skip(true)?;
                continue;
            }
            let is_string = self.peek() == Some(b'"');
            if let Some(value) = self.scalar()? {
                let same = |tags: &[&str]| tags.contains(&&*value);
                tag = match choices.variants.iter().position(|variant| same(variant.tags)) {
                    Some(index) => Tag::Known(index),
                    // A number is no tag of a union whose tags are words.
                    None if !is_string && choices.is_text => Tag::Absent,
                    None => Tag::Unknown(value.into()),
                };
            }
            self.depth -= 1;
            break;
        }
        self.at = start;
        Ok(tag)
    }

    /// The text of a string, a number or a boolean.
    fn scalar(&mut self) -> Result<Option<std::borrow::Cow<'_, str>>, DecodeError> {
        match self.peek() {
            Some(b'"') => self.string().map(Some),
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => self.raw().map(|text| Some(text.into())),
            _ => Ok(None),
        }
    }

    fn unknown_variant(&mut self, tag: Box<str>) -> Result<UnknownVariant, DecodeError> {
        self.unknown += 1;
        let json = RawJson::checked(self.raw()?);
        Ok(UnknownVariant { tag, json })
    }

    /// The only variant that can be of this JSON type; `None` if there are several.
    fn candidates(&mut self, choices: &'static Choices, kind: Kinds) -> Result<Option<usize>, DecodeError> {
        let mut candidates =
            choices.variants.iter().enumerate().filter(|(_, variant)| variant.kinds.meets(kind));
        match (candidates.next(), candidates.next()) {
            (Some((index, _)), None) => Ok(Some(index)),
            (Some(_), Some(_)) => Ok(None),
            (None, _) => {
                let kinds =
                    choices.variants.iter().fold(Kinds::NONE, |kinds, variant| kinds.or(variant.kinds));
                Err(self.mismatch(kinds.words()))
            }
        }
    }

    /// What was chosen here before, if this is a trial within a trial.
    fn choice_made(&self, place: (usize, TypeId)) -> Option<Result<usize, DecodeError>> {
        if self.trials == 0 || self.stand_in.is_some() { None } else { self.choices.get(&place).cloned() }
    }
}
