//! Values for examples, as a user would write them; none where a value cannot be written in a line.

use crate::ir::{Content, ContentKind, EnumRepr, Format, Ty};
use crate::sdk::{Accepts, Argument, Method, Operation, Sdk, Shape, Struct, Type};

/// What a line of an example has room for.
const WIDTH: usize = 120;

/// Objects in objects, at most.
const DEPTH: usize = 3;

/// A call with all its arguments, and the lines before it; `None` if an argument is not that simple.
pub(super) fn call(sdk: &Sdk, op: &Operation, method: &Method) -> Option<(Vec<String>, String)> {
    let (mut before, mut arguments) = (Vec::new(), Vec::new());
    for argument in &method.arguments {
        match (argument, &op.body) {
            (Argument::Param(at), _) => {
                let param = &op.params[*at];
                arguments.push(value(sdk, &param.ty, param.name.plain(), DEPTH)?);
            }
            (Argument::Body(at), Some(body)) => {
                let (value, name) = (content(sdk, &body.contents[*at])?, body.name.as_str());
                before.push(format!("let {name} = {value};"));
                arguments.push(name.to_owned());
            }
            (Argument::Body(_), None) => return None,
        }
    }
    let call = format!("{}.{}({})", sdk.handle_expression(op.resource), method.name, arguments.join(", "));
    let fits = before.iter().chain([&call]).all(|line| line.len() <= WIDTH);
    fits.then_some((before, call))
}

/// A body.
fn content(sdk: &Sdk, content: &Content) -> Option<String> {
    match &content.kind {
        ContentKind::Text => Some("\"text\"".to_owned()),
        ContentKind::Bytes => Some(upload()),
        ContentKind::Json(ty) | ContentKind::Form(ty) | ContentKind::Multipart(ty) => {
            value(sdk, ty, "text", DEPTH)
        }
        ContentKind::Xml(_) | ContentKind::Events(_) | ContentKind::Lines(_) => None,
    }
}

fn upload() -> String {
    "Upload::from_path(\"file.pdf\")".to_owned()
}

/// What an argument takes for a value of this type.
fn value(sdk: &Sdk, ty: &Ty, name: &str, depth: usize) -> Option<String> {
    match sdk.accepts(ty) {
        Accepts::Items(item) => return Some(format!("[{}]", part(sdk, item, name, depth)?)),
        Accepts::Entries(of) => return Some(format!("[(\"key\", {})]", part(sdk, of, name, depth)?)),
        Accepts::Object => return Some("json!({})".to_owned()),
        Accepts::Value | Accepts::Into => {}
    }
    match sdk.behind(ty) {
        Ty::String | Ty::Secret => Some(format!("\"{name}\"")),
        Ty::Any => Some("json!({})".to_owned()),
        Ty::Bool => Some("true".to_owned()),
        Ty::Int(_) => Some("1".to_owned()),
        Ty::Float => Some("1.0".to_owned()),
        Ty::Format(Format::Binary) => Some(upload()),
        Ty::Named(id) => match &sdk.types[*id].shape {
            Shape::Enum(of) if of.repr == EnumRepr::String => Some(format!("{:?}", of.values.first()?.wire)),
            Shape::Struct(of) if of.file.is_some() => Some(upload()),
            Shape::Struct(of) => object(sdk, &sdk.types[*id], of, depth.checked_sub(1)?),
            _ => None,
        },
        _ => None,
    }
}

/// An item of a list or a value of a map: it converts, or is what it is.
fn part(sdk: &Sdk, ty: &Ty, name: &str, depth: usize) -> Option<String> {
    match sdk.accepts(ty) {
        Accepts::Value | Accepts::Into => value(sdk, ty, name, depth),
        Accepts::Object | Accepts::Items(_) | Accepts::Entries(_) => None,
    }
}

/// `types::Pet::new("name")`.
fn object(sdk: &Sdk, ty: &Type, of: &Struct, depth: usize) -> Option<String> {
    if !ty.is_in_request {
        return None;
    }
    let values: Option<Vec<(&str, String)>> = of
        .arguments()
        .map(|field| Some((field.name.as_str(), value(sdk, &field.ty, field.name.plain(), depth)?)))
        .collect();
    let values = values?;
    let arguments = match sdk.takes_names(of) {
        true => {
            let fields: Vec<String> =
                values.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
            format!("types::args::{} {{ {} }}", ty.name, fields.join(", "))
        }
        false => values.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(", "),
    };
    Some(format!("types::{}::new({arguments})", ty.name))
}

/// The `use` declarations that such lines need.
pub(super) fn uses(sdk: &Sdk, lines: &[String]) -> Vec<String> {
    let lib = &sdk.package.lib;
    let has = |word: &str| lines.iter().any(|line| line.contains(word));
    let names = [("Upload::", "Upload"), ("types::", "types")];
    let names: Vec<&str> = names.into_iter().filter(|(word, _)| has(word)).map(|(_, name)| name).collect();
    let own = match names.as_slice() {
        [] => None,
        [name] => Some(format!("use {lib}::{name};")),
        names => Some(format!("use {lib}::{{{}}};", names.join(", "))),
    };
    own.into_iter().chain(has("json!(").then(|| "use serde_json::json;".to_owned())).collect()
}
