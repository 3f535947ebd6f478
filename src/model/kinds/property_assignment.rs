use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "PropertyAssignment",
    plural: "PropertyAssignments",
    package: "property",
    summary: "A property of a type.",
    names: &[("property_assignment", "property_assignments")],
    ids: &[IdForm::AssignmentPermId("property.id.PropertyAssignmentPermId")],
    own_id: "",
    sort_key: "",
    verbs: &[Verb::Search],
    fields: &[
        Field::new("propertyType", One(Kind::PropertyType), "The property.").required(),
        Field::new("mandatory", Flag, "Whether it must have a value.").creatable(),
        Field::new("unique", Flag, "Whether no two objects of the type may have the same value.").creatable().newer(),
        Field::new("section", Text, "The group in which the web page shows it.").creatable(),
        Field::new("ordinal", Integer, "Its place, counted from 1.").creatable(),
        Field::new("plugin", One(Kind::Plugin), "The script that computes it.").creatable(),
        Field::new("showInEditView", Flag, "Whether the web page lets one edit it.").creatable(),
        Field::new("showRawValueInForms", Flag, "Whether the web page shows the stored text.").creatable(),
        Field::new("initialValueForExistingEntities", Text, "What objects without a value get.").creatable().sent_only(),
        Field::new("semanticAnnotationsInherited", Flag, "Whether its meaning is that of its property type."),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
    ],
};
