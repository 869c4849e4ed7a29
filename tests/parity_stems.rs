//! Holds each stemmer to Snowball's own output; see `tests/parity/stems/README.md`.

use std::collections::BTreeMap;

use newsbeat::text::Stemmer;

/// Words of the sample that our library stems otherwise: language, word, our stem.
const DIFFERENT: &[(&str, &str, &str)] = &[("norwegian", "blótast", "blótast")];

#[test]
fn stems_are_those_of_snowball() {
    let mut reader = csv::Reader::from_reader(include_bytes!("parity/stems/snowball.csv").as_slice());
    let mut words = BTreeMap::<String, usize>::new();
    let mut found = Vec::new();
    for row in reader.deserialize() {
        let (language, word, stem): (String, String, String) = row.unwrap();
        let ours = Stemmer::named(&language).unwrap().stem(&word).into_owned();
        if ours != stem {
            found.push((language.clone(), word, ours));
        }
        *words.entry(language).or_default() += 1;
    }
    assert!(Stemmer::names().all(|name| words.get(name) == Some(&200)), "{words:?}");
    let found: Vec<_> = found.iter().map(|(l, w, s)| (l.as_str(), w.as_str(), s.as_str())).collect();
    assert_eq!(found, DIFFERENT);
}
