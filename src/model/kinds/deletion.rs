use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Deletion",
    plural: "Deletions",
    package: "deletion",
    summary: "What was put into the trash together.",
    names: &[("deletion", "deletions")],
    ids: &[IdForm::TechId("deletion.id.DeletionTechId")],
    own_id: "",
    sort_key: "",
    verbs: &[Verb::Search],
    fields: &[
        Field::new("reason", Text, "Why."),
        Field::new("deletionDate", Timestamp, "When."),
        Field::new("totalExperimentsCount", Integer, "How many collections went along."),
        Field::new("totalSamplesCount", Integer, "How many samples went along."),
        Field::new("totalDataSetsCount", Integer, "How many data sets went along."),
    ],
};
