use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Experiment",
    plural: "Experiments",
    package: "experiment",
    summary: "A collection of samples and data sets within a project.",
    names: &[("experiment", "experiments"), ("collection", "collections")],
    ids: &[IdForm::PermId("experiment.id.ExperimentPermId"), IdForm::Identifier("experiment.id.ExperimentIdentifier")],
    own_id: "experimentId",
    sort_key: "PERM_ID",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique in its project.").required(),
        Field::new("permId", Text, "Its name for good."),
        Field::new("identifier", Text, "`/SPACE/PROJECT/EXPERIMENT`."),
        Field::new("type", One(Kind::ExperimentType), "What kind of collection it is.").required(),
        Field::new("project", One(Kind::Project), "The project that holds it.").required().updatable(),
        Field::new("properties", Properties, "The values its type asks for.").creatable().updatable(),
        Field::new("tags", Many(Kind::Tag), "The labels that you gave it.").creatable().updatable(),
        Field::new("attachments", Parts(Kind::Attachment), "Files kept with it.").creatable().updatable(),
        Field::new("metaData", Map, "Texts by key, for programs.").creatable().updatable(),
        Field::new("frozen", Flag, "Whether it can no longer be changed.").updatable(),
        Field::new("frozenForDataSets", Flag, "Whether its data sets are settled for good.").updatable(),
        Field::new("frozenForSamples", Flag, "Whether its samples are settled for good.").updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
        Field::new("modifier", One(Kind::Person), "Who changed it last."),
        Field::new("samples", Many(Kind::Sample), "The samples in it."),
        Field::new("dataSets", Many(Kind::DataSet), "The data sets in it."),
    ],
};
