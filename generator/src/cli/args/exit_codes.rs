//! The exit codes that help texts list.

pub const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  problems were found, or files are stale; nothing was written
  2  the command line is invalid";
