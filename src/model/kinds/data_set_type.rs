use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "DataSetType",
    plural: "DataSetTypes",
    package: "dataset",
    summary: "What the data sets of one type have in common.",
    names: &[("dataset_type", "dataset_types")],
    ids: &[IdForm::TypePermId("entitytype.id.EntityTypePermId")],
    own_id: "typeId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server.").required(),
        Field::new("permId", Text, "The code and the kind of entity."),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("mainDataSetPattern", Text, "Which file is the main one, as a regular expression.").creatable().updatable(),
        Field::new("mainDataSetPath", Text, "In which folder the main file is.").creatable().updatable(),
        Field::new("disallowDeletion", Flag, "Whether its data sets are kept for good.").creatable().updatable(),
        Field::new("validationPlugin", One(Kind::Plugin), "The script that checks its entities.").creatable().updatable(),
        Field::new("propertyAssignments", Parts(Kind::PropertyAssignment), "The properties that it has, in order.").creatable().updatable(),
        Field::new("forceRemovingAssignments", Flag, "Whether properties may be taken away with their values.").updatable().sent_as("propertyAssignments").sent_only(),
        Field::new("metaData", Map, "Texts by key, for programs.").creatable().updatable(),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
