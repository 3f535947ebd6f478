use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Tag",
    plural: "Tags",
    package: "tag",
    summary: "A label of your own on collections, samples and data sets.",
    names: &[("tag", "tags")],
    ids: &[IdForm::Opaque("tag.id.TagPermId"), IdForm::Code("tag.id.TagCode")],
    own_id: "tagId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "The label.").required(),
        Field::new("permId", Text, "`/USER/CODE`."),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("private", Flag, "Always true: others do not see it."),
        Field::new("owner", One(Kind::Person), "Whose it is."),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("experiments", Many(Kind::Experiment), "The collections that carry it.").creatable().updatable(),
        Field::new("samples", Many(Kind::Sample), "The samples that carry it.").creatable().updatable(),
        Field::new("dataSets", Many(Kind::DataSet), "The data sets that carry it.").creatable().updatable(),
    ],
};
