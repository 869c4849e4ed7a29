//! Bytes to articles, by readers of formats that crates of others read.

use std::io::Cursor;

use newsbeat::article::read::INPUT_FORMATS;

use super::articles::{article_holds, read};
use super::choice;

/// The first byte chooses the format.
pub(super) fn hold(bytes: &[u8]) {
    let (number, bytes) = choice(bytes);
    let name = if number % 2 == 0 { "parquet" } else { "arrow" };
    let format = INPUT_FORMATS.iter().find(|format| format.name == name).expect("it is built in");
    for article in read(Cursor::new(bytes.to_vec()), format) {
        match article {
            Ok(article) => article_holds(&article, false, None),
            Err(error) => {
                let text = error.to_string();
                assert!(text.contains("news.") && !error.reason().is_empty(), "{text}");
            }
        }
    }
}
