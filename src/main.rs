//! The `newsbeat` command.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Cli::parse();
    let outcome = arguments.plan().and_then(|plan| plan.run());
    cli::exit::code(outcome)
}
