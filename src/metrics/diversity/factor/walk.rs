//! The ends of all factors, found by walking along the repeats.
//!
//! # Advice for hackers
//!
//! Since 25 * types - 18 * words is
//! 7 * words - 25 * repeats, a factor can end at a repeat only, a word that occurs since the start. Moving the start
//! one word to the right makes one place no repeat any more, the next occurrence of the word left behind; so the
//! repeats are bits, one is cleared for each start, and each start walks some bytes of them: from a place to rest that
//! an earlier start has found, since moving the start by one adds at most 7 to what a factor lacks to its end. A
//! factor forwards is one of the ring that ends inside the text, so both take one walk.

use super::{FullFactors, NO_PLACE, SHORTEST_FACTOR, later_places};

/// Bytes of repeats walked for each start, on average, before the tree takes over; news takes some 5.
pub(super) const STEPS_A_WORD: usize = 50;

/// Follows each factor along the repeats; `None` if that takes too many steps.
pub(super) fn find(earlier: &[u32], n_starts: usize, steps_a_word: usize) -> Option<FullFactors> {
    let n = earlier.len();
    // So long that four bytes can be read from any place on.
    let mut repeats = vec![0_u8; n / 8 + 4];
    for (place, &earlier) in earlier.iter().enumerate() {
        repeats[place / 8] |= u8::from(earlier > 0) << (place % 8);
    }
    let mut walker = Walker { repeats, n, steps_left: steps_a_word.saturating_mul(n), rest: Rest::default() };
    let mut found = FullFactors::default();
    for (start, &no_repeat) in later_places(earlier).iter().enumerate().take(n_starts) {
        if let Some(end) = walker.factor_end(start)? {
            found.add(start, end, n_starts);
        }
        if no_repeat != NO_PLACE {
            walker.clear(no_repeat);
        }
    }
    Some(found)
}

/// Walks over the repeats that are left, as bits in bytes of eight places.
struct Walker {
    repeats: Vec<u8>,
    n: usize,
    steps_left: usize,
    rest: Rest,
}

/// A byte that factors of the next few starts cannot end before, so that their walks begin there.
#[derive(Default)]
struct Rest {
    byte: usize,
    /// The excess before the byte, were the start the first word of the text.
    excess: i64,
    last_start: usize,
}

/// What a repeat adds to the excess, and what any word takes: 25 * repeats - 7 * words. Above 0 the factor ends.
const A_REPEAT: i16 = 25;
const A_WORD: i16 = 7;
const REPEAT: i64 = A_REPEAT as i64;
const PLACE: i64 = A_WORD as i64;

/// What the first of eight places, the first two and so on add to the excess, by the bits of their byte.
static SUMS: [[i16; 8]; 256] = {
    let mut eight = [[0; 8]; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut sum, mut place) = (0, 0);
        while place < 8 {
            sum += if bits >> place & 1 == 1 { A_REPEAT - A_WORD } else { -A_WORD };
            eight[bits][place] = sum;
            place += 1;
        }
        bits += 1;
    }
    eight
};

/// The last of the sums.
static SUM: [i64; 256] = {
    let mut sum = [0; 256];
    let mut bits = 0;
    while bits < 256 {
        sum[bits] = SUMS[bits][7] as i64;
        bits += 1;
    }
    sum
};

/// The greatest of the sums.
static GREATEST: [i64; 256] = {
    let mut greatest = [i64::MIN; 256];
    let mut i = 0;
    while i < 8 * 256 {
        let (bits, sum) = (i / 8, SUMS[i / 8][i % 8] as i64);
        greatest[bits] = if sum > greatest[bits] { sum } else { greatest[bits] };
        i += 1;
    }
    greatest
};

/// Where a walk has come to: a byte, and the excess before it.
struct At {
    byte: usize,
    excess: i64,
}

/// A byte is worth resting at if the excess has stayed so low before it that the next three starts, each of which adds
/// 7 to it, cannot lift it above 0.
const LOW: i64 = -3 * PLACE;

fn signed(n: usize) -> i64 {
    i64::try_from(n).expect("fewer words than bytes of memory")
}

impl Walker {
    fn clear(&mut self, place: usize) {
        self.repeats[place / 8] &= !(1 << (place % 8));
        self.rest.excess -= REPEAT * i64::from(place / 8 < self.rest.byte);
    }

    /// The place at which the factor from `start` on ends, if it does; the outer `None` if the steps are used up.
    ///
    /// All bits up to `start` are 0: what is left of them is no repeat.
    #[expect(clippy::option_option, reason = "giving up is not the same as finding no end")]
    fn factor_end(&mut self, start: usize) -> Option<Option<usize>> {
        let next = start + SHORTEST_FACTOR;
        if next > self.n {
            return Some(None);
        }
        let rests = start <= self.rest.last_start && next <= 8 * self.rest.byte;
        let (excess, first) = if rests {
            (self.rest.excess + PLACE * signed(start), self.rest.byte)
        } else {
            (REPEAT * self.repeats_of_shortest(start) - PLACE * signed(SHORTEST_FACTOR), next / 8)
        };
        if excess > 0 {
            return Some(Some(next - 1));
        }
        let mut greatest = excess;
        let mut at = At { byte: first, excess };
        if !rests {
            let skipped = next % 8;
            if skipped > 0 {
                // A byte that begins before `next`, whose first places are shifted out.
                let bits = usize::from(self.repeats[first] >> skipped);
                if excess + GREATEST[bits] > 0 {
                    return Some(Some(next + first_above(&SUMS[bits], -excess)));
                }
                greatest = greatest.max(excess + GREATEST[bits]);
                at = At {
                    byte: first + 1,
                    excess: excess + i64::from(SUMS[bits][7]) + PLACE * signed(skipped),
                };
            }
            if greatest <= LOW {
                self.pass(&mut at, LOW, &mut greatest);
                let last_start = start + usize::try_from(-greatest / PLACE).unwrap_or(0);
                self.rest = Rest { byte: at.byte, excess: at.excess - PLACE * signed(start), last_start };
            }
        }
        self.pass(&mut at, 0, &mut greatest);
        self.steps_left = self.steps_left.checked_sub(at.byte - first)?;
        let end = self
            .repeats
            .get(at.byte)
            .map(|&bits| 8 * at.byte + first_above(&SUMS[usize::from(bits)], -at.excess));
        Some(end)
    }

    /// Moves on to the first byte in which the excess is above a limit, or to the end; raises `greatest` to the greatest
    /// excess on the way.
    fn pass(&self, at: &mut At, limit: i64, greatest: &mut i64) {
        for &bits in self.repeats.get(at.byte..).unwrap_or_default() {
            let here = at.excess + GREATEST[usize::from(bits)];
            if here > limit {
                return;
            }
            *greatest = here.max(*greatest);
            at.excess += SUM[usize::from(bits)];
            at.byte += 1;
        }
    }

    /// Repeats among the words of the shortest factor from `start` on.
    fn repeats_of_shortest(&self, start: usize) -> i64 {
        let bytes = self.repeats[start / 8..].first_chunk().map_or(0, |chunk| u32::from_le_bytes(*chunk));
        ((bytes >> (start % 8)) & ((1 << SHORTEST_FACTOR) - 1)).count_ones().into()
    }
}

/// The first of eight sums that is above a limit; without a branch, as none could be foreseen.
fn first_above(sums: &[i16; 8], limit: i64) -> usize {
    let above = sums.iter().rev().fold(0_u8, |above, &sum| above << 1 | u8::from(i64::from(sum) > limit));
    above.trailing_zeros() as usize
}
