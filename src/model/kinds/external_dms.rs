use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "ExternalDms",
    plural: "ExternalDataManagementSystems",
    package: "externaldms",
    summary: "A place outside openBIS where linked files are.",
    names: &[("external_data_management_system", "external_data_management_systems"), ("externalDms", "externalDmses")],
    ids: &[IdForm::Coded("externaldms.id.ExternalDmsPermId", "code")],
    own_id: "externalDmsId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server.").required(),
        Field::new("permId", Text, "The code."),
        Field::new("label", Text, "For people.").creatable().updatable(),
        Field::new("address", Text, "`host:path`, or an URL.").required().updatable(),
        Field::new("urlTemplate", Text, "The address again."),
        Field::new("addressType", Choice(&["OPENBIS", "URL", "FILE_SYSTEM"]), "What kind of place it is.").required(),
        Field::new("openbis", Flag, "Whether it is an openBIS."),
    ],
};
