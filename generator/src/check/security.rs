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
