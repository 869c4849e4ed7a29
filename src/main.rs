//! The `newsbeat` command.

fn main() {}
