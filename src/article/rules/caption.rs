//! Captions and credits of pictures.

use crate::article::shape::{Line, fold, n_words};

/// Words that announce a picture's author: "Photo: X", "Foto: X".
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "photo", "photos", "photograph", "photographs", "picture", "pictures", "image", "images", "credit",
    "photo credit", "image credit", "picture credit", "image source", "photo by", "photograph by",
    "pic", "pics", "pic by", "pics by", "photos by", "pictures by", "images by", "file photo", "file", "file picture", "file image", "caption", "image caption", "photo caption",
    "photo illustration", "illustration", "graphic", "media caption", "foto", "fotos", "bild", "bilder",
    "fotografia", "imagen", "imagem", "credito", "photo d'archives", "foto de archivo", "archivo",
    "symbolbild", "archivbild", "archivfoto", "zdjecie", "фото", "beeld", "courtesy", "video", "handout",
    "screenshot", "ap photo", "afp photo", "reuters photo", "st file photo", "staff photo",
];

/// Sources of pictures, behind which no prose comes.
#[rustfmt::skip]
const SOURCES: &[&str] = &[
    "reuters/", "/reuters", "/afp", "afp/", "/ap", "ap/", "/getty", "getty images", "/epa", "epa/", "/tass",
    "/xinhua", "/bloomberg", "/shutterstock", "shutterstock", "alamy", "ap photo/", "ap photo", "afp photo",
    "file photo", "file photo/", "wikimedia commons", "/ zuma", "/zuma", "/anadolu", "picture alliance",
    "/pool", "handout via", " handout", "via ap", "via reuters", "istock", "courtesy of",
];

/// The words of a picture's credit at the most.
const LONGEST_CREDIT: usize = 12;

/// True for a credit alone, or a caption that ends in one.
pub(super) fn is_caption(line: &Line<'_>) -> bool {
    let is_speech = line.text.starts_with(['"', '“', '„', '«']);
    let is_short = || line.n_words <= LONGEST_CREDIT || !line.text.contains(". ");
    if !is_speech && is_credit(&line.folded) && is_short() {
        return true;
    }
    ends_of(line.text).any(|credit| {
        let credit = fold(credit);
        is_credit(&credit) || is_source(&credit)
    })
}

/// "photo: jane doe", "photograph by jane doe".
fn is_credit(folded: &str) -> bool {
    let begins = |word: &&&str| word.as_bytes().first() == folded.as_bytes().first();
    CREDITS.iter().filter(begins).any(|word| {
        folded.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with([':', '/', '©', '|']) || word.ends_with(" by") && !rest.is_empty()
        })
    })
}

fn is_source(folded: &str) -> bool {
    SOURCES.iter().any(|source| {
        if source.ends_with('/') {
            folded.starts_with(source)
        } else {
            folded.ends_with(source) || folded.starts_with(source)
        }
    })
}

/// What stands in the last brackets, or behind each of the last full stops and dashes, if it is short enough to be
/// a credit.
fn ends_of(line: &str) -> impl Iterator<Item = &str> {
    let in_brackets =
        line.strip_suffix([')', ']']).and_then(|inner| Some(&inner[inner.rfind(['(', '['])? + 1..]));
    // Most lines are prose and end as prose does.
    let is_prose = line.ends_with(['.', '?', '!', '”', '"']);
    let marks: &[&str] = if is_prose || in_brackets.is_some() { &[] } else { &MARKS };
    let behind = marks
        .iter()
        .flat_map(move |mark| line.rmatch_indices(mark).map(move |(at, _)| &line[at + mark.len()..]));
    let is_end = |tail: &&str| (1..=LONGEST_CREDIT).contains(&n_words(tail));
    in_brackets.into_iter().chain(behind).filter(is_end)
}

/// What stands between a caption and its credit.
const MARKS: [&str; 8] = [". ", "? ", "! ", "” ", "\" ", "| ", "— ", "– "];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_ends_in_its_credit() {
        for line in [
            "ASMAR workers at the launch. (Foto: José Muñoz)",
            "Ships at anchor off Colon last week. Credit: Isthmus/R. Batista",
            "Filipino boats return from the shoal. ST FILE PHOTO/E. Dizon",
            "Photo by Jane Doe",
            "A protester in Minsk, 9 August 2020 [Sergei Grits/AP]",
            "President Duda speaks. | Wojtek Radwanski/AFP via Getty Images",
        ] {
            assert!(is_caption(&Line::new(line)), "{line}");
        }
    }

    #[test]
    fn prose_about_pictures_is_no_caption() {
        for line in [
            "The pictures were taken in May.",
            "He told Reuters (which asked twice) that he would go.",
            "“Photo: none,” said the file.",
            "Officials confirmed the deal (AP).",
            "The agency Tass reported the same.",
        ] {
            assert!(!is_caption(&Line::new(line)), "{line}");
        }
    }
}
