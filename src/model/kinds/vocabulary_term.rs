use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "VocabularyTerm",
    plural: "VocabularyTerms",
    package: "vocabulary",
    summary: "A word of a vocabulary.",
    names: &[("term", "terms")],
    ids: &[IdForm::TermPermId("vocabulary.id.VocabularyTermPermId")],
    own_id: "vocabularyTermId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique in its vocabulary.").required(),
        Field::new("permId", Text, "The code and the vocabulary."),
        Field::new("vocabulary", One(Kind::Vocabulary), "The list that it belongs to.").required(),
        Field::new("label", Text, "What the web page shows.").creatable().updatable(),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("ordinal", Integer, "Its place."),
        Field::new("official", Flag, "Whether it is more than a proposal.").creatable().updatable(),
        Field::new("previousTerm", One(Kind::VocabularyTerm), "The term that it stands behind.").creatable().updatable().sent_only(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
