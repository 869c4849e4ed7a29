//! Probabilities bent to what was observed, rising with what was stated.

use serde::{Deserialize, Serialize};

/// A curve that never falls, given by its bends; straight between them, level beyond the first and the last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Isotonic {
    /// Stated probabilities, rising.
    pub stated: Vec<f64>,
    /// What becomes of each; not falling.
    pub observed: Vec<f64>,
}

impl Isotonic {
    /// The curve with the least weighted squared error, by pooling adjacent violators. Each point is a stated probability,
    /// whether it came true, and a weight; without any, the answer leaves probabilities as they are.
    ///
    /// # References
    ///
    /// M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid, E. Silverman (1955), An empirical distribution function for sampling
    /// with incomplete information, Annals of Mathematical Statistics 26(4), p. 641. B. Zadrozny, C. Elkan (2002), Transforming
    /// classifier scores into accurate multiclass probability estimates, KDD, p. 694, for its use on naive Bayes.
    pub(super) fn fit(mut points: Vec<(f64, bool, f64)>) -> Self {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut pools: Vec<Pool> = Vec::new();
        for equals in points.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            let weight = equals.iter().map(|point| point.2).sum();
            let hits = equals.iter().filter(|point| point.1).map(|point| point.2).sum();
            let mut pool = Pool { first: equals[0].0, last: equals[0].0, hits, weight };
            while let Some(before) = pools.pop_if(|before| before.mean() >= pool.mean()) {
                pool = Pool {
                    first: before.first,
                    last: pool.last,
                    hits: before.hits + pool.hits,
                    weight: before.weight + pool.weight,
                };
            }
            pools.push(pool);
        }
        let mut curve = Self { stated: Vec::new(), observed: Vec::new() };
        for pool in &pools {
            curve.push(pool.first, pool.mean());
            if pool.last > pool.first {
                curve.push(pool.last, pool.mean());
            }
        }
        if pools.is_empty() { Self::straight() } else { curve }
    }

    /// The curve that leaves probabilities as they are.
    pub fn straight() -> Self {
        Self { stated: vec![0.0, 1.0], observed: vec![0.0, 1.0] }
    }

    fn push(&mut self, stated: f64, observed: f64) {
        self.stated.push(stated);
        self.observed.push(observed.min(1.0));
    }

    /// What becomes of a stated probability.
    pub(super) fn at(&self, stated: f64) -> f64 {
        let place = self.stated.partition_point(|&x| x < stated);
        if place == 0 {
            return self.observed[0];
        }
        let Some(&right) = self.stated.get(place) else {
            return self.observed[place - 1];
        };
        let (left, low, high) = (self.stated[place - 1], self.observed[place - 1], self.observed[place]);
        low + (high - low) * ((stated - left) / (right - left))
    }

    /// Whether its numbers can have been fitted.
    pub(super) fn is_sound(&self) -> bool {
        let is_share = |x: &f64| (0.0..=1.0).contains(x);
        !self.stated.is_empty()
            && self.stated.len() == self.observed.len()
            && self.stated.iter().chain(&self.observed).all(is_share)
            && self.stated.is_sorted_by(|a, b| a < b)
            && self.observed.is_sorted()
    }
}

/// Points that share an observed probability.
struct Pool {
    first: f64,
    last: f64,
    hits: f64,
    weight: f64,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.hits / self.weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neighbours_that_fall_are_pooled() {
        // observed 0, 1, 0, 1, with weights 1, 1, 3, 1: the second and third pool to 1/4
        let curve =
            Isotonic::fit(vec![(0.1, false, 1.0), (0.4, false, 3.0), (0.2, true, 1.0), (0.9, true, 1.0)]);
        assert_eq!(curve.stated, [0.1, 0.2, 0.4, 0.9]);
        assert_eq!(curve.observed, [0.0, 0.25, 0.25, 1.0]);
        for (stated, expected) in [(0.0, 0.0), (0.15, 0.125), (0.3, 0.25), (0.65, 0.625), (1.0, 1.0)] {
            assert!((curve.at(stated) - expected).abs() < 1e-12, "{stated}");
        }
    }

    #[test]
    fn no_points_leave_probabilities_as_they_are() {
        let curve = Isotonic::fit(Vec::new());
        assert!([0.0_f64, 0.3, 1.0].into_iter().all(|p| curve.at(p).to_bits() == p.to_bits()));
    }

    proptest! {
        #[test]
        fn a_fitted_curve_is_sound_and_keeps_the_sum(
            points in prop::collection::vec((0.0..=1.0_f64, any::<bool>(), 0.1..2.0_f64), 1..40),
        ) {
            let curve = Isotonic::fit(points.clone());
            prop_assert!(curve.is_sound(), "{curve:?}");
            let fitted: f64 = points.iter().map(|(p, _, w)| w * curve.at(*p)).sum();
            let hits: f64 = points.iter().map(|(_, hit, w)| if *hit { *w } else { 0.0 }).sum();
            prop_assert!((fitted - hits).abs() < 1e-9, "{fitted} {hits}");
        }
    }
}
