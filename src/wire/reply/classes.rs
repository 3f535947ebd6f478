//! Which kind an answer's `@type` stands for.
use std::collections::HashMap;
use std::sync::LazyLock;

use super::Untyped;
use crate::model::{Id, IdForm, Kind};
use crate::wire::names;

static ENTITIES: LazyLock<HashMap<String, Kind>> = LazyLock::new(|| {
    Kind::ALL.iter().map(|&kind| (names::entity(kind.spec()), kind)).collect()
});

static IDS: LazyLock<HashMap<String, (Kind, IdForm)>> = LazyLock::new(|| {
    let mut ids = HashMap::new();
    for &kind in Kind::ALL {
        for &form in kind.spec().ids {
            ids.entry(format!("as.dto.{}", form.class())).or_insert((kind, form));
        }
    }
    ids
});

/// The kind of an object, where rhobis knows it.
pub(super) fn entity(class: &str) -> Option<Kind> {
    ENTITIES.get(class).copied()
}

/// Whether the class is an id of a known kind.
pub(super) fn is_id(class: &str) -> bool {
    IDS.contains_key(class)
}

/// The id in an id object; nothing where it says nothing.
pub(super) fn id(class: &str, members: &[(String, Untyped)]) -> Option<Id> {
    let &(kind, form) = IDS.get(class)?;
    let member = |name: &str| {
        let member = members.iter().find(|(key, _)| key == name);
        member.and_then(|(_, value)| value.clone().into_text())
    };
    Some(match form {
        IdForm::PermId(_) | IdForm::Coded(..) | IdForm::Opaque(_) => {
            Id::told(kind, form, member("permId")?)
        }
        IdForm::Identifier(_) => Id::told(kind, form, member("identifier")?),
        IdForm::TechId(_) => Id::told(kind, form, member("techId").or(member("id"))?),
        IdForm::Code(_) => Id::told(kind, form, member("code").or(member("fileName"))?),
        IdForm::TypePermId(_) => {
            let kind = member("entityKind").and_then(|name| names::type_kind(&name));
            Id::told(kind.unwrap_or(Kind::SampleType), form, member("permId")?)
        }
        IdForm::MaterialPermId(_) => {
            let of = member("typeCode").unwrap_or_default();
            Id::told(kind, form, member("code")?).within(of)
        }
        IdForm::TermPermId(_) => {
            let vocabulary = member("vocabularyCode").unwrap_or_default();
            Id::told(kind, form, member("code")?).within(vocabulary)
        }
        IdForm::GroupedTypeId(_) => {
            let group = member("typeGroupId").unwrap_or_default();
            Id::told(kind, form, member("sampleTypeId")?).within(group)
        }
        IdForm::AssignmentPermId(_) => {
            let entity_type = member("entityTypeId").unwrap_or_default();
            Id::told(kind, form, member("propertyTypeId")?).within(entity_type)
        }
    })
}
