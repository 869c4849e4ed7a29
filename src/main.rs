//! The `newsbeat` command.

mod cli;

use std::process::ExitCode;

use clap::Parser;

/// Threads give back what others have taken, which costs the system's allocator a lock.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = cli::Cli::parse();
    let outcome = arguments.plan().and_then(|plan| plan.run());
    cli::exit::code(outcome)
}
