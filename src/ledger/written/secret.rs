//! What is never written down.
use crate::model::Kind;

/// Fields whose values let somebody in.
const FIELDS: &[(Kind, &str)] =
    &[(Kind::PersonalAccessToken, "permId"), (Kind::PersonalAccessToken, "hash")];

/// Kinds whose ids let somebody in.
const KINDS: &[Kind] = &[Kind::PersonalAccessToken];

/// Whether the value of this field is left out.
pub(in crate::ledger) fn is_secret(kind: Kind, field: &str) -> bool {
    FIELDS.contains(&(kind, field))
}

pub(super) fn is_secret_kind(kind: Kind) -> bool {
    KINDS.contains(&kind)
}
