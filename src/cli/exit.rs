//! How a run ends: 0 done; 1 done, but inputs were rejected; 2 nothing done.

use std::io;
use std::process::ExitCode;

use super::console;

/// What a run that got through has to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Inputs that were rejected, each named on standard error.
    pub(crate) n_rejected: usize,
}

/// The exit code of an outcome; prints the chain of causes of an error.
pub(crate) fn code(outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome { n_rejected: 0 }) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console::say(false, format_args!("newsbeat: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// True if the reader of our output, such as `head`, has had enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
