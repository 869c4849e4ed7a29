//! `newsbeat inspect`: what a model is made of.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use newsbeat::Error;
use newsbeat::classify::inspect::Inspection;
use newsbeat::classify::{TopicModel, verify};

use super::Plan;
use super::exit::Outcome;
use super::output::TableOutput;

/// Options of `inspect`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Model file; the built-in topics model by default.
    #[arg(value_name = "MODEL")]
    model: Option<PathBuf>,
    /// Write every term with its weights instead, as CSV if nothing else is said.
    #[arg(long)]
    terms: bool,
    /// Check the file instead: checksum, counts, weights, probabilities; exit code 2 if anything does not hold.
    #[arg(long, conflicts_with_all = ["terms", "top"])]
    verify: bool,
    /// Top terms shown for each label.
    #[arg(long, default_value_t = 12, value_name = "N")]
    top: usize,
    #[command(flatten)]
    output: TableOutput,
}

/// A look into a model, decided.
pub(crate) struct Look {
    args: Args,
    bytes: Cow<'static, [u8]>,
    place: String,
}

impl Args {
    /// Reads the model.
    pub(crate) fn plan(self) -> anyhow::Result<Look> {
        self.output.check()?;
        let (bytes, place) = match &self.model {
            Some(path) => {
                let bytes = std::fs::read(path).map_err(|e| Error::io(path.display(), "read", e))?;
                (bytes.into(), path.display().to_string())
            }
            None => (TopicModel::BUILT_IN.into(), "the built-in model".to_owned()),
        };
        Ok(Look { args: self, bytes, place })
    }
}

impl Plan for Look {
    fn run(&self) -> anyhow::Result<Outcome> {
        if self.args.verify {
            self.args.output.write(&verify(&self.bytes, &self.place)?)?;
            return Ok(Outcome::default());
        }
        let model = TopicModel::from_bytes(&self.bytes, &self.place)?;
        let inspection = Inspection::of(&model)?;
        if self.args.terms {
            let mut sink = self.args.output.args().open()?;
            sink.append(&inspection.terms())?;
            sink.finish()?;
        } else if self.args.output.is_plain() {
            let top = inspection.top_terms(self.args.top);
            TableOutput::print_all([
                ("settings", inspection.settings()),
                ("labels", inspection.labels()),
                ("top terms of each label, against all others", top),
            ])?;
        } else {
            self.args.output.write(&inspection.top_terms(self.args.top))?;
        }
        Ok(Outcome::default())
    }
}
