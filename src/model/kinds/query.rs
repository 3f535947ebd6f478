use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Query",
    plural: "Queries",
    package: "query",
    summary: "A question to a data base, kept under a name.",
    names: &[("query", "queries")],
    ids: &[IdForm::TechId("query.id.QueryTechId"), IdForm::Code("query.id.QueryName")],
    own_id: "queryId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("permId", Text, "A number."),
        Field::new("name", Text, "Unique on the server.").required().updatable(),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("databaseLabel", Text, "The data base, for people."),
        Field::new("queryType", Choice(&["GENERIC", "EXPERIMENT", "SAMPLE", "DATA_SET", "MATERIAL"]), "What it is about.").required().updatable(),
        Field::new("entityTypeCodePattern", Text, "Which types it is about.").creatable().updatable(),
        Field::new("sql", Text, "Its text.").required().updatable(),
        Field::new("publicFlag", Flag, "Whether others may run it.").creatable().updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
