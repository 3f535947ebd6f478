use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Space",
    plural: "Spaces",
    package: "space",
    summary: "A top-level folder, and the unit of access rights.",
    names: &[("space", "spaces")],
    ids: &[IdForm::Coded("space.id.SpacePermId", "code")],
    own_id: "spaceId",
    sort_key: "CODE",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server.").required(),
        Field::new("permId", Text, "The code."),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("frozen", Flag, "Whether it can no longer be changed.").updatable(),
        Field::new("frozenForProjects", Flag, "Whether its projects are settled for good.").updatable(),
        Field::new("frozenForSamples", Flag, "Whether its samples are settled for good.").updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
        Field::new("projects", Many(Kind::Project), "The projects in it."),
        Field::new("samples", Many(Kind::Sample), "The samples that lie in it directly."),
    ],
};
