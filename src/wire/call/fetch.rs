use serde_json::{Map, Value as Json, json};

use crate::model::{Fetch, FieldType, Sort, Verb};
use crate::wire::names;

/// Fetch options that ask for what `fetch` names, and nothing else.
pub(super) fn options(fetch: &Fetch) -> Json {
    let spec = fetch.kind.spec();
    let mut options = Map::new();
    options.insert("@type".into(), names::dto(spec, Verb::Get).into());
    for (name, within) in &fetch.with {
        let Some(field) = spec.field(name) else { continue };
        let inner = match field.ty {
            FieldType::Properties => {
                class("as.dto.property.fetchoptions.PropertyFetchOptions")
            }
            // The one relation that leads to types of any kind.
            FieldType::One(_) if field.name == "entityType" => {
                class("as.dto.entitytype.fetchoptions.EntityTypeFetchOptions")
            }
            FieldType::One(_)
            | FieldType::Many(_)
            | FieldType::Part(_)
            | FieldType::Parts(_) => self::options(within),
            FieldType::Text
            | FieldType::Flag
            | FieldType::Integer
            | FieldType::Timestamp
            | FieldType::Choice(_)
            | FieldType::Texts
            | FieldType::Map
            | FieldType::Bytes => class("as.dto.common.fetchoptions.EmptyFetchOptions"),
        };
        options.insert((*name).into(), inner);
    }
    if let Some(from) = fetch.from {
        options.insert("from".into(), from.into());
    }
    if let Some(count) = fetch.count {
        options.insert("count".into(), count.into());
    }
    if !fetch.sort.is_empty() {
        let class = names::sort_options(spec);
        let sortings: Vec<Json> = fetch.sort.iter().map(sorting).collect();
        options.insert("sort".into(), json!({ "@type": class, "sortings": sortings }));
    }
    options.into()
}

fn class(name: &str) -> Json {
    json!({ "@type": name })
}

fn sorting(sort: &Sort) -> Json {
    json!({
        "@type": "as.dto.common.fetchoptions.Sorting",
        "field": sort.field,
        "order": {
            "@type": "as.dto.common.fetchoptions.SortOrder", "asc": sort.ascending,
        },
    })
}
