//! Criteria that look at all properties or at everything an object has.
use super::attribute;
use super::class::wildcards;
use super::condition::Condition;
use super::criteria::Scope;
use super::operator::Operator;
use super::property::{Wanted, data_type, sample_texts, test};
use super::text::{Reading, Source, TextTest};
use super::words::Words;
use crate::model::{DataType, several};
use crate::sandbox::fault::{failed, null_pointer};
use crate::sandbox::store::Object;
use crate::wire::Fault;
use crate::wire::bean::View;

/// A criteria on whichever property of a suitable data type.
pub(super) fn property<'s>(
    scope: Scope<'s>,
    wanted: Wanted,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    if wanted == Wanted::Text {
        let test = text_test(view)?;
        return Ok(Condition::new(move |object| in_values(scope, object, &test)));
    }
    let types = wanted.types().unwrap_or_default();
    let tests = types.iter().map(|&one| Ok((one, test(wanted, one, view)?)));
    let tests = tests.collect::<Result<Vec<_>, Fault>>()?;
    Ok(Condition::new(move |object| {
        let values = object.map("properties").into_iter().flatten();
        values.into_iter().any(|(code, value)| {
            let data_type = data_type(scope, code);
            let test = tests.iter().find(|row| Some(row.0) == data_type);
            test.is_some_and(|(_, test)| test.holds(scope, value))
        })
    }))
}

/// A criteria on properties, code, identifier, permId, type, registrator or dates.
pub(super) fn field<'s>(
    scope: Scope<'s>,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    let value = view.inner("fieldValue").ok_or_else(null_pointer)?;
    if Operator::of(value) == Some(Operator::Any) {
        return Err(null_pointer());
    }
    let test = text_test(view)?;
    Ok(Condition::new(move |object| {
        own_texts(scope, object).any(|text| test.holds(&text))
            || in_values(scope, object, &test)
    }))
}

/// A criteria on words of code and identifier.
pub(super) fn text_attribute<'s>(
    scope: Scope<'s>,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    let value = view.inner("fieldValue").ok_or_else(null_pointer)?;
    let text = value.text("value").ok_or_else(null_pointer)?;
    if Words::is_wordless(text) {
        let quoted = text.replace('\'', "''");
        return Err(failed(format!(
            "org.postgresql.util.PSQLException: ERROR: no operand in tsquery: \
             \"'{quoted}' | \""
        )));
    }
    let words = Words::new(text);
    Ok(Condition::new(move |object| {
        let texts = ["code", "identifier"].into_iter();
        let mut texts =
            texts.filter_map(|field| attribute::text(scope.store, object, field));
        texts.any(|text| words.occur_in(&text))
    }))
}

fn text_test(view: View<'_>) -> Result<TextTest, Fault> {
    let value = view.inner("fieldValue").ok_or_else(null_pointer)?;
    let reading = Reading { wildcards: wildcards(view), of: Source::Value };
    TextTest::read(value, reading)
}

fn own_texts<'s>(scope: Scope<'s>, object: &'s Object) -> impl Iterator<Item = String> {
    let store = scope.store;
    let linked = move |link: &str, field: &str| {
        let target = object.one(link).and_then(|number| store.get(number))?;
        target.text(field).map(str::to_owned)
    };
    let dates = ["registrationDate", "modificationDate"].into_iter();
    let dates = dates.filter_map(|field| object.time(field)).filter_map(|millis| {
        let time = chrono::DateTime::from_timestamp_millis(millis)?;
        Some(time.format("%Y-%m-%d %H:%M:%S").to_string())
    });
    let own = ["code", "identifier", "permId"].into_iter();
    own.filter_map(move |field| attribute::text(store, object, field))
        .map(String::from)
        .chain(linked("type", "code"))
        .chain(linked("registrator", "userId"))
        .chain(linked("modifier", "userId"))
        .chain(dates)
}

/// Whether one of the values passes, by its text; materials, JSON and arrays never do.
fn in_values(scope: Scope<'_>, object: &Object, test: &TextTest) -> bool {
    let kept = object.map("properties").into_iter().flatten();
    let values =
        kept.flat_map(|(code, kept)| several::each(kept).map(move |one| (code, one)));
    values.into_iter().any(|(code, value)| match data_type(scope, code) {
        Some(DataType::Sample) => {
            sample_texts(scope, value).any(|text| test.holds(&text))
        }
        Some(
            DataType::Material
            | DataType::Json
            | DataType::ArrayString
            | DataType::ArrayInteger
            | DataType::ArrayReal
            | DataType::ArrayTimestamp,
        )
        | None => matches!(test, TextTest::Any),
        Some(
            DataType::Integer
            | DataType::Varchar
            | DataType::MultilineVarchar
            | DataType::Real
            | DataType::Timestamp
            | DataType::Date
            | DataType::Boolean
            | DataType::ControlledVocabulary
            | DataType::Hyperlink
            | DataType::Xml,
        ) => test.holds(value),
    })
}
