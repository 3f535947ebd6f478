//! Texts that are kept small: what a call of thousand creations did is told in megabytes.
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// The text in fewer bytes; no bytes would mean that memory cannot be written to.
pub(super) fn pack(text: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    let packed = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    let mut packed = packed.unwrap_or_default();
    packed.shrink_to_fit();
    packed
}

/// The text that was packed; nothing, where it was not.
pub(super) fn unpack(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    DeflateDecoder::new(bytes).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_itself_takes_little_room_and_comes_back() {
        let text = "20231114221320000-57, ".repeat(1_000);
        let packed = pack(&text);
        assert!(packed.len() < text.len() / 20, "{}", packed.len());
        assert_eq!(unpack(&packed), Some(text));
        assert_eq!(unpack(b"no such thing"), None);
    }
}
