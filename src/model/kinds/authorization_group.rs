use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "AuthorizationGroup",
    plural: "AuthorizationGroups",
    package: "authorizationgroup",
    summary: "Persons who share roles.",
    names: &[("group", "groups")],
    ids: &[IdForm::Coded("authorizationgroup.id.AuthorizationGroupPermId", "code")],
    own_id: "groupId",
    sort_key: "CODE",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server.").required(),
        Field::new("permId", Text, "The code."),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("users", Many(Kind::Person), "Its members.").creatable().updatable(),
        Field::new("roleAssignments", Many(Kind::RoleAssignment), "Its roles."),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
