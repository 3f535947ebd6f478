use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, Spec};

pub(super) const SPEC: Spec = Spec {
    name: "Attachment",
    plural: "Attachments",
    package: "attachment",
    summary: "A small file kept with a project, collection or sample.",
    names: &[("attachment", "attachments")],
    ids: &[],
    own_id: "",
    sort_key: "",
    verbs: &[],
    fields: &[
        Field::new("fileName", Text, "The name of the file.").required(),
        Field::new("title", Text, "A line about it.").creatable(),
        Field::new("description", Text, "Free text.").creatable(),
        Field::new("content", Bytes, "The bytes of the file.").required().asked(),
        Field::new("version", Integer, "Counted from 1 for each file name."),
        Field::new("permlink", Text, "The page of this version."),
        Field::new("latestVersionPermlink", Text, "The page of the latest version."),
        Field::new("previousVersion", Part(Kind::Attachment), "The version before."),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
    ],
};
