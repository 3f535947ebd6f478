use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "TypeGroupAssignment",
    plural: "TypeGroupAssignments",
    package: "typegroup",
    summary: "A sample type in a group of types; newer servers only.",
    names: &[("type_group_assignment", "type_group_assignments")],
    ids: &[IdForm::GroupedTypeId("typegroup.id.TypeGroupAssignmentId")],
    own_id: "",
    sort_key: "",
    verbs: &[Verb::Create, Verb::Get, Verb::Search, Verb::Delete],
    fields: &[
        Field::new("sampleType", One(Kind::SampleType), "The sample type.").required(),
        Field::new("typeGroup", One(Kind::TypeGroup), "The group that it is in.").required(),
        Field::new("managedInternally", Flag, "Whether it belongs to openBIS itself.").creatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
    ],
};
