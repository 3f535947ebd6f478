use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Person",
    plural: "Persons",
    package: "person",
    summary: "Somebody who can log in.",
    names: &[("person", "persons"), ("user", "users")],
    ids: &[IdForm::Coded("person.id.PersonPermId", "userId")],
    own_id: "userId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("userId", Text, "The name used at login.").required(),
        Field::new("permId", Text, "The user id."),
        Field::new("firstName", Text, "Given by the authentication service."),
        Field::new("lastName", Text, "Given by the authentication service."),
        Field::new("email", Text, "Given by the authentication service."),
        Field::new("space", One(Kind::Space), "The home space.").creatable().updatable(),
        Field::new("active", Flag, "Whether the person may log in.").updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
    ],
};
