use crate::model::Kind;
use crate::model::spec::{Field, FieldType::*, IdForm, Spec, Verb};

pub(super) const SPEC: Spec = Spec {
    name: "SemanticAnnotation",
    plural: "SemanticAnnotations",
    package: "semanticannotation",
    summary: "What a type or a property means, in the terms of an ontology.",
    names: &[("semantic_annotation", "semantic_annotations")],
    ids: &[IdForm::PermId("semanticannotation.id.SemanticAnnotationPermId")],
    own_id: "semanticAnnotationId",
    sort_key: "",
    verbs: Verb::ALL,
    fields: &[
        Field::new("permId", Text, "Its name for good."),
        Field::new("entityType", One(Kind::SampleType), "The type that it explains.").creatable(),
        Field::new("propertyType", One(Kind::PropertyType), "The property that it explains.").creatable(),
        Field::new("propertyAssignment", One(Kind::PropertyAssignment), "The property of a type that it explains.").creatable(),
        Field::new("predicateOntologyId", Text, "The ontology of the predicate.").creatable().updatable(),
        Field::new("predicateOntologyVersion", Text, "The version of the ontology of the predicate.").creatable().updatable(),
        Field::new("predicateAccessionId", Text, "The term of the ontology of the predicate.").creatable().updatable(),
        Field::new("descriptorOntologyId", Text, "The ontology of the descriptor.").creatable().updatable(),
        Field::new("descriptorOntologyVersion", Text, "The version of the ontology of the descriptor.").creatable().updatable(),
        Field::new("descriptorAccessionId", Text, "The term of the ontology of the descriptor.").creatable().updatable(),
        Field::new("creationDate", Timestamp, "When it was made."),
    ],
};
