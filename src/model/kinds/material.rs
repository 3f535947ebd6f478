use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Material",
    plural: "Materials",
    package: "material",
    summary: "A substance known by its code; newer servers have samples instead.",
    names: &[("material", "materials")],
    ids: &[IdForm::MaterialPermId("material.id.MaterialPermId")],
    own_id: "materialId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique in its type.").required(),
        Field::new("permId", Text, "The code and the type."),
        Field::new("type", One(Kind::MaterialType), "What kind of substance it is.").required(),
        Field::new("description", Text, "Free text.").creatable().sent_only(),
        Field::new("properties", Properties, "The values its type asks for.").creatable().updatable(),
        Field::new("tags", Many(Kind::Tag), "The labels that you gave it.").creatable().updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
