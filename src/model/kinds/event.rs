use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Event",
    plural: "Events",
    package: "event",
    summary: "What was deleted or frozen for good, and why.",
    names: &[("event", "events")],
    ids: &[IdForm::TechId("event.id.EventTechId")],
    own_id: "",
    sort_key: "",
    verbs: &[Verb::Search],
    fields: &[
        Field::new("eventType", Choice(&["DELETION", "MOVEMENT", "FREEZING"]), "What happened."),
        Field::new("entityType", Choice(&["ATTACHMENT", "DATA_SET", "EXPERIMENT", "SPACE", "MATERIAL", "PROJECT", "PROPERTY_TYPE", "SAMPLE", "VOCABULARY", "AUTHORIZATION_GROUP", "TAG"]), "To what."),
        Field::new("entitySpace", Text, "The code of the space that it was in."),
        Field::new("entityProject", Text, "The identifier of the project that it was in."),
        Field::new("entityRegistrator", Text, "The user who had made it."),
        Field::new("entityRegistrationDate", Timestamp, "When it had been made."),
        Field::new("identifier", Text, "Of what is gone the permId or code, of what is frozen the identifier."),
        Field::new("description", Text, "What it was called."),
        Field::new("reason", Text, "Why; of a freezing what was frozen, as JSON."),
        Field::new("content", Text, "What it held, as JSON."),
        Field::new("registrator", One(Kind::Person), "Who did it."),
        Field::new("registrationDate", Timestamp, "When."),
    ],
};
