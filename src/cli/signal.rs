//! Ctrl-C and termination: no unfinished file stays, and the exit code says which signal it was.

/// Watches for signals on a thread of its own, so that the run ends at once whatever it is doing.
#[cfg(unix)]
pub(crate) fn watch() -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            newsbeat::file::abandon_all();
            #[expect(clippy::exit, reason = "other threads may be waiting for input that never comes")]
            // 130 and 143, as shells have it.
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Elsewhere the system ends the process; a later run sweeps what it leaves.
#[cfg(not(unix))]
pub(crate) fn watch() -> std::io::Result<()> {
    Ok(())
}
