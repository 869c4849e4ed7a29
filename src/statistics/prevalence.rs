//! How common classes are among items that a classifier of known errors has counted.

/// Change of a share below which it has settled.
const TOLERANCE: f64 = 1e-13;

/// Steps at most: a classifier that is right in six of ten cases takes some hundred.
const MAX_STEPS: usize = 10_000;

/// The shares of the true classes that explain the shares of the answers best.
///
/// An item of class `c` is answered `a` with the probability `rates[c][a]`, so answers have the shares
/// `sum over c of share(c) * rates[c][a]`. The answer is the shares, none below 0, summing to one, that minimise the squared distance of
/// those to `observed`, found by projected gradient steps. For two classes and two answers this is the adjusted count
/// `(observed - fpr) / (tpr - fpr)`, cut to 0 and 1.
///
/// It holds where items to come are confused as those were on which `rates` were counted: where only the shares of the classes differ.
/// `None` if there is no class, or a number is not finite.
///
/// # Panics
///
/// If a row of `rates` is not as long as `observed`.
///
/// # References
///
/// G. Forman (2008), Quantifying counts and costs via classification, Data Mining and Knowledge Discovery 17(2), p. 164.
/// D. J. Hopkins, G. King (2010), A method of automated nonparametric content analysis for social science, American Journal of
/// Political Science 54(1), p. 229, for several classes and the constraints.
///
/// # Examples
///
/// ```
/// use newsbeat::statistics::adjusted_shares;
///
/// // nine in ten of the first class are found, and one in five of the second is taken for it
/// let shares = adjusted_shares(&[vec![0.9, 0.1], vec![0.2, 0.8]], &[0.55, 0.45]).unwrap();
/// assert!((shares[0] - 0.5).abs() < 1e-9);
/// ```
pub fn adjusted_shares(rates: &[Vec<f64>], observed: &[f64]) -> Option<Vec<f64>> {
    assert!(rates.iter().all(|row| row.len() == observed.len()), "each class has a rate for each answer");
    let is_finite = rates.iter().flatten().chain(observed).all(|x| x.is_finite());
    if rates.is_empty() || !is_finite {
        return None;
    }
    // Gershgorin: no eigenvalue of `rates * rates^T` is greater than its greatest sum of a row, so the steps cannot diverge.
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let gram: Vec<Vec<f64>> = rates.iter().map(|a| rates.iter().map(|b| dot(a, b)).collect()).collect();
    let target: Vec<f64> = rates.iter().map(|row| dot(row, observed)).collect();
    let bound = gram.iter().map(|row| row.iter().sum::<f64>()).fold(f64::MIN_POSITIVE, f64::max);
    let mut shares = vec![1.0 / rates.len() as f64; rates.len()];
    for _ in 0..MAX_STEPS {
        let stepped = shares.iter().zip(&gram).zip(&target);
        let next = on_simplex(stepped.map(|((s, row), t)| s - (dot(row, &shares) - t) / bound).collect());
        let change = next.iter().zip(&shares).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        shares = next;
        if change < TOLERANCE {
            break;
        }
    }
    Some(shares)
}

/// The nearest point whose coordinates are not below 0 and sum to one.
///
/// J. Duchi, S. Shalev-Shwartz, Y. Singer, T. Chandra (2008), Efficient projections onto the l1-ball, ICML, figure 1.
fn on_simplex(point: Vec<f64>) -> Vec<f64> {
    let mut sorted = point.clone();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (n, x) in (1..).zip(&sorted) {
        sum += x;
        let candidate = (sum - 1.0) / f64::from(n);
        if *x > candidate {
            shift = candidate;
        }
    }
    point.into_iter().map(|x| (x - shift).max(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_known_shares_lead_back_to_them() {
        let rates = [vec![0.7, 0.1, 0.1, 0.1], vec![0.2, 0.6, 0.1, 0.1], vec![0.05, 0.15, 0.6, 0.2]];
        let truth = [0.2, 0.5, 0.3];
        let observed: Vec<f64> = (0..4).map(|a| (0..3).map(|c| truth[c] * rates[c][a]).sum()).collect();
        let found = adjusted_shares(&rates, &observed).unwrap();
        assert!(found.iter().zip(truth).all(|(f, t)| (f - t).abs() < 1e-9), "{found:?}");
    }

    #[test]
    fn two_classes_are_formans_adjusted_count_cut_to_what_a_share_can_be() {
        let rates = [vec![0.8, 0.2], vec![0.3, 0.7]];
        for (observed, expected) in [(0.5, 0.4), (0.2, 0.0), (0.95, 1.0)] {
            let found = adjusted_shares(&rates, &[observed, 1.0 - observed]).unwrap();
            assert!((found[0] - expected).abs() < 1e-9 && (found[0] + found[1] - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_to_go_by_gives_nothing() {
        assert_eq!(adjusted_shares(&[], &[]), None);
        assert_eq!(adjusted_shares(&[vec![f64::NAN, 1.0]], &[0.5, 0.5]), None);
        // A classifier that says the same of both classes tells nothing: they stay alike.
        let blind = adjusted_shares(&[vec![0.5, 0.5], vec![0.5, 0.5]], &[0.9, 0.1]).unwrap();
        assert_eq!(blind, [0.5, 0.5]);
    }
}
