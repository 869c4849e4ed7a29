//! `newsbeat completions` and `newsbeat man`: made from the same definition as the parser.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args as ClapArgs, CommandFactory as _};
use clap_complete::Shell;
use newsbeat::Error;
use newsbeat::file::{self, AtomicFile};

use super::args::Force;
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
    #[command(flatten)]
    force: Force,
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
        let mut command = Cli::command().disable_help_subcommand(true);
        command.build();
        let commands = std::iter::once(&command).chain(command.get_subcommands());
        let mut files = Vec::new();
        for command in commands {
            let page = clap_mangen::Man::new(command.clone());
            let path = self.folder.join(page.get_filename());
            let mut file = AtomicFile::create(&path, self.force.existing())?;
            page.render(&mut file).map_err(|e| Error::io(path.display(), "write", e))?;
            files.push(file);
        }
        file::commit_all(files)?;
        Ok(Outcome::default())
    }
}
