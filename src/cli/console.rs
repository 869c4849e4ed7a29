//! What is said on standard error: rejected inputs, progress, a summary.

#![expect(clippy::print_stderr, reason = "messages go to standard error")]

use newsbeat::Error;

/// Rejected rows that are named one by one; the rest are counted.
const NAMED: usize = 20;

/// Names rejected inputs.
pub(crate) fn rejects(errors: &[Error]) {
    for error in errors.iter().take(NAMED) {
        eprintln!("rejected: {error}");
    }
    if errors.len() > NAMED {
        eprintln!("rejected: {} more", errors.len() - NAMED);
    }
}

/// Says something unless it is to be quiet.
pub(crate) fn say(quiet: bool, message: impl std::fmt::Display) {
    if !quiet {
        eprintln!("{message}");
    }
}
