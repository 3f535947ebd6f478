use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Project",
    plural: "Projects",
    package: "project",
    summary: "A folder of collections within a space.",
    names: &[("project", "projects")],
    ids: &[IdForm::PermId("project.id.ProjectPermId"), IdForm::Identifier("project.id.ProjectIdentifier")],
    own_id: "projectId",
    sort_key: "PERM_ID",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique in its space.").required(),
        Field::new("permId", Text, "Its name for good."),
        Field::new("identifier", Text, "`/SPACE/PROJECT`."),
        Field::new("space", One(Kind::Space), "The space that holds it.").required().updatable(),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("leader", One(Kind::Person), "Who leads it.").creatable(),
        Field::new("attachments", Parts(Kind::Attachment), "Files kept with it.").creatable().updatable(),
        Field::new("frozen", Flag, "Whether it can no longer be changed.").updatable(),
        Field::new("frozenForExperiments", Flag, "Whether its collections are settled for good.").updatable(),
        Field::new("frozenForSamples", Flag, "Whether its samples are settled for good.").updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
        Field::new("modifier", One(Kind::Person), "Who changed it last."),
        Field::new("experiments", Many(Kind::Experiment), "The collections in it."),
        Field::new("samples", Many(Kind::Sample), "The samples in it."),
    ],
};
