//! Test doubles: the whole client runs, and nothing leaves the process.
//!
//! [`mock`] plans responses by operation, typed, and says at the end what was not used:
//!
//! ```ignore
//! let mock = mock().on(workflows::runs::Get).fails(503, ()).returns(run);
//! let client: Client = mock.client();
//! ```
//!
//! [`InMemory`] gives responses in a row, whatever is asked for.

mod canned;
mod double;
mod memory;
mod mock;
mod seen;

pub use canned::Canned;
pub use double::{Double, Routed};
#[doc(alias("fake", "stub", "wiremock"))]
pub use memory::InMemory;
#[doc(alias("fake", "stub", "test double"))]
pub use mock::mock;
pub use mock::{Expected, Mock};
pub use seen::Seen;
