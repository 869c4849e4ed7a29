//! Where tables go: a file, or standard output.
