use crate::model::{DataType, Kind};
use crate::sandbox::store::Store;

/// A value as histories tell it: terms as `RED [COLOURS]`, materials as `WATER [LIQUID]`.
pub(crate) fn told_value(store: &Store, code: &str, text: &str) -> String {
    let kind = store.find(Kind::PropertyType, "code", code);
    let data_type = kind.and_then(|kind| DataType::named(kind.text("dataType")?));
    match data_type {
        Some(DataType::ControlledVocabulary) => {
            let vocabulary = kind.and_then(|kind| kind.one("vocabulary"));
            let vocabulary = vocabulary.and_then(|number| store.get(number));
            let vocabulary = vocabulary.map(|it| it.code()).unwrap_or_default();
            format!("{text} [{vocabulary}]")
        }
        Some(DataType::Material) => match text.strip_suffix(')') {
            Some(text) => format!("{}]", text.replacen(" (", " [", 1)),
            None => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}
