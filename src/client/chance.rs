//! Names that nobody else bears.
use std::hash::{BuildHasher, RandomState};

/// A UUID of version 4.
pub(super) fn uuid() -> String {
    let (high, low) = (number(), number());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

/// By chance, from the randomness of the operating system.
pub(super) fn number() -> u64 {
    RandomState::new().hash_one(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_its_five_parts_and_differs_from_the_next_one() {
        let uuid = uuid();
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_ne!(uuid, super::uuid());
    }
}
