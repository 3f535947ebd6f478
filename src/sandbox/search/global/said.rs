use std::borrow::Cow;
use std::fmt;

use crate::model::{DataType, Kind, several};
use crate::sandbox::ids;
use crate::sandbox::search::attribute;
use crate::sandbox::store::{Object, Store};

/// A text of an object, and what it is.
pub(super) struct Line<'s> {
    place: Place<'s>,
    text: Cow<'s, str>,
}

/// Where a text stands.
enum Place<'s> {
    PermId,
    Code,
    Identifier,
    Type,
    /// A property, by its label.
    Property(&'s str),
}

impl Line<'_> {
    /// The text as it is compared: case does not count.
    pub(super) fn folded(&self) -> String {
        self.text.to_lowercase()
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::PermId => f.write_str("Perm ID"),
            Place::Code => f.write_str("Code"),
            Place::Identifier => f.write_str("Identifier"),
            Place::Type => f.write_str("Entity type"),
            Place::Property(label) => write!(f, "Property '{label}'"),
        }?;
        write!(f, ": {}", self.text)
    }
}

/// All that is looked at of an object.
pub(super) fn lines<'s>(store: &'s Store, object: &'s Object) -> Vec<Line<'s>> {
    let mut lines = Vec::new();
    let mut add = |place, text: Option<Cow<'s, str>>| {
        lines.extend(text.map(|text| Line { place, text }));
    };
    match object.kind {
        Kind::DataSet => add(Place::PermId, Some(Cow::Borrowed(object.code()))),
        Kind::Material => {
            add(Place::Code, Some(Cow::Borrowed(object.code())));
            let identifier = ids::perm_id(store, object.number);
            add(Place::Identifier, Some(Cow::Owned(identifier)));
        }
        _ => {
            let text = |field| attribute::text(store, object, field);
            add(Place::PermId, text("permId"));
            add(Place::Code, text("code"));
            add(Place::Identifier, text("identifier"));
        }
    }
    let of = object.one("type").and_then(|number| store.get(number));
    add(Place::Type, of.map(|of| Cow::Borrowed(of.code())));
    let kept = object.map("properties").into_iter().flatten();
    let values =
        kept.flat_map(|(code, kept)| several::each(kept).map(move |one| (code, one)));
    for (code, value) in values {
        let of = store.find(Kind::PropertyType, "code", code);
        let label = of.and_then(|of| of.text("label")).unwrap_or(code);
        let is_sample =
            of.and_then(|of| of.text("dataType")) == Some(DataType::Sample.name());
        let named = || store.find(Kind::Sample, "permId", value);
        let text = match is_sample.then(named).flatten() {
            Some(sample) => attribute::text(store, sample, "identifier"),
            None => Some(Cow::Borrowed(value)),
        };
        add(Place::Property(label), text);
    }
    lines
}
