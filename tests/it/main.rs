//! The one test binary: the boundary, the product, the wire, and the rules of the house.

mod api;
mod bodies;
mod cases;
mod configuration;
#[cfg(feature = "mounted")]
mod conform;
mod errors;
mod extensions;
mod faults;
#[cfg(feature = "mounted")]
mod forward_compat;
mod fuzz;
mod helpers;
mod hostile;
mod known;
mod learn;
mod ledger;
mod models;
mod moves;
mod mutate_diagnostics;
mod mutate_diff;
mod names;
mod pairs;
#[cfg(feature = "mounted")]
mod product;
#[cfg(feature = "mounted")]
mod requests;
mod sensitivity;
mod tidy;
mod tutorial;
#[cfg(feature = "mounted")]
mod unions;
mod user;
#[cfg(feature = "mounted")]
mod webhooks;
mod wire;
#[cfg(feature = "mounted")]
mod xml;
