use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "DataStore",
    plural: "DataStores",
    package: "datastore",
    summary: "A server that keeps the files of data sets.",
    names: &[("datastore", "datastores")],
    ids: &[IdForm::Coded("datastore.id.DataStorePermId", "code")],
    own_id: "",
    sort_key: "",
    verbs: &[Verb::Search],
    fields: &[
        Field::new("code", Text, "Unique on the server."),
        Field::new("downloadUrl", Text, "Where people reach it."),
        Field::new("remoteUrl", Text, "Where the application server reaches it."),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("modificationDate", Timestamp, "When it was last changed."),
    ],
};
