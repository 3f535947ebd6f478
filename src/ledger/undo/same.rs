//! Whether two values are the same, as far as that can be told: the server writes some of
//! them in its own way.
use crate::model::{Link, Value, several};

/// Whether a field holds what it shall hold; nothing, an empty text and an empty list are
/// one.
pub(super) fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (filled(one), filled(other)) {
        (None, None) => true,
        (Some(Value::Text(one)), Some(Value::Text(other))) => same_text(one, other),
        (Some(Value::One(one)), Some(Value::One(other))) => same_link(one, other),
        (Some(Value::Many(one)), Some(Value::Many(other))) => same_links(one, other),
        (Some(one), Some(other)) => one == other,
        (None, Some(_)) | (Some(_), None) => false,
    }
}

fn filled(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| match value {
        Value::Null => false,
        Value::Text(text) => !text.is_empty(),
        Value::Texts(texts) => !texts.is_empty(),
        Value::Many(links) => !links.is_empty(),
        Value::Map(texts) | Value::Properties(texts) => !texts.is_empty(),
        Value::Flag(_)
        | Value::Integer(_)
        | Value::Time(_)
        | Value::Bytes(_)
        | Value::One(_) => true,
    })
}

/// Whether two values of a property are the same. Of several values newer servers tell one
/// by itself, and of lists the parts.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    if !several::is_several(one) && !several::is_several(other) {
        return same_one(one, other);
    }
    let (ones, others) = (readings(one), readings(other));
    ones.iter().any(|one| others.iter().any(|other| same_all(one, other)))
}

fn same_all(ones: &[&str], others: &[&str]) -> bool {
    ones.len() == others.len()
        && ones.iter().zip(others).all(|(one, other)| same_one(one, other))
}

/// The values that a text may stand for: as they are, and the parts of a list.
fn readings(text: &str) -> Vec<Vec<&str>> {
    let whole: Vec<&str> = several::each(text).collect();
    let [list] = whole[..] else { return vec![whole] };
    let inner = list.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
    let parts = inner.unwrap_or(list).split(',').map(str::trim).collect();
    vec![whole, parts]
}

/// Terms come back in capitals, numbers and times in the server's own spelling.
fn same_one(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one.eq_ignore_ascii_case(other) || same_number(one, other) || same_time(one, other)
}

fn same_number(one: &str, other: &str) -> bool {
    let read = |text: &str| text.parse::<f64>().ok();
    read(one)
        .is_some_and(|one| read(other).is_some_and(|other| one.total_cmp(&other).is_eq()))
}

/// A time without a zone is in that of the server, which is not known here.
fn same_time(one: &str, other: &str) -> bool {
    use chrono::{DateTime, NaiveDateTime};
    let zoned = |text: &str| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z").ok();
    let plain =
        |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok();
    match (zoned(one), zoned(other)) {
        (Some(one), Some(other)) => one == other,
        (Some(zoned), None) => {
            plain(other).is_some_and(|time| time == zoned.naive_local())
        }
        (None, Some(zoned)) => plain(one).is_some_and(|time| time == zoned.naive_local()),
        (None, None) => false,
    }
}

/// Whether two links lead to the same object, whatever name they have for it.
pub(super) fn same_link(one: &Link, other: &Link) -> bool {
    one.id == other.id
        || names(one).any(|one| names(other).any(|other| one.eq_ignore_ascii_case(other)))
}

fn same_links(one: &[Link], other: &[Link]) -> bool {
    let all_in = |one: &[Link], other: &[Link]| {
        one.iter().all(|one| other.iter().any(|other| same_link(one, other)))
    };
    all_in(one, other) && all_in(other, one)
}

/// All texts by which an object is known.
fn names(link: &Link) -> impl Iterator<Item = &str> {
    let record = link.record.as_deref();
    let fields = ["identifier", "permId", "fileName"].into_iter();
    let told = fields.filter_map(move |field| record?.text(field));
    let property = record.and_then(|record| match record.get("propertyType") {
        Ok(Some(Value::One(property))) => Some(property.id.text()),
        Ok(_) | Err(_) => None,
    });
    let own = Some(link.id.text()).filter(|text| !text.is_empty());
    // A code alone names a tag, and no sample.
    let code = record.filter(|record| record.get("identifier").is_err());
    let code = code.and_then(|record| record.text("code"));
    own.into_iter().chain(told).chain(property).chain(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Kind, Record};

    #[test]
    fn texts_are_the_same_however_the_server_writes_them() {
        for (one, other) in [
            ("red", "RED"),
            ("3.50", "3.5"),
            ("2024-01-02 03:04:05 +0100", "2024-01-02 02:04:05 +0000"),
            ("2024-01-02 03:04:05", "2024-01-02 03:04:05 +0100"),
        ] {
            assert!(same_text(one, other), "{one} {other}");
        }
        assert!(!same_text("3.5", "3.6"));
        assert!(!same_text("2024-01-02", "2024-01-03"));
    }

    #[test]
    fn several_values_are_the_same_one_by_one() {
        for (written, told) in [
            ("3\0", "3"),
            ("red\0blue\0", "RED\0BLUE\0"),
            ("a, b\0", "a, b"),
            ("1, 2", "1\u{0}2\0"),
            ("[1, 2]\0", "1\u{0}2\0"),
            ("[1, 2]\0[3]\0", "[1, 2]\0[3]\0"),
        ] {
            assert!(same_text(written, told), "{written:?} {told:?}");
        }
        assert!(!same_text("1\u{0}2\0", "2\u{0}1\0"));
        assert!(!same_text("1\u{0}2\0", "1"));
    }

    #[test]
    fn an_object_is_the_same_under_all_its_names() {
        let link = |text: &str| Link {
            id: Id::parse(Kind::Sample, text).unwrap(),
            record: None,
        };
        let told = [("identifier", Value::Text("/LAB/P/S1".into()))].into();
        let id = link("20230926133701234-57").id;
        let record = Record::told(Kind::Sample, Some(id.clone()), told);
        let known = Link { id, record: Some(record.into()) };
        assert!(same_link(&known, &link("/LAB/P/S1")));
        assert!(!same_link(&known, &link("/LAB/P/S2")));
    }

    #[test]
    fn nothing_and_an_empty_text_are_one() {
        assert!(same(None, Some(&Value::Text(String::new()))));
        assert!(same(Some(&Value::Null), Some(&Value::Many(Vec::new()))));
        assert!(!same(None, Some(&Value::Flag(false))));
    }
}
