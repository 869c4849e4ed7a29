//! Measures that follow the words in their order.

use super::super::Metric;
use super::super::counts::TextCounts;
use super::super::formula::{Formula, defined};
use super::row;

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "mattr_50",
        reference: "M. A. Covington, J. D. McFall (2010), Cutting the Gordian knot: the moving-average type-token ratio, Journal of Quantitative Linguistics 17(2), p. 96",
        interpretation: "the type-token ratio of any 50 words in a row, on average; undefined under 50 words",
        ..row(Formula::described(
            "mean over all windows of 50 running words of (types in the window / 50)",
            |c| moving_ratio(c, 50),
        ))
    },
    Metric {
        name: "mtld",
        unit: "words",
        reference: "P. M. McCarthy, S. Jarvis (2010), MTLD, vocd-D, and HD-D, Behavior Research Methods 42(2), p. 384",
        interpretation: "how many words in a row keep a type-token ratio of 0.72; news runs at 80 to 140",
        ..row(Formula::described(
            "mean, forwards and backwards, of (running words / factors); a factor ends where types / running words falls below 0.72, the rest counts (1 - its ratio) / (1 - 0.72)",
            mtld,
        ))
    },
];

/// Words seen since the last [`clear`](Self::clear), in constant time each.
pub(super) struct Seen {
    round: u32,
    last: Vec<u32>,
}

impl Seen {
    pub(super) fn new(counts: &TextCounts) -> Self {
        Self { round: 1, last: vec![0; counts.facts.len()] }
    }

    pub(super) fn clear(&mut self) {
        self.round += 1;
    }

    /// True if the word is new.
    pub(super) fn insert(&mut self, kind: u32) -> bool {
        let last = &mut self.last[kind as usize];
        std::mem::replace(last, self.round) != self.round
    }
}

/// Mean type-token ratio of all windows; each step adds one word and drops one.
fn moving_ratio(counts: &TextCounts, window: usize) -> Option<f64> {
    let words: Vec<u32> = counts.running().collect();
    let n_windows = (words.len() + 1).checked_sub(window).filter(|&n| n > 0)?;
    let mut inside = vec![0_u32; counts.facts.len()];
    let (mut types, mut sum) = (0_usize, 0_usize);
    for (i, &word) in words.iter().enumerate() {
        let here = &mut inside[word as usize];
        types += usize::from(*here == 0);
        *here += 1;
        if i + 1 >= window {
            sum += types;
            let first = &mut inside[words[i + 1 - window] as usize];
            *first -= 1;
            types -= usize::from(*first == 0);
        }
    }
    defined(sum as f64 / (n_windows * window) as f64)
}

/// The type-token ratio at which a factor ends.
const FACTOR_ENDS: f64 = 0.72;

fn mtld(counts: &TextCounts) -> Option<f64> {
    let forwards = counts.totals.running_words as f64 / factors(counts.running(), Seen::new(counts));
    let backwards = counts.totals.running_words as f64 / factors(counts.running().rev(), Seen::new(counts));
    defined(f64::midpoint(forwards, backwards))
}

/// How often the type-token ratio of successive words falls below the threshold.
fn factors(words: impl Iterator<Item = u32>, mut seen: Seen) -> f64 {
    let (mut factors, mut types, mut length) = (0.0, 0.0, 0.0);
    for word in words {
        length += 1.0;
        types += f64::from(u8::from(seen.insert(word)));
        if types / length < FACTOR_ENDS {
            factors += 1.0;
            (types, length) = (0.0, 0.0);
            seen.clear();
        }
    }
    if length > 0.0 { factors + (1.0 - types / length) / (1.0 - FACTOR_ENDS) } else { factors }
}
