//! How separated values are written for a spreadsheet program of a country.

use crate::error::{Error, Result};

/// What a file of separated values has beside its values. The default is what programs read: no byte-order mark,
/// decimal points, lines that end in a line feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dialect {
    /// A byte-order mark in front and lines that end as RFC 4180 has it, so that a double click opens the file right in
    /// Excel.
    pub excel: bool,
    /// Decimal mark and separator of a country.
    pub locale: Locale,
}

/// What a spreadsheet program set to a language expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    /// ISO 639-1 code, with ISO 3166-1 where a country differs.
    pub code: &'static str,
    /// Decimal mark.
    pub decimal: char,
    /// Between the fields of a CSV file.
    pub separator: u8,
}

impl Locale {
    const fn comma(code: &'static str) -> Self {
        Self { code, decimal: ',', separator: b';' }
    }

    const fn point(code: &'static str) -> Self {
        Self { code, decimal: '.', separator: b',' }
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::point("en")
    }
}

/// Locales by code. Decimal marks as in Unicode's CLDR; where it is a comma, the separator is a semicolon.
pub static LOCALES: &[Locale] = &[
    Locale::point("en"),
    Locale::comma("bg"),
    Locale::comma("ca"),
    Locale::comma("cs"),
    Locale::comma("da"),
    Locale::comma("de"),
    Locale { code: "de-CH", decimal: '.', separator: b';' },
    Locale::comma("el"),
    Locale::comma("es"),
    Locale::point("es-MX"),
    Locale::comma("et"),
    Locale::comma("fi"),
    Locale::comma("fr"),
    Locale::comma("hr"),
    Locale::comma("hu"),
    Locale::comma("id"),
    Locale::comma("it"),
    Locale::point("ja"),
    Locale::point("ko"),
    Locale::comma("lt"),
    Locale::comma("lv"),
    Locale::comma("nb"),
    Locale::comma("nl"),
    Locale::comma("pl"),
    Locale::comma("pt"),
    Locale::comma("ro"),
    Locale::comma("ru"),
    Locale::comma("sk"),
    Locale::comma("sl"),
    Locale::comma("sv"),
    Locale::comma("tr"),
    Locale::comma("uk"),
    Locale::comma("vi"),
    Locale::point("zh"),
];

impl Locale {
    /// The locale of a code, or of its language: `de-AT` is `de`.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn named(code: &str) -> Result<Self> {
        let tag = code.replace('_', "-");
        let find = |wanted: &str| LOCALES.iter().find(|l| l.code.eq_ignore_ascii_case(wanted)).copied();
        find(&tag).or_else(|| find(tag.split('-').next()?)).ok_or_else(|| {
            let codes: Vec<_> = LOCALES.iter().map(|l| l.code).collect();
            Error::parameter("locale", format!("must be one of {}", codes.join(", ")), code)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_that_does_not_differ_is_its_language() {
        for (code, expected) in [("de", "de"), ("de_AT", "de"), ("de-ch", "de-CH"), ("pt-BR", "pt")] {
            assert_eq!(Locale::named(code).unwrap().code, expected);
        }
        assert!(Locale::named("xx").unwrap_err().to_string().ends_with(", got xx"));
        assert_eq!(LOCALES[0], Locale::default());
    }

    #[test]
    fn a_separator_is_never_the_decimal_mark() {
        for locale in LOCALES {
            assert_ne!(locale.decimal, char::from(locale.separator), "{}", locale.code);
        }
    }
}
