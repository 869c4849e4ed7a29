//! Which language a text is in, by `whatlang`.

use whatlang::{Detector, Lang};

use super::{LANGUAGES, Language};

/// So many bytes of a text are looked at: ten times what it takes to be sure of running text.
const LOOKED_AT: usize = 4096;

/// A text's language, as far as letters tell it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The likeliest language of [`LANGUAGES`].
    pub language: &'static Language,
    /// How far it is ahead of the next one, in `[0, 1]`.
    pub confidence: f64,
    /// False if the guess should be shown to a person: the text is short, mixed or in a language that is not
    /// in [`LANGUAGES`].
    pub reliable: bool,
}

/// The language of `text`, one of [`LANGUAGES`]; `None` if it has no letter of their scripts.
///
/// The guess rests on three-letter sequences of the first 4 KiB. `reliable` is `whatlang`'s own bar, which asks for more the
/// shorter the text is. Measured 2026-11 with `whatlang` 0.18.0 on the 4,614 paragraphs of 295 English Wikinews articles, at 7 MB/s:
///
/// | paragraph, bytes | paragraphs | English, % | reliable, % | reliable but not English |
/// |---|---:|---:|---:|---:|
/// | under 50 | 582 | 36.1 | 5.2 | 0 |
/// | 50 to 99 | 844 | 85.1 | 48.5 | 2 |
/// | 100 to 199 | 773 | 98.6 | 94.2 | 3 |
/// | 200 to 399 | 1,346 | 99.9 | 99.8 | 0 |
/// | 400 and more | 1,069 | 99.8 | 99.7 | 1 |
///
/// # Examples
///
/// ```
/// use newsbeat::text::detect;
///
/// let text = "Die Außenminister beider Länder trafen sich am Montag in Genf, um über den Waffenstillstand zu verhandeln.";
/// let detection = detect(text).ok_or("no letters")?;
/// assert_eq!(detection.language.code, "de");
/// assert!(detection.reliable);
/// assert!(detect("2025: 3.5 %").is_none());
/// # Ok::<(), &str>(())
/// ```
pub fn detect(text: &str) -> Option<Detection> {
    let codes = LANGUAGES.iter().map(|l| Lang::from_code(l.iso_639_3));
    let allowed = codes.map(|lang| lang.expect("a test holds each row's code to whatlang")).collect();
    let looked_at = &text[..text.floor_char_boundary(LOOKED_AT)];
    let found = Detector::with_allowlist(allowed).detect(looked_at)?;
    let language = LANGUAGES.iter().find(|l| l.iso_639_3 == found.lang().code())?;
    Some(Detection { language, confidence: found.confidence(), reliable: found.is_reliable() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_PARAGRAPH_A_LANGUAGE: &[(&str, &str)] = &[
        (
            "en",
            "The foreign ministers met in Geneva on Monday to discuss the ceasefire and the exchange of prisoners.",
        ),
        ("ar", "اجتمع وزراء الخارجية يوم الاثنين في جنيف لبحث وقف إطلاق النار وتبادل الأسرى بين الطرفين."),
        (
            "da",
            "Udenrigsministrene mødtes mandag i Genève for at drøfte våbenhvilen og udvekslingen af fanger, siger regeringen.",
        ),
        (
            "de",
            "Die Außenminister trafen sich am Montag in Genf, um über die Waffenruhe und den Austausch von Gefangenen zu sprechen.",
        ),
        ("el", "Οι υπουργοί Εξωτερικών συναντήθηκαν τη Δευτέρα στη Γενεύη για να συζητήσουν την εκεχειρία."),
        (
            "es",
            "Los ministros de Exteriores se reunieron el lunes en Ginebra para hablar del alto el fuego y del canje de prisioneros.",
        ),
        (
            "fi",
            "Ulkoministerit tapasivat maanantaina Genevessä keskustellakseen tulitauosta ja vankien vaihdosta, hallitus kertoi.",
        ),
        (
            "fr",
            "Les ministres des Affaires étrangères se sont réunis lundi à Genève pour discuter du cessez-le-feu et de l'échange de prisonniers.",
        ),
        (
            "hu",
            "A külügyminiszterek hétfőn Genfben találkoztak, hogy megvitassák a tűzszünetet és a foglyok cseréjét.",
        ),
        (
            "it",
            "I ministri degli Esteri si sono incontrati lunedì a Ginevra per discutere della tregua e dello scambio di prigionieri.",
        ),
        (
            "nl",
            "De ministers van Buitenlandse Zaken kwamen maandag in Genève bijeen om over het staakt-het-vuren en de uitwisseling van gevangenen te praten.",
        ),
        (
            "no",
            "Utenriksministrene møttes i Genève mandag for å drøfte våpenhvilen og utvekslingen av fanger, opplyser regjeringen nå.",
        ),
        (
            "pt",
            "Os ministros dos Negócios Estrangeiros reuniram-se na segunda-feira em Genebra para discutir o cessar-fogo e a troca de prisioneiros.",
        ),
        (
            "ro",
            "Miniștrii de externe s-au întâlnit luni la Geneva pentru a discuta despre armistițiu și despre schimbul de prizonieri.",
        ),
        (
            "ru",
            "Министры иностранных дел встретились в понедельник в Женеве, чтобы обсудить перемирие и обмен пленными.",
        ),
        (
            "sv",
            "Utrikesministrarna träffades i Genève på måndagen för att diskutera vapenvilan och utbytet av fångar, säger regeringen.",
        ),
        (
            "tr",
            "Dışişleri bakanları ateşkesi ve esir değişimini görüşmek üzere pazartesi günü Cenevre'de bir araya geldi.",
        ),
    ];

    #[test]
    fn a_paragraph_of_each_language_is_known() {
        assert_eq!(ONE_PARAGRAPH_A_LANGUAGE.len(), LANGUAGES.len());
        for (code, text) in ONE_PARAGRAPH_A_LANGUAGE {
            let detection = detect(text).unwrap();
            assert_eq!(detection.language.code, *code, "{detection:?}");
            assert!((0.0..=1.0).contains(&detection.confidence));
        }
    }

    #[test]
    fn a_few_words_are_not_reliable() {
        assert!(detect("Markets").is_none_or(|detection| !detection.reliable));
    }

    #[test]
    fn a_text_without_letters_has_no_language() {
        assert_eq!(detect(""), None);
        assert_eq!(detect("— 2025 —"), None);
    }
}
