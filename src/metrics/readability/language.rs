//! Formulas made for other languages than English.

use super::super::Metric;
use super::super::formula::formula;
use super::row;

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "flesch_amstad",
        unit: "points",
        reference: "T. Amstad (1978), Wie verständlich sind unsere Zeitungen?, Universität Zürich",
        interpretation: "Flesch's score for German; 60 to 70 is plain",
        languages: &["de"],
        ..row(formula!(|words, sentences, syllables| 180.0 - words / sentences - 58.5 * (syllables / words)))
    },
    Metric {
        name: "wiener_sachtextformel_1",
        reference: "R. Bamberger, E. Vanecek (1984), Lesen, Verstehen, Lernen, Schreiben, Jugend und Volk",
        interpretation: "German school year, 4 to 15",
        languages: &["de"],
        ..row(formula!(|polysyllables, words, sentences, words_over_six, monosyllables| 0.1935
            * (100.0 * polysyllables / words)
            + 0.1672 * words / sentences
            + 0.1297 * (100.0 * words_over_six / words)
            - 0.0327 * (100.0 * monosyllables / words)
            - 0.875))
    },
    Metric {
        name: "wiener_sachtextformel_2",
        reference: "R. Bamberger, E. Vanecek (1984), Lesen, Verstehen, Lernen, Schreiben, Jugend und Volk",
        interpretation: "German school year, without one-syllable words",
        languages: &["de"],
        ..row(formula!(|polysyllables, words, sentences, words_over_six| 0.2007
            * (100.0 * polysyllables / words)
            + 0.1682 * words / sentences
            + 0.1373 * (100.0 * words_over_six / words)
            - 2.779))
    },
    Metric {
        name: "wiener_sachtextformel_3",
        reference: "R. Bamberger, E. Vanecek (1984), Lesen, Verstehen, Lernen, Schreiben, Jugend und Volk",
        interpretation: "German school year, without long words",
        languages: &["de"],
        ..row(formula!(|polysyllables, words, sentences| 0.2963 * (100.0 * polysyllables / words)
            + 0.1905 * words / sentences
            - 1.1144))
    },
    Metric {
        name: "wiener_sachtextformel_4",
        reference: "R. Bamberger, E. Vanecek (1984), Lesen, Verstehen, Lernen, Schreiben, Jugend und Volk",
        interpretation: "German school year, by fiction and non-fiction",
        languages: &["de"],
        ..row(formula!(|polysyllables, words, sentences| 0.2744 * (100.0 * polysyllables / words)
            + 0.2656 * words / sentences
            - 1.693))
    },
    Metric {
        name: "smog_qu",
        reference: "R. Bamberger, E. Vanecek (1984), Lesen, Verstehen, Lernen, Schreiben, Jugend und Volk; the SMOG fitted to German",
        interpretation: "German school year",
        languages: &["de"],
        ..row(formula!(|polysyllables, sentences| sqrt(polysyllables * 30.0 / sentences) - 2.0))
    },
    Metric {
        name: "dickes_steiwer",
        comparable: false,
        unit: "points",
        reference: "P. Dickes, L. Steiwer (1977), Ausarbeitung von Lesbarkeitsformeln für die deutsche Sprache, Zeitschrift für Entwicklungspsychologie und Pädagogische Psychologie 9(1), pp. 20-28; quanteda leaves out both logarithms",
        interpretation: "0 to 100, higher is easier",
        languages: &["de"],
        ..row(formula!(|characters, words, sentences, types, running_words| 235.95993
            - 73.021 * ln(characters / words + 1.0)
            - 12.56438 * ln(words / sentences + 1.0)
            - 50.03293 * types / running_words))
    },
    Metric {
        name: "text_redundanz_index",
        unit: "points",
        reference: "H. Kuntzsch (1981), Text-Redundanz-Index, after H. Klein (2002), Technische Dokumentation 7; foreign words are not recognised and count none",
        interpretation: "German newspaper text in counts of 100 words; higher is easier",
        languages: &["de"],
        ..row(formula!(|monosyllables, words, punctuation| 0.449 * (100.0 * monosyllables / words)
            - 2.467 * (100.0 * punctuation / words)
            - 14.417))
    },
    Metric {
        name: "fernandez_huerta",
        unit: "points",
        reference: "J. Fernández Huerta (1959), Medidas sencillas de lecturabilidad, Consigna 214, pp. 29-32; with sentences a word corrected as in G. Law (2011)",
        interpretation: "Flesch's score for Spanish; 60 to 70 is plain",
        languages: &["es"],
        ..row(formula!(|words, sentences, syllables| 206.84
            - 60.0 * syllables / words
            - 1.02 * words / sentences))
    },
    Metric {
        name: "szigriszt_pazos",
        unit: "points",
        reference: "F. Szigriszt Pazos (1993), Sistemas predictivos de legilibilidad del mensaje escrito, Universidad Complutense de Madrid",
        interpretation: "perspicuity of Spanish; 51 to 65 is the daily press",
        languages: &["es"],
        ..row(formula!(|words, sentences, syllables| 206.835 - 62.3 * syllables / words - words / sentences))
    },
    Metric {
        name: "gutierrez_polini",
        unit: "points",
        reference: "L. E. Gutiérrez de Polini (1972), Investigación sobre lectura en Venezuela",
        interpretation: "comprehensibility of Spanish; about 40 for the sixth grade, higher is easier",
        languages: &["es"],
        ..row(formula!(|letters, words, sentences| 95.2 - 9.7 * letters / words - 0.35 * words / sentences))
    },
    Metric {
        name: "crawford",
        reference: "A. N. Crawford (1985), Fórmula y gráfico para determinar la comprensibilidad de textos del nivel primario en castellano, Lectura y Vida 6(4)",
        interpretation: "years of primary school needed",
        languages: &["es"],
        ..row(formula!(|words, sentences, syllables| -0.205 * (100.0 * sentences / words)
            + 0.049 * (100.0 * syllables / words)
            - 3.407))
    },
    Metric {
        name: "kandel_moles",
        unit: "points",
        reference: "L. Kandel, A. Moles (1958), Application de l'indice de Flesch à la langue française, Cahiers d'Études de Radio-Télévision 19, pp. 253-274",
        interpretation: "Flesch's score for French",
        languages: &["fr"],
        ..row(formula!(|words, sentences, syllables| 209.0
            - 1.15 * words / sentences
            - 68.0 * syllables / words))
    },
    Metric {
        name: "flesch_french",
        unit: "points",
        reference: "the constants of textstat 0.7, which names no source",
        interpretation: "Flesch's score for French, another fit",
        languages: &["fr"],
        ..row(formula!(|words, sentences, syllables| 207.0
            - 1.015 * words / sentences
            - 73.6 * syllables / words))
    },
    Metric {
        name: "flesch_vacca",
        unit: "points",
        reference: "V. Franchina, R. Vacca (1986), Adaptation of Flesh readability index on a bilingual text, Linguaggi 3, pp. 47-49",
        interpretation: "Flesch's score for Italian",
        languages: &["it"],
        ..row(formula!(|words, sentences, syllables| 217.0
            - 1.3 * words / sentences
            - 60.0 * syllables / words))
    },
    Metric {
        name: "gulpease",
        unit: "points",
        reference: "P. Lucisano, M. E. Piemontese (1988), GULPEASE: una formula per la predizione della difficoltà dei testi in lingua italiana, Scuola e città 39(3), pp. 110-124",
        interpretation: "Italian, 0 to 100: under 80 is hard for primary school leavers, under 40 for high school leavers",
        languages: &["it"],
        ..row(formula!(
            |characters, words, sentences| 89.0 + 300.0 * sentences / words - 10.0 * characters / words
        ))
    },
    Metric {
        name: "flesch_douma",
        unit: "points",
        reference: "W. H. Douma (1960), De leesbaarheid van landbouwbladen, Landbouwhogeschool Wageningen",
        interpretation: "Flesch's score for Dutch",
        languages: &["nl"],
        ..row(formula!(|words, sentences, syllables| 206.835
            - 0.93 * words / sentences
            - 77.0 * syllables / words))
    },
    Metric {
        name: "leesindex_brouwer",
        unit: "points",
        reference: "R. H. M. Brouwer (1963), Onderzoek naar de leesmoeilijkheden van Nederlands proza, Paedagogische Studiën 40, pp. 454-464",
        interpretation: "Dutch reading index, higher is easier",
        languages: &["nl"],
        ..row(formula!(|words, sentences, syllables| 195.0
            - 2.0 * words / sentences
            - 67.0 * syllables / words))
    },
    Metric {
        name: "flesch_oborneva",
        unit: "points",
        reference: "I. V. Oborneva (2006), Automated estimation of complexity of educational texts, Institute of Content and Methods of Education",
        interpretation: "Flesch's score for Russian",
        languages: &["ru"],
        ..row(formula!(|words, sentences, syllables| 206.835
            - 1.3 * words / sentences
            - 60.1 * syllables / words))
    },
    Metric {
        name: "flesch_hungarian",
        unit: "points",
        reference: "the constants of textstat 0.7, which names no source",
        interpretation: "Flesch's score for Hungarian",
        languages: &["hu"],
        ..row(formula!(|words, sentences, syllables| 206.835
            - 1.015 * words / sentences
            - 58.5 * syllables / words))
    },
    Metric {
        name: "traenkle_bailer_1",
        unit: "points",
        reference: "U. Tränkle, H. Bailer (1984), Kreuzvalidierung und Neuberechnung von Lesbarkeitsformeln für die deutsche Sprache, Zeitschrift für Entwicklungspsychologie und Pädagogische Psychologie 16(3), pp. 231-244; quanteda leaves out both logarithms",
        interpretation: "made for German, with English prepositions by word list; higher is easier",
        languages: &["en"],
        ..row(formula!(|characters, words, sentences, prepositions| 224.6814
            - 79.8304 * ln(characters / words + 1.0)
            - 12.24032 * ln(words / sentences + 1.0)
            - 1.292_857 * (100.0 * prepositions / words)))
    },
    Metric {
        name: "traenkle_bailer_2",
        unit: "points",
        reference: "U. Tränkle, H. Bailer (1984), Kreuzvalidierung und Neuberechnung von Lesbarkeitsformeln, Zeitschrift für Entwicklungspsychologie und Pädagogische Psychologie 16(3), pp. 231-244",
        interpretation: "made for German, with English prepositions and conjunctions by word list; higher is easier",
        languages: &["en"],
        ..row(formula!(|characters, words, prepositions, conjunctions| 234.1063
            - 96.11069 * ln(characters / words + 1.0)
            - 2.05444 * (100.0 * prepositions / words)
            - 1.02805 * (100.0 * conjunctions / words)))
    },
];
