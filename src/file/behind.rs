//! Bringing a long file to the disk while more of it is being written, so that little is left to wait for at the end.

use std::fs::File;
use std::io;
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

/// Bytes of a file that is worth a thread.
const LEAST: usize = 1 << 20;

/// Bytes after which a file is synced at the latest; until then it is whenever it has grown to twice its length.
const MOST: usize = 16 << 20;

/// What is behind the writing of a file.
#[derive(Debug, Default)]
pub(super) struct Behind {
    n_bytes: usize,
    n_synced: usize,
    syncing: Option<Syncing>,
}

#[derive(Debug)]
struct Syncing {
    more: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Behind {
    /// Notes that so many bytes more have been written to `file`.
    pub(super) fn written(&mut self, file: &File, n_bytes: usize) {
        self.n_bytes += n_bytes;
        if self.n_bytes - self.n_synced < self.n_synced.clamp(LEAST, MOST) {
            return;
        }
        self.n_synced = self.n_bytes;
        if self.syncing.is_none() {
            // Without a thread, all is synced at the end.
            self.syncing = Syncing::start(file).ok();
        }
        if let Some(syncing) = &self.syncing {
            // It may still be busy, and will be asked again.
            let _ = syncing.more.try_send(());
        }
    }

    /// Waits for what is under way. What a disk refuses is told only once, so it must be asked for here.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let Some(Syncing { more, thread }) = self.syncing.take() else { return Ok(()) };
        drop(more);
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

impl Syncing {
    fn start(file: &File) -> io::Result<Self> {
        let file = file.try_clone()?;
        let (more, asked) = mpsc::sync_channel(1);
        let sync = move || asked.into_iter().try_for_each(|()| file.sync_data());
        Ok(Self { more, thread: thread::Builder::new().spawn(sync)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_synced_on_a_thread_and_a_short_one_is_not() {
        let file = tempfile::tempfile().unwrap();
        let mut behind = Behind::default();
        behind.written(&file, LEAST - 1);
        assert!(behind.syncing.is_none());
        behind.written(&file, 1);
        assert!(behind.syncing.is_some());
        let mut synced = Vec::new();
        for _ in 0..64 {
            behind.written(&file, LEAST);
            synced.push(behind.n_synced / LEAST);
        }
        synced.dedup();
        assert_eq!(synced, [2, 4, 8, 16, 32, 48, 64]);
        behind.finish().unwrap();
        assert!(behind.syncing.is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_a_disk_refuses_is_told_at_the_end() {
        // A pipe cannot be synced.
        let (_reader, writer) = io::pipe().unwrap();
        let file = File::from(std::os::fd::OwnedFd::from(writer));
        let mut behind = Behind::default();
        behind.written(&file, LEAST);
        assert!(behind.finish().is_err());
    }
}
