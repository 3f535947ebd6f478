//! What a type says about its properties.
use std::sync::Arc;

use crate::client::PropertyType;
use crate::model::{Record, Value};

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
