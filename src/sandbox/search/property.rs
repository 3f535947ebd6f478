//! Criteria on the value of one property.
use super::attribute;
use super::class::{hours, moment, wildcards};
use super::condition::Condition;
use super::criteria::Scope;
use super::moment::Moment;
use super::number::Amount;
use super::operator::{Comparison, Operator, word};
use super::text::{Reading, Source, TextTest};
use crate::model::{DataType, Kind, several};
use crate::sandbox::fault::{failed, null_pointer, refused};
use crate::sandbox::store::Number;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What kind of value a criteria class is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Text, or anything else by its text.
    Text,
    /// Nothing but text.
    StrictText,
    Number,
    Date,
    Flag,
    Term,
    Sample,
}

/// What the value of a property has to be like.
pub(super) enum ValueTest {
    /// There is one.
    Present,
    Never,
    Text(TextTest),
    /// A sample, by permId, identifier or code.
    Sample(TextTest),
    /// A material, by its code.
    Material(TextTest),
    Number(Comparison, Amount),
    Date(Comparison, Moment),
    Flag(bool),
}

impl Wanted {
    /// The data types that the criteria class insists on; none where it takes any.
    pub(super) fn types(self) -> Option<&'static [DataType]> {
        match self {
            Self::StrictText => Some(&[
                DataType::Varchar,
                DataType::MultilineVarchar,
                DataType::Hyperlink,
            ]),
            Self::Number => Some(&[DataType::Integer, DataType::Real]),
            Self::Date => Some(&[DataType::Date, DataType::Timestamp]),
            Self::Flag => Some(&[DataType::Boolean]),
            Self::Text | Self::Term | Self::Sample => None,
        }
    }
}

/// What a criteria on one property demands.
pub(super) fn condition<'s>(
    scope: Scope<'s>,
    wanted: Wanted,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    let code = view.text("fieldName").ok_or_else(null_pointer)?.to_owned();
    let data_type = data_type(scope, &code);
    if let Some(types) = wanted.types()
        && !data_type.is_some_and(|data_type| types.contains(&data_type))
    {
        return Err(misapplied(view, &code, data_type));
    }
    let Some(data_type) = data_type else { return Ok(Condition::never()) };
    let test = test(wanted, data_type, view)?;
    let among: Vec<Number> = if let Some(value) = test.only() {
        let objects = scope.store.valued(scope.kind, &code, value);
        objects.map(|object| object.number).collect()
    } else {
        let rows = scope.store.column(&code);
        let may = rows.filter(|row| row.1.is_none_or(|it| test.holds(scope, it)));
        may.map(|row| row.0).collect()
    };
    let condition = Condition::new(move |object| {
        object.property(&code).is_some_and(|value| test.holds(scope, value))
    });
    Ok(condition.among(among))
}

/// The data type of a property; its code has to be in capitals.
pub(super) fn data_type(scope: Scope<'_>, code: &str) -> Option<DataType> {
    let found = scope.store.find(Kind::PropertyType, "code", code)?;
    DataType::named(found.text("dataType")?)
}

fn misapplied(view: View<'_>, code: &str, data_type: Option<DataType>) -> Fault {
    let name = data_type.map_or("null", DataType::name);
    let known = data_type.map(|found| format!("{code}={}", found.name()));
    refused(format!(
        "Criterion of type {} cannot be applied to the data type {name}. \
         [fieldName={code}, dataTypeByPropertyCode={{{}}}]",
        view.name(),
        known.unwrap_or_default(),
    ))
}

/// What a criteria demands of a value of a data type.
pub(super) fn test(
    wanted: Wanted,
    data_type: DataType,
    view: View<'_>,
) -> Result<ValueTest, Fault> {
    match wanted {
        Wanted::Text | Wanted::StrictText => text(data_type, view),
        Wanted::Number => number(view),
        Wanted::Date => date(data_type, view),
        Wanted::Flag => Ok(match *view.get("fieldValue") == Node::Null {
            true => ValueTest::Present,
            false => ValueTest::Flag(view.flag("fieldValue")),
        }),
        Wanted::Term if data_type == DataType::ControlledVocabulary => {
            Ok(exactly(view, ValueTest::Text))
        }
        Wanted::Sample if data_type == DataType::Sample => {
            Ok(exactly(view, ValueTest::Sample))
        }
        Wanted::Term | Wanted::Sample => Ok(ValueTest::Never),
    }
}

/// A value that is named as it is.
fn exactly(view: View<'_>, test: fn(TextTest) -> ValueTest) -> ValueTest {
    let wanted = view.text("fieldValue").map(str::to_owned);
    wanted.map_or(ValueTest::Present, |text| test(TextTest::Equal(text)))
}

fn number(view: View<'_>) -> Result<ValueTest, Fault> {
    let Some(value) = view.inner("fieldValue") else { return Ok(ValueTest::Present) };
    let Some(Operator::Compare(comparison)) = Operator::of(value) else {
        return Err(null_pointer());
    };
    let amount = Amount::of(value.get("value"));
    Ok(amount.map_or(ValueTest::Never, |amount| ValueTest::Number(comparison, amount)))
}

fn date(data_type: DataType, view: View<'_>) -> Result<ValueTest, Fault> {
    let Some((comparison, moment)) = moment(view)? else { return Ok(ValueTest::Present) };
    if data_type != DataType::Date {
        return Ok(ValueTest::Date(comparison, moment));
    }
    if hours(view).is_some() {
        let code = view.text("fieldName").unwrap_or_default();
        return Err(refused(format!(
            "Search criteria with time zone doesn't make sense for property {code} of \
             data type DATE."
        )));
    }
    Ok(ValueTest::Date(comparison, moment.day()))
}

/// A text criteria on a value of any data type: the constant becomes one of that type.
fn text(data_type: DataType, view: View<'_>) -> Result<ValueTest, Fault> {
    let value = view.inner("fieldValue").ok_or_else(null_pointer)?;
    if Operator::of(value) == Some(Operator::Any) {
        return Ok(ValueTest::Present);
    }
    let reading = Reading { wildcards: wildcards(view), of: Source::Value };
    let test = || TextTest::read(value, reading);
    match data_type {
        DataType::Varchar
        | DataType::MultilineVarchar
        | DataType::Hyperlink
        | DataType::Xml
        | DataType::ControlledVocabulary => Ok(ValueTest::Text(test()?)),
        DataType::Sample => Ok(ValueTest::Sample(test()?)),
        DataType::Material => Ok(ValueTest::Material(test()?)),
        DataType::Integer | DataType::Real => converted_number(data_type, value),
        DataType::Date | DataType::Timestamp => converted_date(data_type, value),
        DataType::Boolean => converted_flag(value),
        DataType::Json
        | DataType::ArrayString
        | DataType::ArrayInteger
        | DataType::ArrayReal
        | DataType::ArrayTimestamp => Ok(ValueTest::Never),
    }
}

fn converted_number(data_type: DataType, value: View<'_>) -> Result<ValueTest, Fault> {
    if Operator::of(value) == Some(Operator::Matches) {
        let class = value.class().strip_prefix("as.").unwrap_or(value.class());
        return Err(failed(format!(
            "Cannot convert string value of class class \
             ch.ethz.sis.openbis.generic.asapi.v3.{class} to number value"
        )));
    }
    let comparison = comparison(data_type, value)?;
    let text = value.text("value").unwrap_or_default();
    let amount = Amount::parse(text).ok_or_else(|| misread("number", text))?;
    Ok(ValueTest::Number(comparison, amount))
}

fn converted_date(data_type: DataType, value: View<'_>) -> Result<ValueTest, Fault> {
    let comparison = comparison(data_type, value)?;
    let text = value.text("value").unwrap_or_default();
    let moment = Moment::parse_strictly(text).ok_or_else(|| misread("date", text))?;
    let whole = data_type == DataType::Date;
    Ok(ValueTest::Date(comparison, if whole { moment.day() } else { moment }))
}

fn converted_flag(value: View<'_>) -> Result<ValueTest, Fault> {
    if comparison(DataType::Boolean, value)? != Comparison::Equal {
        return Err(undefined(DataType::Boolean, value));
    }
    match value.text("value").unwrap_or_default() {
        "true" => Ok(ValueTest::Flag(true)),
        "false" => Ok(ValueTest::Flag(false)),
        text => Err(misread("boolean", text)),
    }
}

fn comparison(data_type: DataType, value: View<'_>) -> Result<Comparison, Fault> {
    match Operator::of(value) {
        Some(Operator::Compare(comparison)) => Ok(comparison),
        Some(
            Operator::Any
            | Operator::Contains
            | Operator::ContainsExactly
            | Operator::StartsWith
            | Operator::EndsWith
            | Operator::Matches,
        )
        | None => Err(undefined(data_type, value)),
    }
}

fn undefined(data_type: DataType, value: View<'_>) -> Fault {
    let (operator, name) = (word(value), data_type.name());
    refused(format!("Operator {operator} undefined for datatype {name}."))
}

fn misread(what: &str, text: &str) -> Fault {
    refused(format!("String does not represent a {what}: [{text}]"))
}

impl ValueTest {
    /// The only value, as it is kept, that passes, where there is only one.
    fn only(&self) -> Option<&str> {
        match self {
            Self::Text(test) => test.only(),
            Self::Present
            | Self::Never
            | Self::Sample(_)
            | Self::Material(_)
            | Self::Number(..)
            | Self::Date(..)
            | Self::Flag(_) => None,
        }
    }

    /// Whether a value, as it is kept, passes; of several any will do.
    pub(super) fn holds(&self, scope: Scope<'_>, kept: &str) -> bool {
        several::each(kept).any(|value| self.holds_one(scope, value))
    }

    fn holds_one(&self, scope: Scope<'_>, value: &str) -> bool {
        match self {
            Self::Present => true,
            Self::Never => false,
            Self::Text(test) => test.holds(value),
            Self::Sample(test) => {
                sample_texts(scope, value).any(|text| test.holds(&text))
            }
            Self::Material(test) => {
                test.holds(value.split_once(" (").map_or(value, |(code, _)| code))
            }
            Self::Number(comparison, wanted) => Amount::parse(value)
                .is_some_and(|amount| comparison.holds(amount.compare(*wanted))),
            Self::Date(comparison, wanted) => Moment::of_value(value)
                .is_some_and(|millis| wanted.meets(*comparison, millis)),
            Self::Flag(wanted) => (value == "true") == *wanted,
        }
    }
}

/// All by which a sample that a property names is known: permId, identifier, code.
pub(super) fn sample_texts<'s>(
    scope: Scope<'s>,
    perm_id: &str,
) -> impl Iterator<Item = String> + use<'s> {
    let sample = scope.store.find(Kind::Sample, "permId", perm_id);
    sample.into_iter().flat_map(move |sample| {
        let text = |field| attribute::text(scope.store, sample, field);
        ["permId", "identifier", "code"].into_iter().filter_map(text).map(String::from)
    })
}
