use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "RoleAssignment",
    plural: "RoleAssignments",
    package: "roleassignment",
    summary: "A role given to a person or a group.",
    names: &[("role_assignment", "role_assignments")],
    ids: &[IdForm::TechId("roleassignment.id.RoleAssignmentTechId")],
    own_id: "",
    sort_key: "",
    verbs: &[Verb::Create, Verb::Get, Verb::Search, Verb::Delete],
    fields: &[
        Field::new("role", Choice(&["ADMIN", "POWER_USER", "USER", "OBSERVER", "ETL_SERVER", "DISABLED"]), "What it allows.").required(),
        Field::new("roleLevel", Choice(&["INSTANCE", "SPACE", "PROJECT"]), "How far it reaches."),
        Field::new("user", One(Kind::Person), "Who has it.").creatable(),
        Field::new("authorizationGroup", One(Kind::AuthorizationGroup), "Which group has it.").creatable(),
        Field::new("space", One(Kind::Space), "The space where it holds.").creatable(),
        Field::new("project", One(Kind::Project), "The project where it holds.").creatable(),
        Field::new("registrationDate", Timestamp, "When it was made."),
        Field::new("registrator", One(Kind::Person), "Who made it."),
    ],
};
