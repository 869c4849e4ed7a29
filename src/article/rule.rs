//! What a rule about a line of a news page is, and how it is applied.

use std::sync::LazyLock;

use super::ParagraphKind;
use super::shape::Line;

pub(super) use super::rules::RULES;

/// Where on the page a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Everywhere.
    Any,
    /// Around the headline: before the first prose and shortly after.
    Top,
    /// Around the headline or after the last prose: not amid the text.
    Edge,
}

/// How a rule recognises a line. Phrases are compared folded: lower case, no accents, straight quotes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Test {
    /// The line is one of the phrases.
    Is(&'static [&'static str]),
    /// The line is one of the phrases, or begins with one and a colon, stroke or dash.
    Label(&'static [&'static str]),
    /// The line begins with one of the phrases.
    Opens(&'static [&'static str]),
    /// The line holds one of the phrases.
    Has(&'static [&'static str]),
    /// The line has words of one list, and nothing else but words of the other and numbers.
    Only {
        /// At least one of these.
        words: &'static [&'static str],
        /// These may stand between.
        fill: &'static [&'static str],
    },
    /// The line passes a test of its own.
    Holds(fn(&Line<'_>) -> bool),
}

/// A named rule: a line that passes the test, in the zone, is of the kind.
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "name and examples are for readers and for the contract test")
)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Name, unique.
    pub(super) name: &'static str,
    /// What the line is.
    pub(super) kind: ParagraphKind,
    /// Where the rule holds.
    pub(super) zone: Zone,
    /// Longer lines are prose to this rule, in words.
    pub(super) max_words: usize,
    /// Takes lines that end as a sentence does, too.
    pub(super) sentences: bool,
    /// How it recognises the line.
    pub(super) test: Test,
    /// Short lines that follow are of the same kind, up to the next prose: "Related articles".
    pub(super) opens_list: bool,
    /// Lines that it must recognise.
    pub(super) examples: &'static [&'static str],
    /// Lines that no rule may take.
    pub(super) prose: &'static [&'static str],
}

impl Rule {
    /// True if the line passes; the zone is the caller's business.
    pub(super) fn matches(&self, line: &Line<'_>) -> bool {
        if line.n_words > self.max_words || line.folded.is_empty() && !matches!(self.test, Test::Holds(_)) {
            return false;
        }
        if !self.sentences && line.ends_sentence() {
            return false;
        }
        match self.test {
            Test::Is(phrases) => phrases.contains(&line.folded.as_str()),
            Test::Label(phrases) => phrases.iter().any(|p| line.rest_after(p).is_some_and(is_label_end)),
            Test::Opens(phrases) => phrases.iter().any(|p| line.opens_with(p)),
            Test::Has(phrases) => phrases.iter().any(|p| line.folded.contains(p)),
            Test::Only { words, fill } => holds_only(line, words, fill),
            Test::Holds(test) => test(line),
        }
    }
}

/// The first rule of [`RULES`] that takes the line in one of the zones.
pub(super) fn rule_for(line: &Line<'_>, zones: &[Zone]) -> Option<&'static Rule> {
    let rules =
        line.folded.as_bytes().first().map_or(&BY_FIRST_BYTE[NO_BYTE], |b| &BY_FIRST_BYTE[usize::from(*b)]);
    rules.iter().copied().find(|rule| zones.contains(&rule.zone) && rule.matches(line))
}

/// The rules that can take a folded line, in their order, by its first byte: hundreds of phrases are known by their
/// beginning.
static BY_FIRST_BYTE: LazyLock<[Vec<&Rule>; NO_BYTE + 1]> = LazyLock::new(|| {
    std::array::from_fn(|byte| {
        let begins =
            |phrase: &&str| phrase.as_bytes().first().is_none_or(|&first| usize::from(first) == byte);
        let can_take = |rule: &&Rule| match rule.test {
            Test::Is(phrases) | Test::Label(phrases) | Test::Opens(phrases) => phrases.iter().any(begins),
            Test::Has(_) | Test::Only { .. } | Test::Holds(_) => true,
        };
        RULES.iter().filter(can_take).collect()
    })
});

/// Where the rules stand that can take an empty line.
const NO_BYTE: usize = 256;

/// ": next", " | next", " - next", or nothing.
fn is_label_end(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ')', ']', '"']);
    rest.is_empty() || rest.starts_with([':', '|', '>', '»', '›', '→', '•', '：']) || rest.starts_with("- ")
}

fn holds_only(line: &Line<'_>, words: &[&str], fill: &[&str]) -> bool {
    let mut any = false;
    let is_listed = line.folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|word| {
        any |= words.contains(&word);
        words.contains(&word) || fill.contains(&word) || word.bytes().all(|b| b.is_ascii_digit())
    });
    is_listed && any
}

#[cfg(test)]
mod tests {
    use super::super::shape::fold;
    use super::*;
    use std::collections::HashSet;

    fn all_zones(line: &str) -> Option<&'static Rule> {
        rule_for(&Line::new(line), &[Zone::Any, Zone::Top, Zone::Edge])
    }

    #[test]
    fn every_rule_takes_its_examples_and_leaves_prose() {
        for rule in RULES {
            assert!(!rule.examples.is_empty(), "{}: help: give the rule an example", rule.name);
            for example in rule.examples {
                assert!(rule.matches(&Line::new(example)), "{} must take: {example}", rule.name);
                let kind = all_zones(example).map(|r| r.kind);
                assert_eq!(kind, Some(rule.kind), "an earlier rule takes {}'s example: {example}", rule.name);
            }
            for line in rule.prose {
                let taken = all_zones(line).map(|r| r.name);
                assert_eq!(taken, None, "prose next to {}: {line}", rule.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_phrases_are_folded() {
        let mut names = HashSet::new();
        for rule in RULES {
            assert!(names.insert(rule.name), "{} stands twice", rule.name);
            let (Test::Is(phrases)
            | Test::Label(phrases)
            | Test::Opens(phrases)
            | Test::Has(phrases)
            | Test::Only { words: phrases, .. }) = rule.test
            else {
                continue;
            };
            for phrase in phrases {
                assert_eq!(
                    phrase.trim_end_matches(':'),
                    fold(phrase),
                    "{}: help: write the phrase as `fold` gives it",
                    rule.name
                );
            }
        }
    }
}
