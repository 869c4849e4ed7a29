//! The words of dates, folded, in the languages whose papers are pasted most.

/// Month names and their short forms.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "januari", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro",
      "stycznia", "января", "янв", "ocak", "leden", "ledna", "يناير", "januaro"],
    &["february", "feb", "febr", "februar", "februari", "fevrier", "fevr", "febrero", "febbraio", "fevereiro", "fev",
      "lutego", "февраля", "фев", "subat", "unora", "فبراير"],
    &["march", "mar", "marz", "mrz", "maart", "mars", "marzo", "marco", "marca", "марта", "mart", "brezna", "مارس"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia", "апреля", "апр", "nisan", "dubna",
      "أبريل"],
    &["may", "mai", "mei", "maj", "mayo", "maggio", "mag", "maio", "maja", "мая", "mayis", "kvetna", "مايو"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwca", "июня", "июн", "haziran",
      "cervna", "يونيو"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipca", "июля", "июл", "temmuz",
      "cervence", "يوليو"],
    &["august", "aug", "augustus", "augusti", "aout", "agosto", "ago", "sierpnia", "августа", "авг", "agustos",
      "srpna", "أغسطس"],
    &["september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "set", "setembro", "wrzesnia",
      "сентября", "сен", "eylul", "zari", "سبتمبر"],
    &["october", "oct", "okt", "oktober", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "pazdziernika",
      "октября", "окт", "ekim", "rijna", "أكتوبر"],
    &["november", "nov", "novembre", "noviembre", "novembro", "listopada", "ноября", "ноя", "kasim", "listopadu",
      "نوفمبر"],
    &["december", "dec", "dez", "dezember", "decembre", "diciembre", "dic", "dicembre", "dezembro", "grudnia",
      "декабря", "дек", "aralik", "prosince", "ديسمبر"],
];

#[rustfmt::skip]
const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "weds",
    "thu", "thur", "thurs", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonnabend", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so", "lundi", "mardi", "mercredi", "jeudi",
    "vendredi", "samedi", "dimanche", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
    "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica", "segunda", "terca", "quarta",
    "quinta", "sexta", "feira", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lordag", "sondag", "mandag", "tisdag", "poniedzialek",
    "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela", "понедельник", "вторник", "среда", "четверг",
    "пятница", "суббота", "воскресенье", "月", "火", "水", "木", "金", "土", "日", "曜",
];

/// Words that announce a date.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "published", "posted", "updated", "modified", "created", "issued", "date", "publicado", "publicada", "actualizado",
    "atualizado", "publie", "veroffentlicht", "aktualisiert", "stand", "pubblicato", "aggiornato", "publicerad",
    "uppdaterad", "gepubliceerd", "bijgewerkt", "publisert", "oppdatert", "опубликовано", "обновлено", "release",
    "released", "filed", "printed", "first", "last", "online", "original", "web", "article", "story", "edition",
];

/// Words between the parts of a date line: connectors, clock, time zones.
#[rustfmt::skip]
const CONNECTORS: &[&str] = &[
    "on", "at", "as", "of", "the", "a", "p", "am", "pm", "m", "h", "hr", "hrs", "hours", "uhr", "um", "am", "vom",
    "den", "der", "le", "la", "las", "el", "los", "mis", "mise", "jour", "a", "il", "alle", "ore", "de", "del", "e",
    "y", "et", "und", "and", "kl", "klo", "om", "op", "st", "nd", "rd", "th", "er", "t", "z", "from", "local", "time",
    "noon", "midnight", "gmt", "utc", "bst", "ist", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt",
    "pt", "cet", "cest", "mez", "mesz", "eet", "eest", "msk", "jst", "kst", "hkt", "sgt", "wib", "pht", "myt", "aest",
    "aedt", "awst", "acst", "nzst", "nzdt", "sast", "eat", "wat", "gst", "pkt", "brt", "art", "clt", "г", "в", "года",
    "年", "月", "日", "时", "時", "分", "년", "월", "일", "min", "sec",
];

/// Units of relative dates.
#[rustfmt::skip]
pub(super) const UNITS: &[&str] = &[
    "second", "seconds", "hour", "hours", "hr", "hrs", "minute", "minutes", "min", "mins", "day", "days", "week",
    "weeks", "month", "months", "hora", "horas", "minutos", "dias", "stunden", "stunde", "minuten", "tagen", "heures",
    "heure", "jours", "ora", "ore", "minuti", "giorni", "timer", "timmar", "uur", "dagen", "godzin", "godziny",
    "часов", "часа", "час", "минут",
];

/// Words that turn a number of units into a date of the past.
#[rustfmt::skip]
pub(super) const AGO: &[&str] =
    &["ago", "hace", "vor", "il", "y", "a", "fa", "ha", "sedan", "siden", "geleden", "назад", "temu", "for"];

/// The month, 1 to 12, that a folded word names.
pub(super) fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

/// True for a day of the week.
pub(super) fn day_of_week(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// True for a word that stands in date lines around the date itself.
pub(super) fn is_date_word(word: &str) -> bool {
    day_of_week(word) || LABELS.contains(&word) || CONNECTORS.contains(&word)
}

/// The Han and Hangul characters that stand between the numbers of a date.
pub(super) fn is_han(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '时'
            | '時'
            | '分'
            | '년'
            | '월'
            | '일'
            | '曜'
            | '火'
            | '水'
            | '木'
            | '金'
            | '土'
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::shape::fold;
    use super::*;

    #[test]
    fn every_word_is_folded_and_no_month_has_two_numbers() {
        let months = MONTHS.iter().flat_map(|names| names.iter());
        for word in months.chain(WEEKDAYS).chain(LABELS).chain(CONNECTORS).chain(UNITS).chain(AGO) {
            assert_eq!(*word, fold(word), "help: write the word as `fold` gives it");
        }
        for (i, names) in MONTHS.iter().enumerate() {
            assert!(names.iter().all(|name| month(name) == u32::try_from(i + 1).ok()));
        }
    }
}
