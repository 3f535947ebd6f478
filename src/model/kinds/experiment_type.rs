use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "ExperimentType",
    plural: "ExperimentTypes",
    package: "experiment",
    summary: "What the collections of one type have in common.",
    names: &[("experiment_type", "experiment_types"), ("collection_type", "collection_types")],
    ids: &[IdForm::TypePermId("entitytype.id.EntityTypePermId")],
    own_id: "typeId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server.").required(),
        Field::new("permId", Text, "The code and the kind of entity."),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("validationPlugin", One(Kind::Plugin), "The script that checks its entities.").creatable().updatable(),
        Field::new("propertyAssignments", Parts(Kind::PropertyAssignment), "The properties that it has, in order.").creatable().updatable(),
        Field::new("forceRemovingAssignments", Flag, "Whether properties may be taken away with their values.").updatable().sent_as("propertyAssignments").sent_only(),
        Field::new("metaData", Map, "Texts by key, for programs.").creatable().updatable(),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
