use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "TypeGroup",
    plural: "TypeGroups",
    package: "typegroup",
    summary: "Sample types that belong together; newer servers only.",
    names: &[("type_group", "type_groups")],
    ids: &[IdForm::Coded("typegroup.id.TypeGroupId", "code")],
    own_id: "typeGroupId",
    sort_key: "CODE",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server.").required().updatable(),
        Field::new("managedInternally", Flag, "Whether it belongs to openBIS itself.").creatable(),
        Field::new("typeGroupAssignments", Many(Kind::TypeGroupAssignment), "The sample types in it."),
        Field::new("metaData", Map, "Texts by key.").creatable().updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
        Field::new("modifier", One(Kind::Person), "Who changed it last."),
    ],
};
