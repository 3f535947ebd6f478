use crate::model::spec::{Field, FieldType::*, Spec};

pub(super) const SPEC: Spec = Spec {
    name: "PhysicalData",
    plural: "PhysicalData",
    package: "dataset",
    summary: "Where the files of a data set are stored.",
    names: &[("physical_data", "physical_data")],
    ids: &[],
    own_id: "",
    sort_key: "",
    verbs: &[],
    fields: &[
        Field::new("status", Choice(&["AVAILABLE", "LOCKED", "ARCHIVED", "UNARCHIVE_PENDING", "ARCHIVE_PENDING", "BACKUP_PENDING"]), "Where its files are: at hand, in the archive, or on the way."),
        Field::new("presentInArchive", Flag, "Whether the archive has a copy."),
        Field::new("archivingRequested", Flag, "Whether somebody wishes it to be archived.").updatable(),
        Field::new("size", Integer, "Bytes of all files."),
        Field::new("location", Text, "The folder in the store."),
        Field::new("shareId", Text, "The share of the store."),
        Field::new("complete", Text, "YES, NO or UNKNOWN."),
        Field::new("speedHint", Integer, "How fast a share it wants."),
        Field::new("storageConfirmation", Flag, "Whether the store has confirmed it."),
    ],
};
