//! Servers: the variables of the URL and those that are declared are the same, and each default is one of the values.

use serde_json::Value;

use super::context::{Check, Object, array};
use crate::diag::{Code, suggest};
use crate::pointer::Path;

/// The names between braces, in order; each as often as it is there.
pub(super) fn template(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

impl<'d> Check<'d, '_> {
    pub(super) fn servers(&mut self, holder: &'d Object, at: &Path<'_>) {
        let here = at.key("servers");
        for (index, server) in array(holder, "servers").iter().enumerate() {
            let item = here.item(index);
            if let Some(server) = server.as_object() {
                self.server(server, &item);
            }
        }
    }

    fn server(&mut self, server: &'d Object, at: &Path<'_>) {
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
        let declared = server.get("variables").and_then(Value::as_object);
        let names: Vec<&str> = template(url);
        for name in &names {
            if declared.is_none_or(|all| !all.contains_key(*name)) {
                let message = format!("the server variable `{name}` is not declared");
                let near = suggest(name, declared.into_iter().flatten().map(|(name, _)| name.as_str()));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("declare `{name}` under `variables` with a default"),
                };
                self.value(Code::ServerVariable, &at.key("url"), message, &help);
            }
        }
        let home = at.key("variables");
        for (name, variable) in declared.into_iter().flatten() {
            let here = home.key(name);
            if !names.contains(&name.as_str()) {
                let message = format!("the server variable `{name}` does not occur in the URL");
                let help = format!("remove it, or add `{{{name}}}` to the URL");
                self.key(Code::ServerVariable, &here, message, &help);
            }
            let Some(variable) = variable.as_object() else { continue };
            let values = array(variable, "enum");
            let Some(default) = variable.get("default").and_then(Value::as_str) else { continue };
            if !values.is_empty() && !values.iter().any(|value| value.as_str() == Some(default)) {
                let message = format!(
                    "the default `{default}` of the server variable `{name}` is not one of its values"
                );
                let diagnostic = self
                    .found(Code::ServerVariable, &here.key("default"), message)
                    .also(&self.origin(&here.key("enum")), "the values are declared here")
                    .help("add it to `enum`, or choose one of the values");
                self.sink.report(diagnostic);
            }
        }
    }
}
