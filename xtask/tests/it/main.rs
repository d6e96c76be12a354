//! The commands as people see them: exit code, both streams, and what is on the disk afterwards.

mod alone;
mod bad_input;
mod bad_text;
mod case;
mod commands;
mod corpus;
mod diff;
mod fetching;
mod forward_compat;
mod hostile;
mod kills;
mod lint;
mod manifest;
mod markers;
mod mutate_diagnostics;
mod mutate_diff;
mod several_files;
mod sync;
mod workflows;
mod world;
mod writer;
