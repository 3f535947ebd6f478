use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "PropertyType",
    plural: "PropertyTypes",
    package: "property",
    summary: "A property that types can have.",
    names: &[("property_type", "property_types")],
    ids: &[IdForm::Coded("property.id.PropertyTypePermId", "code")],
    own_id: "typeId",
    sort_key: "CODE",
    verbs: Verb::ALL,
    fields: &[
        Field::new("code", Text, "Unique on the server; internal ones begin with `$`.").required(),
        Field::new("permId", Text, "The code."),
        Field::new("label", Text, "What the web page shows.").required().updatable(),
        Field::new("description", Text, "Free text.").required().updatable(),
        Field::new("dataType", Choice(&["INTEGER", "VARCHAR", "MULTILINE_VARCHAR", "REAL", "TIMESTAMP", "DATE", "BOOLEAN", "CONTROLLEDVOCABULARY", "MATERIAL", "HYPERLINK", "XML", "SAMPLE", "JSON", "ARRAY_STRING", "ARRAY_INTEGER", "ARRAY_REAL", "ARRAY_TIMESTAMP"]), "What values it takes.").required().updatable(),
        Field::new("managedInternally", Flag, "Whether it belongs to the system.").creatable(),
        Field::new("vocabulary", One(Kind::Vocabulary), "The vocabulary that its values come from.").creatable(),
        Field::new("sampleType", One(Kind::SampleType), "The type of the samples that its values name.").creatable(),
        Field::new("materialType", One(Kind::MaterialType), "The type of the materials that its values name.").creatable(),
        Field::new("schema", Text, "The XML schema that its values follow.").creatable().updatable(),
        Field::new("transformation", Text, "How the web page shows its XML.").creatable().updatable(),
        Field::new("metaData", Map, "Texts by key, for programs: `custom_widget`.").creatable().updatable(),
        Field::new("multiValue", Flag, "Whether it takes several values.").creatable().newer(),
        Field::new("pattern", Text, "What its values have to be like, as `patternType` says.").creatable().updatable().newer(),
        Field::new("patternType", Choice(&["PATTERN", "RANGES", "VALUES"]), "How `pattern` is read: a regular expression, ranges such as `1-10, 20-30`, or values such as `a, b`.").creatable().updatable().newer(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
    ],
};
