//! Files in JSON: which structs can be made of a file, as `[uploads]` says.
//!
//! In: the types, and the choices. Out: [`FileFields`] in the structs that they name.

use std::collections::BTreeSet;

use crate::arena::Arena;
use crate::config::{Config, UploadChoice, UploadForm};
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::ir::{Format, Ty, TypeId};
use crate::pointer::Pointer;
use crate::sdk::{Field, FileFields, FileForm, Shape, Struct, Type};

/// Marks the structs that hold a file.
pub(in crate::plan) fn mark(types: &mut Arena<TypeId, Type>, config: &Config, sink: &mut Sink) {
    for (pointer, choice) in &config.uploads {
        let at = Pointer::root().child("uploads").child(pointer);
        let key = Pointer::from(pointer.as_str());
        let found = types.find(|ty| ty.origin == key && !ty.is_unwritten).map(|(id, _)| id);
        let Some(id) = found else {
            let known: BTreeSet<&str> = types.iter().map(|ty| ty.origin.as_str()).collect();
            let help = match suggest(pointer, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "point to the schema itself, or remove the line from `[uploads]`".to_owned(),
            };
            report(&at, format!("`{pointer}` holds a file, but is not a type"), &help, sink);
            continue;
        };
        let Shape::Struct(shape) = &mut types[id].shape else {
            let help = "point to an object with a property for the content";
            report(&at, format!("`{pointer}` holds a file, but is not an object"), help, sink);
            continue;
        };
        match fields(shape, choice) {
            Ok(fields) => shape.file = Some(fields),
            Err((key, message, help)) => {
                let diagnostic =
                    |at: &Pointer| Diagnostic::in_config(Code::ConfigTarget, at, message).help(help);
                sink.report(match key {
                    Some(key) => diagnostic(&at.child(key)),
                    None => diagnostic(&at).at_key(),
                });
            }
        }
    }
}

/// Reports an entry that matches nothing.
fn report(at: &Pointer, message: String, help: &str, sink: &mut Sink) {
    sink.report(Diagnostic::in_config(Code::ConfigTarget, at, message).at_key().help(help));
}

/// The key of the choice that is wrong, what is wrong with it, and what to do.
type Wrong = (Option<&'static str>, String, String);

fn fields(of: &Struct, choice: &UploadChoice) -> Result<FileFields, Wrong> {
    let (key, form) = match choice.form {
        UploadForm::DataUrl => ("data_url", FileForm::DataUrl),
        UploadForm::Base64 => ("base64", FileForm::Base64),
    };
    let content = field(of, key, &choice.content)?;
    let name = choice.name.as_deref().map(|name| field(of, "name", name)).transpose()?;
    let media_type = choice.media_type.as_deref().map(|name| field(of, "media_type", name)).transpose()?;
    let taken = [Some(content), name, media_type];
    let is_left = |(at, field): &(usize, &Field)| field.is_argument && !taken.contains(&Some(*at));
    if let Some((_, field)) = of.fields.iter().enumerate().find(is_left) {
        let message = format!("a file does not say `{}`, which is required", field.wire);
        let help = "name only objects that a file is enough for, or give the property a default by a fixup";
        return Err((None, message, help.to_owned()));
    }
    Ok(FileFields { content, form, name, media_type })
}

/// The position of a property that can hold text.
fn field(of: &Struct, key: &'static str, name: &str) -> Result<usize, Wrong> {
    let Some(at) = of.fields.iter().position(|field| field.wire == name) else {
        let help = match suggest(name, of.fields.iter().map(|field| field.wire.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a property of the object".to_owned(),
        };
        return Err((Some(key), format!("the object has no property `{name}`"), help));
    };
    let field = &of.fields[at];
    let fits = match &field.ty {
        Ty::String => true,
        Ty::Format(Format::Base64 | Format::Base64Url) => key == "base64",
        _ => false,
    };
    if fits && field.constant.is_none() {
        return Ok(at);
    }
    let help = "name a property whose schema is a plain string".to_owned();
    Err((Some(key), format!("`{name}` is not a string"), help))
}
