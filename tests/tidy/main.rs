//! The rules of the house that the compiler does not know: which layer may use which,
//! how long files and functions may be, which names and words are not used.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
mod budgets;
mod layers;
mod names;
mod parity;
mod source;
mod words;
