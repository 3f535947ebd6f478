use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "OperationExecution",
    plural: "OperationExecutions",
    package: "operation",
    summary: "A call of executeOperations that the server recorded.",
    names: &[("operation_execution", "operation_executions")],
    ids: &[IdForm::Opaque("operation.id.OperationExecutionPermId")],
    own_id: "executionId",
    sort_key: "",
    verbs: &[Verb::Get, Verb::Search, Verb::Update, Verb::Delete],
    fields: &[
        Field::new("permId", Text, "Made by the client, or by the server."),
        Field::new("code", Text, "The same."),
        Field::new("state", Choice(&["NEW", "SCHEDULED", "RUNNING", "FINISHED", "FAILED"]), "How far it is."),
        Field::new("owner", One(Kind::Person), "Who called."),
        Field::new("description", Text, "Free text.").updatable(),
        Field::new("availability", Text, "Whether it is still kept."),
        Field::new("availabilityTime", Integer, "Seconds that it is kept."),
        Field::new("summaryAvailability", Text, "Whether the summary is still kept."),
        Field::new("summaryAvailabilityTime", Integer, "Seconds that the summary is kept."),
        Field::new("detailsAvailability", Text, "Whether the details are still kept."),
        Field::new("detailsAvailabilityTime", Integer, "Seconds that the details are kept."),
        Field::new("creationDate", Timestamp, "When the server got it."),
        Field::new("startDate", Timestamp, "When it began."),
        Field::new("finishDate", Timestamp, "When it ended."),
    ],
};
