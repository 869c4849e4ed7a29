//! Faults of the program itself: a panic over one article is a reject, not the end of the run.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};

use newsbeat::{Error, Result};

thread_local! {
    static IS_CATCHING: Cell<bool> = const { Cell::new(false) };
    static SEEN_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Lets panics that will be caught pass without a message of their own; their place goes into the reject.
pub(crate) fn quieten_caught() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if IS_CATCHING.get() {
            SEEN_AT.set(panic.location().map(ToString::to_string));
        } else {
            default(panic);
        }
    }));
}

/// What `work` gives, or a reject that names `place` if it panics. What `work` has changed by then is not to be used.
pub(crate) fn caught<T>(place: impl std::fmt::Display, work: impl FnOnce() -> T) -> Result<T> {
    let outer = IS_CATCHING.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    IS_CATCHING.set(outer);
    outcome.map_err(|payload| {
        let at = SEEN_AT.take().map_or_else(String::new, |at| format!(" at {at}"));
        let problem = format!(
            "must not make newsbeat fail, got a fault{at}, please report it: {}",
            message(payload.as_ref())
        );
        Error::record(place, problem)
    })
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let literal = payload.downcast_ref::<&str>().copied();
    literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_reject_with_its_place_and_message() {
        quieten_caught();
        let empty: &[i32] = &[];
        let error =
            caught("news.csv, article a17", || empty[std::hint::black_box(0)]).unwrap_err().to_string();
        assert!(
            error.starts_with("news.csv, article a17: must not make newsbeat fail, got a fault at src"),
            "{error}"
        );
        assert!(error.ends_with("index out of bounds: the len is 0 but the index is 0"), "{error}");
        let error = caught("x", || panic!("plain")).map(|(): ()| ()).unwrap_err().to_string();
        assert!(error.ends_with(": plain"), "{error}");
        assert_eq!(caught("x", || 1).unwrap(), 1);
    }
}
