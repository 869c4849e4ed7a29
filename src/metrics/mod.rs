//! Numbers about a text.
