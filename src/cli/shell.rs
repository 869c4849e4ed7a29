//! `newsbeat completions` and `newsbeat man`: made from the same definition as the parser.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args as ClapArgs, CommandFactory as _};
use clap_complete::Shell;
use newsbeat::Error;

use super::exit::Outcome;
use super::{Cli, Plan};

/// Options of `completions`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Completions {
    /// The shell that will read them.
    #[arg(value_enum)]
    shell: Shell,
}

/// Options of `man`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Man {
    /// Folder to write the pages into; made if it does not exist.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Plan for Completions {
    fn run(&self) -> anyhow::Result<Outcome> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "newsbeat", &mut script);
        std::io::stdout().write_all(&script).map_err(|e| Error::io("standard output", "write", e))?;
        Ok(Outcome::default())
    }
}

impl Plan for Man {
    fn run(&self) -> anyhow::Result<Outcome> {
        std::fs::create_dir_all(&self.folder).map_err(|e| Error::io(self.folder.display(), "create", e))?;
        clap_mangen::generate_to(Cli::command(), &self.folder)
            .map_err(|e| Error::io(self.folder.display(), "write", e))?;
        Ok(Outcome::default())
    }
}
