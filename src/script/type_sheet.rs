//! What a type says about its properties.
use std::sync::Arc;

use crate::client::PropertyType;
use crate::model::{DataType, Record, Value};

/// The properties of one sample, collection or data set type.
#[derive(Clone, Debug)]
pub(super) struct TypeSheet {
    pub(super) code: String,
    pub(super) properties: Arc<Vec<PropertyType>>,
}

impl TypeSheet {
    /// The property by its code as people write it.
    pub(super) fn rule(&self, name: &str) -> Option<&PropertyType> {
        named(&self.properties, name)
    }

    pub(super) fn codes(&self) -> Vec<String> {
        self.properties.iter().map(|rule| rule.code.to_lowercase()).collect()
    }
}

/// A property by its code: any case, `_name` or `name` for `$NAME`.
pub(super) fn named<'p>(
    properties: &'p [PropertyType],
    name: &str,
) -> Option<&'p PropertyType> {
    let code = name.to_uppercase();
    let internal = format!("${}", code.trim_start_matches('_'));
    let by = |code: &str| properties.iter().find(|rule| rule.code == code);
    by(&code).or_else(|| by(&internal))
}

/// What a property type says by itself.
pub(super) fn property_type(property: &Record) -> Option<PropertyType> {
    let code_of = |field: &str| match property.get(field) {
        Ok(Some(Value::One(link))) => {
            link.record.as_ref()?.text("code").map(str::to_owned)
        }
        Ok(_) | Err(_) => None,
    };
    Some(PropertyType {
        code: property.text("code")?.to_owned(),
        label: property.text("label").unwrap_or_default().to_owned(),
        data_type: DataType::named(property.text("dataType")?)?,
        vocabulary: code_of("vocabulary"),
        sample_type: code_of("sampleType"),
        mandatory: false,
    })
}

/// The records at the end of a list of links.
pub(super) fn linked<'r>(
    record: &'r Record,
    field: &str,
) -> impl Iterator<Item = &'r Record> + use<'r> {
    let links = match record.get(field) {
        Ok(Some(Value::Many(links))) => links.as_slice(),
        Ok(_) | Err(_) => &[],
    };
    links.iter().filter_map(|link| link.record.as_deref())
}
