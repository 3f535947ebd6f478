use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "PersonalAccessToken",
    plural: "PersonalAccessTokens",
    package: "pat",
    summary: "A token that logs somebody in without a password.",
    names: &[("personal_access_token", "personal_access_tokens")],
    ids: &[IdForm::Opaque("pat.id.PersonalAccessTokenPermId")],
    own_id: "personalAccessTokenId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("permId", Text, "The token itself: a secret."),
        Field::new("hash", Text, "The token itself: a secret."),
        Field::new("sessionName", Text, "Tokens of one owner with one name share a session.").required(),
        Field::new("validFromDate", Timestamp, "From when it holds.").required(),
        Field::new("validToDate", Timestamp, "Until when it holds.").required(),
        Field::new("owner", One(Kind::Person), "Whose it is.").creatable(),
        Field::new("accessDate", Timestamp, "When it was last used.").updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
        Field::new("modifier", One(Kind::Person), "Who changed it last."),
    ],
};
