//! A snapshot of what an SDK offers.

use super::{Config, Plan, plan};
use crate::emit::{base_url, manifest, variable};
use crate::lock::Lock;

/// Everything public that the plan of an SDK decides, as plain data.
#[derive(Clone, Debug)]
pub struct Surface {
    pub(super) plan: Plan,
    /// The name of the library.
    pub(super) lib: String,
    /// The base URL that `sdk.toml` or the document gives.
    pub(super) server: Option<String>,
    /// The environment variable that a credential is read from.
    pub(super) variable: String,
}

impl Surface {
    pub(crate) fn new(plan: Plan, config: &Config) -> Self {
        let server = base_url(&plan.api, config);
        let lib = manifest::names(&plan.api.info, config).lib;
        Self { variable: variable(config, &lib), lib, plan, server }
    }

    /// The names of this version by place, for the next one to keep.
    pub fn lock(&self) -> Lock {
        plan::lock(&self.plan)
    }

    /// The name of the library.
    pub fn lib(&self) -> &str {
        &self.lib
    }

    /// Every public name that follows from the document, each with its way from the crate's root, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names = super::spell::all(&self.plan);
        names.sort();
        names.dedup();
        names
    }
}
