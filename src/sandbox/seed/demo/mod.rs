use super::ground::Ground;
pub(super) fn plant(_: &mut Ground<'_>) {}
