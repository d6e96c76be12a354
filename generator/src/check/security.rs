//! Security requirements: schemes and scopes are declared.

use serde_json::Value;

use super::context::{Check, Object, array};
use crate::diag::{Code, suggest};
use crate::pointer::Path;

impl<'d> Check<'d, '_> {
    pub(super) fn requirements(&mut self, holder: &'d Object, at: &Path<'_>) {
        let here = at.key("security");
        for (index, requirement) in array(holder, "security").iter().enumerate() {
            let item = here.item(index);
            for (name, scopes) in requirement.as_object().into_iter().flatten() {
                self.requirement(name, scopes, &item.key(name));
            }
        }
    }

    /// Returns the first scheme whose credential is sent in the header `Authorization`.
    pub(super) fn authorizing(&self) -> Option<&'d str> {
        let sends = |scheme: &Value| {
            let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
            match text("type") {
                "apiKey" => text("in") == "header" && text("name").eq_ignore_ascii_case("authorization"),
                "http" | "oauth2" | "openIdConnect" => true,
                _ => false,
            }
        };
        let follow = |scheme: &'d Value| match scheme.get("$ref").and_then(Value::as_str) {
            Some(to) => self.schemes.get(to.rsplit('/').next().unwrap_or_default()).copied(),
            None => Some(scheme),
        };
        let names = self.schemes.iter().filter(|(_, scheme)| follow(scheme).is_some_and(sends));
        names.map(|(name, _)| *name).min()
    }

    fn requirement(&mut self, name: &str, scopes: &'d Value, at: &Path<'_>) {
        let Some(scheme) = self.schemes.get(name) else {
            let message = format!("the security scheme `{name}` is not declared");
            let help = match suggest(name, self.schemes.keys().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it under `components/securitySchemes`".to_owned(),
            };
            self.key(Code::SecurityScheme, at, message, &help);
            return;
        };
        let Some(flows) = scheme.get("flows").and_then(Value::as_object) else { return };
        let known: Vec<&str> = flows
            .values()
            .filter_map(|flow| flow.get("scopes")?.as_object())
            .flat_map(|scopes| scopes.keys().map(String::as_str))
            .collect();
        for (index, scope) in scopes.as_array().into_iter().flatten().enumerate() {
            let Some(scope) = scope.as_str().filter(|scope| !known.contains(scope)) else { continue };
            let message = format!("the scope `{scope}` is not declared by `{name}`");
            let help = match suggest(scope, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it under `scopes` of a flow".to_owned(),
            };
            self.value(Code::SecurityScheme, &at.item(index), message, &help);
        }
    }
}
