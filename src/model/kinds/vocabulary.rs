use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Vocabulary",
    plural: "Vocabularies",
    package: "vocabulary",
    summary: "A list of words that a property chooses from.",
    names: &[("vocabulary", "vocabularies")],
    ids: &[IdForm::Coded("vocabulary.id.VocabularyPermId", "code")],
    own_id: "vocabularyId",
    sort_key: "CODE",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server; internal ones begin with `$`.").required(),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("managedInternally", Flag, "Whether it belongs to the system.").creatable(),
        Field::new("chosenFromList", Flag, "Whether the web page shows a list.").creatable().updatable(),
        Field::new("urlTemplate", Text, "A page about each term.").creatable().updatable(),
        Field::new("terms", Parts(Kind::VocabularyTerm), "Its words.").creatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
