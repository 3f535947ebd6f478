use serde_json::{Value as Json, json};

use crate::model::{Id, IdForm};
use crate::wire::names;

/// Classes whose text stands in a member of its own.
const MEMBERS: &[(&str, &str)] = &[
    ("attachment.id.AttachmentFileName", "fileName"),
    ("common.id.CreationId", "creationId"),
    ("query.id.QueryName", "name"),
];

/// An id as openBIS takes it.
pub(in crate::wire) fn id(id: &Id) -> Json {
    let class = format!("as.dto.{}", id.form().class());
    let text = id.text();
    match id.form() {
        IdForm::PermId(_) | IdForm::Coded(..) | IdForm::Opaque(_) => {
            json!({ "@type": class, "permId": text })
        }
        IdForm::Identifier(_) => json!({ "@type": class, "identifier": text }),
        IdForm::TechId(_) => match text.parse::<i64>() {
            Ok(number) => json!({ "@type": class, "techId": number }),
            Err(_) => json!({ "@type": class, "techId": text }),
        },
        IdForm::Code(name) => {
            let member = MEMBERS.iter().find(|row| row.0 == name);
            let member = member.map_or("code", |row| row.1);
            json!({ "@type": class, (member): text })
        }
        IdForm::TypePermId(_) => {
            let kind = names::entity_kind(id.kind());
            json!({ "@type": class, "permId": text, "entityKind": kind })
        }
        IdForm::TermPermId(_) => {
            json!({ "@type": class, "code": text, "vocabularyCode": id.scope() })
        }
        IdForm::MaterialPermId(_) => {
            json!({ "@type": class, "code": text, "typeCode": id.scope() })
        }
        IdForm::GroupedTypeId(_) => json!({
            "@type": class,
            "sampleTypeId": type_id(text, Some("SAMPLE")),
            "typeGroupId": {
                "@type": "as.dto.typegroup.id.TypeGroupId", "permId": id.scope(),
            },
        }),
        IdForm::AssignmentPermId(_) => json!({
            "@type": class,
            "entityTypeId": type_id(id.scope().unwrap_or_default(), Some("SAMPLE")),
            "propertyTypeId": property_type(text),
        }),
    }
}

pub(super) fn list(ids: &[Id]) -> Json {
    ids.iter().map(id).collect()
}

/// The assignment of a property to a type.
pub(super) fn assignment(of: &Id, property: &str) -> Json {
    json!({
        "@type": "as.dto.property.id.PropertyAssignmentPermId",
        "entityTypeId": type_id(of.text(), names::entity_kind(of.kind())),
        "propertyTypeId": property_type(property),
    })
}

fn type_id(code: &str, kind: Option<&str>) -> Json {
    json!({
        "@type": "as.dto.entitytype.id.EntityTypePermId", "permId": code, "entityKind": kind,
    })
}

fn property_type(code: &str) -> Json {
    json!({ "@type": "as.dto.property.id.PropertyTypePermId", "permId": code })
}
