//! The properties of an answer.
use super::Answerer;
use crate::model::{DataType, Kind, several};
use crate::sandbox::fault::failed;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::{ids, values};
use crate::wire::Fault;
use crate::wire::bean::{Api, Node, View};

impl Answerer<'_> {
    /// Values by code, without those that name a sample in the trash or a hidden one.
    pub(super) fn properties(
        &self,
        object: &Object,
    ) -> Result<Vec<(String, Node)>, Fault> {
        let properties = object.map("properties");
        // An array without a part can be kept, but not read.
        if properties.is_some_and(|all| all.values().any(String::is_empty)) {
            return Err(failed("No value present"));
        }
        let properties = properties.into_iter().flatten();
        let shown = properties.filter_map(|(code, value)| {
            let value = if self.is_of(DataType::Sample, code) {
                several::each(value)
                    .filter(|value| self.shows_sample(value))
                    .map(Node::from)
                    .collect()
            } else {
                several::each(value).map(|value| self.value(code, value)).collect()
            };
            Some((code.clone(), alone(value)?))
        });
        Ok(shown.collect())
    }

    /// One value: to newer servers' clients a list where it is one.
    fn value(&self, code: &str, value: &str) -> Node {
        match self.api {
            Api::Newer if ARRAYS.iter().any(|&array| self.is_of(array, code)) => {
                Node::List(values::parts(value).map(Node::from).collect())
            }
            Api::Newer | Api::Of2023 => value.into(),
        }
    }

    /// A text from before the property led to samples is shown as it is.
    fn shows_sample(&self, value: &str) -> bool {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_perm_id =
            value.split_once('-').is_some_and(|(a, b)| digits(a) && digits(b));
        let sample = self.store.find(Kind::Sample, "permId", value);
        !is_perm_id || sample.is_some_and(|named| self.sees(named.number))
    }

    fn is_of(&self, data_type: DataType, code: &str) -> bool {
        let kind = self.store.find(Kind::PropertyType, "code", code);
        kind.is_some_and(|kind| kind.text("dataType") == Some(data_type.name()))
    }

    /// The objects that the properties of a data type name, by code; of several the first.
    pub(super) fn named(
        &mut self,
        data_type: DataType,
        object: &Object,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        let mut items = Vec::new();
        for (code, value) in object.map("properties").into_iter().flatten() {
            if !self.is_of(data_type, code) {
                continue;
            }
            let mut targets =
                several::each(value).filter_map(|one| self.target(data_type, one));
            if let Some(target) = targets.find(|&target| self.sees(target)) {
                items.push((code.clone(), self.answer(target, options)?));
            }
        }
        Ok(Node::Map(items))
    }

    /// What a value of a data type names.
    fn target(&self, data_type: DataType, value: &str) -> Option<Number> {
        if data_type == DataType::Material {
            return ids::material_named(self.store, value);
        }
        self.store.find(Kind::Sample, "permId", value).map(|sample| sample.number)
    }
}

const ARRAYS: [DataType; 4] = [
    DataType::ArrayString,
    DataType::ArrayInteger,
    DataType::ArrayReal,
    DataType::ArrayTimestamp,
];

/// Several values are a list, one is told by itself.
fn alone(mut values: Vec<Node>) -> Option<Node> {
    match values.len() {
        0 | 1 => values.pop(),
        _ => Some(Node::List(values)),
    }
}
