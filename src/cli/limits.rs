//! Options that limit what an input may ask for.

use clap::Args;
use newsbeat::file::Limits;

/// Each option has it, since a heading of them all would be that of whatever follows.
const HEADING: &str = "Limits (what goes over one is rejected, and the rest goes on)";

/// Options of commands that read what others wrote. Their defaults are those of [`Limits`].
#[derive(Debug, Clone, Args)]
pub(crate) struct LimitArgs {
    /// Most bytes of one file of an article, row, line or JSON object, 256M at most; a tag of a page, a field and a value count as 64.
    #[arg(long, help_heading = HEADING, default_value = "16M", value_name = "N[K|M|G]", value_parser = parse_size)]
    max_record_bytes: u64,
    /// Most bytes of text in one article, 256M at most; a paragraph counts as 128 at least.
    #[arg(long, help_heading = HEADING, default_value = "4M", value_name = "N[K|M|G]", value_parser = parse_size)]
    max_article_bytes: u64,
    /// Most bytes of a headline, an identifier, a label or a kept column.
    #[arg(long, help_heading = HEADING, default_value = "64K", value_name = "N[K|M|G]", value_parser = parse_bytes)]
    max_field_bytes: u64,
    /// Most elements of a page, or values of a JSON object, within each other; at most 2000, and 127 for JSON.
    #[arg(long, help_heading = HEADING, default_value = "2000", value_name = "N", value_parser = parse_depth)]
    max_depth: usize,
    #[command(flatten)]
    unpacking: UnpackingArgs,
    /// Most files in an archive.
    #[arg(long, help_heading = HEADING, default_value = "100000", value_name = "N")]
    max_entries: usize,
}

/// Those of files of labelled texts, whose records hold neither pages nor files.
#[derive(Debug, Clone, Args)]
pub(crate) struct CorpusLimitArgs {
    /// Most bytes of one row or line, 256M at most; a field and a value count as 64.
    #[arg(long, help_heading = HEADING, default_value = "16M", value_name = "N[K|M|G]", value_parser = parse_size)]
    max_record_bytes: u64,
    /// Most bytes of a label, a group or a time.
    #[arg(long, help_heading = HEADING, default_value = "64K", value_name = "N[K|M|G]", value_parser = parse_bytes)]
    max_field_bytes: u64,
    #[command(flatten)]
    unpacking: UnpackingArgs,
    /// Most bytes of memory for what is learned from, over which the run stops: a term takes some 170, and 36 for each label
    /// that has it, a row that is evaluated its text and some 560.
    #[arg(long, help_heading = HEADING, default_value = "256M", value_name = "N[K|M|G]", value_parser = parse_bytes)]
    max_training_bytes: u64,
}

/// Those of compressed files.
#[derive(Debug, Clone, Args)]
struct UnpackingArgs {
    /// Most bytes that a compressed file unpacks to.
    #[arg(long, help_heading = HEADING, default_value = "64G", value_name = "N[K|M|G]", value_parser = parse_bytes)]
    max_unpacked_bytes: u64,
    /// Most bytes unpacked for each packed one, once there are 16 MiB of them.
    #[arg(long, help_heading = HEADING, default_value = "200", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_ratio: u64,
}

impl LimitArgs {
    /// As the library takes them.
    pub(crate) fn limits(&self) -> Limits {
        let Self { max_record_bytes, max_article_bytes, max_field_bytes, max_depth, max_entries, .. } = *self;
        let unpacking = self.unpacking.limits();
        Limits { max_record_bytes, max_article_bytes, max_field_bytes, max_depth, max_entries, ..unpacking }
    }
}

impl CorpusLimitArgs {
    /// As the library takes them, the others being the default.
    pub(crate) fn limits(&self) -> Limits {
        let Self { max_record_bytes, max_field_bytes, max_training_bytes, .. } = *self;
        Limits { max_record_bytes, max_field_bytes, max_training_bytes, ..self.unpacking.limits() }
    }
}

impl UnpackingArgs {
    /// As the library takes them, the others being the default.
    fn limits(&self) -> Limits {
        let Self { max_unpacked_bytes, max_ratio } = *self;
        Limits { max_unpacked_bytes, max_ratio, ..Limits::default() }
    }
}

/// A number of bytes; K, M and G are powers of 1024.
fn parse_bytes(size: &str) -> Result<u64, String> {
    let (digits, shift) = match size.as_bytes().last().map(u8::to_ascii_uppercase) {
        Some(b'K') => (&size[..size.len() - 1], 10),
        Some(b'M') => (&size[..size.len() - 1], 20),
        Some(b'G') => (&size[..size.len() - 1], 30),
        _ => (size, 0),
    };
    let n: Option<u64> = digits.parse().ok();
    n.filter(|n| *n > 0)
        .and_then(|n| n.checked_mul(1 << shift))
        .ok_or_else(|| "must be a number of bytes above 0, with K, M or G for powers of 1024".to_owned())
}

/// A number of bytes of what can be read as a whole.
fn parse_size(size: &str) -> Result<u64, String> {
    let n = parse_bytes(size)?;
    if n > Limits::MOST_BYTES { Err("must be at most 256M".to_owned()) } else { Ok(n) }
}

fn parse_depth(depth: &str) -> Result<usize, String> {
    depth
        .parse()
        .ok()
        .filter(|depth| (1..=Limits::DEEPEST).contains(depth))
        .ok_or_else(|| format!("must be a number from 1 to {}", Limits::DEEPEST))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        limits: LimitArgs,
    }

    #[derive(Parser)]
    struct CorpusCommand {
        #[command(flatten)]
        limits: CorpusLimitArgs,
    }

    #[test]
    fn the_defaults_of_the_flags_are_those_of_the_library() {
        assert_eq!(Command::parse_from(["newsbeat"]).limits.limits(), Limits::default());
        assert_eq!(CorpusCommand::parse_from(["newsbeat"]).limits.limits(), Limits::default());
    }

    #[test]
    fn sizes_are_read_in_powers_of_1024() {
        assert_eq!(
            [parse_bytes("7"), parse_bytes("7k"), parse_bytes("2G")],
            [Ok(7), Ok(7 << 10), Ok(2 << 30)]
        );
        for size in ["", "0", "-1", "1.5M", "K", "1T", "99999999999G", "1é"] {
            assert!(parse_bytes(size).is_err(), "{size}");
        }
        assert_eq!(parse_size("256M"), Ok(Limits::MOST_BYTES));
        assert!(parse_size("268435457").is_err() && parse_size("x").is_err());
    }
}
