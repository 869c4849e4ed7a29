use proptest::prelude::*;

use super::*;

fn labels(n: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![5 => Just(0_u8), 2 => Just(1), 1 => Just(2)], n..4 * n)
}

proptest! {
    #[test]
    fn every_row_is_tried_once_and_labels_are_shared_out_evenly(labels in labels(10), n_folds in 2..8_usize, seed: u64) {
        let folds = Folds::stratified(&labels, &Groups::singletons(labels.len()), n_folds, seed).unwrap();
        let mut tried = vec![0; labels.len()];
        for fold in 0..n_folds {
            let (train, test) = folds.split(fold);
            prop_assert_eq!(train.len() + test.len(), labels.len());
            for row in test {
                prop_assert!(!train.contains(&row));
                tried[row] += 1;
            }
        }
        prop_assert!(tried.iter().all(|&n| n == 1));
        for label in [None, Some(0), Some(1), Some(2)] {
            let in_fold = |fold| {
                let (_, test) = folds.split(fold);
                test.into_iter().filter(|&row| label.is_none_or(|l| labels[row] == l)).count()
            };
            let n: Vec<usize> = (0..n_folds).map(in_fold).collect();
            prop_assert!(n.iter().max().unwrap() - n.iter().min().unwrap() <= 1, "{:?}: {:?}", label, n);
        }
    }

    #[test]
    fn no_group_is_on_both_sides(labels in labels(10), names in prop::collection::vec(0..12_usize, 40), n_folds in 2..5_usize) {
        let pairs = (0..labels.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        let groups = Groups::joined(labels.len(), pairs.filter(|&(a, b)| names[a] == names[b]));
        prop_assume!(groups.n_groups() >= n_folds);
        let folds = Folds::stratified(&labels, &groups, n_folds, 1).unwrap();
        for fold in 0..n_folds {
            let (train, test) = folds.split(fold);
            prop_assert!(!test.is_empty());
            prop_assert!(test.iter().all(|&t| train.iter().all(|&r| names[t] != names[r])));
        }
    }

    #[test]
    fn a_model_never_learns_from_the_day_it_is_tried_on_or_later(dates in prop::collection::vec(0..30_u8, 20..60), n_folds in 2..6_usize) {
        let groups = Groups::singletons(dates.len());
        let mut days = dates.clone();
        days.sort_unstable();
        days.dedup();
        prop_assume!(days.len() > n_folds);
        let folds = Folds::time_ordered(&dates, &groups, n_folds).unwrap();
        let mut seen = 0;
        for fold in 0..n_folds {
            let (train, test) = folds.split(fold);
            prop_assert!(!train.is_empty() && !test.is_empty());
            prop_assert!(train.iter().map(|&r| dates[r]).max() < test.iter().map(|&r| dates[r]).min());
            prop_assert!(train.len() > seen);
            seen = train.len();
        }
    }
}

#[test]
fn runs_of_time_have_equal_lengths_where_every_day_has_one_row() {
    let folds = Folds::time_ordered(&(0..40).rev().collect::<Vec<_>>(), &Groups::singletons(40), 3).unwrap();
    let sizes: Vec<_> = (0..3).map(|fold| folds.split(fold)).map(|(a, b)| (a.len(), b.len())).collect();
    assert_eq!(sizes, [(10, 10), (20, 10), (30, 10)]);
    assert_eq!(folds.fold_of_row()[39], None);
}

#[test]
fn groups_keep_the_labels_shares_where_they_can() {
    // Forty articles of five paragraphs; a tenth of the articles is about trade.
    let labels: Vec<bool> = (0..200).map(|row| row / 5 % 10 == 0).collect();
    let groups = Groups::joined(200, (0..200).map(|row| (row - row % 5, row)));
    let folds = Folds::stratified(&labels, &groups, 4, 9).unwrap();
    for fold in 0..4 {
        let (_, test) = folds.split(fold);
        assert_eq!(test.len(), 50);
        assert_eq!(test.iter().filter(|&&row| labels[row]).count(), 5);
    }
}

#[test]
fn wire_copy_stays_in_one_fold_and_out_of_the_past() {
    let story = "the minister said on monday that tariffs on steel would rise by a tenth within weeks";
    let other =
        |i: usize| format!("report {i} on matter {i} by writer {i} in place {i} at hour {i} of day {i}");
    let texts: Vec<String> =
        (0..20).map(|i| if i % 4 == 0 { format!("{story}, part {i}") } else { other(i) }).collect();
    let rows: Vec<LabelledText<'_>> =
        texts.iter().map(|text| LabelledText { label: "trade", text, group: "" }).collect();
    let params = FoldParams { n_folds: 4, ..FoldParams::default() };
    let folds = params.stratified(&rows).unwrap();
    let copies: Vec<_> = (0..20).step_by(4).map(|row| folds.fold_of_row()[row]).collect();
    assert!(copies.iter().all(|fold| *fold == copies[0]), "{copies:?}");
    let ordered = params.time_ordered(&rows, &(0..20).collect::<Vec<_>>()).unwrap();
    let (train, test) = ordered.split(3);
    assert!(test.contains(&16) && !train.contains(&0) && train.contains(&1));
}

#[test]
fn a_seed_gives_the_same_folds_again_and_another_seed_others() {
    let labels: Vec<usize> = (0..100).map(|row| row % 3).collect();
    let folds = |seed| Folds::stratified(&labels, &Groups::singletons(100), 5, seed).unwrap();
    assert_eq!(folds(1), folds(1));
    assert_ne!(folds(1), folds(2));
}

#[test]
fn too_many_folds_are_refused() {
    let error = Folds::stratified(&[0, 1, 1], &Groups::joined(3, [(0, 1)]), 3, 0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "folds must be between 2 and the number of groups of rows that belong together (2), got 3"
    );
}
