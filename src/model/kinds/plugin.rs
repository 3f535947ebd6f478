use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "Plugin",
    plural: "Plugins",
    package: "plugin",
    summary: "A script that the server runs.",
    names: &[("plugin", "plugins")],
    ids: &[IdForm::Coded("plugin.id.PluginPermId", "name")],
    own_id: "pluginId",
    sort_key: "NAME",
    verbs: Verb::ALL,
    fields: &[
        Field::new("name", Text, "Unique on the server.").required(),
        Field::new("permId", Text, "The name."),
        Field::new("description", Text, "Free text.").creatable().updatable(),
        Field::new("pluginType", Choice(&["DYNAMIC_PROPERTY", "MANAGED_PROPERTY", "ENTITY_VALIDATION"]), "What it is for.").required(),
        Field::new("entityKind", Choice(&["SAMPLE", "EXPERIMENT", "DATA_SET", "MATERIAL"]), "What it may be used for; any kind where nothing is said.").creatable().sent_only(),
        Field::new("pluginKind", Choice(&["JYTHON", "PREDEPLOYED"]), "How it runs."),
        Field::new("script", Text, "Its text.").required().updatable().asked(),
        Field::new("available", Flag, "Whether new assignments may use it.").creatable().updatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
    ],
};
