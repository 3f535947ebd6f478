//! The values that a search compares with.
use serde_json::{Map, Value as Json, json};

use crate::model::{Operator, Test, TestValue};

/// How a criteria class wants its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Text,
    Number,
    Date,
    Flag,
    /// A constant, by its name.
    Word,
}

impl Family {
    /// The criteria class for a property.
    pub(super) fn property(self) -> &'static str {
        match self {
            Self::Text | Self::Word => "common.search.StringPropertySearchCriteria",
            Self::Number => "common.search.NumberPropertySearchCriteria",
            Self::Date => "common.search.DatePropertySearchCriteria",
            Self::Flag => "common.search.BooleanPropertySearchCriteria",
        }
    }

    /// The criteria class for any property, and its field name.
    pub(super) fn any_property(self) -> (&'static str, &'static str) {
        match self {
            Self::Text | Self::Word => ("common.search.AnyPropertySearchCriteria", "any"),
            Self::Number => {
                ("common.search.AnyNumberPropertySearchCriteria", "any number")
            }
            Self::Date => ("common.search.AnyDatePropertySearchCriteria", "any date"),
            Self::Flag => {
                ("common.search.AnyBooleanPropertySearchCriteria", "any boolean")
            }
        }
    }

    /// The class of the value for an operator; where there is none, that for equality.
    fn value(self, operator: Operator) -> &'static str {
        let row = VALUES.iter().find(|row| row.0 == operator).unwrap_or(&VALUES[0]);
        match self {
            Self::Text | Self::Word => row.1,
            Self::Number => row.2,
            Self::Date | Self::Flag => row.3,
        }
    }

    /// The value without a class around it.
    pub(super) fn plain(self, test: &Test) -> Json {
        match (&test.value, self) {
            (TestValue::Text { text, .. }, Self::Flag) => json!(text == "true"),
            (TestValue::Text { text, .. }, Self::Number) => {
                text.parse::<f64>().map_or_else(|_| json!(text), |number| json!(number))
            }
            (TestValue::Text { text, .. } | TestValue::Date { text, .. }, _) => {
                json!(text)
            }
            (TestValue::Integer(number), Self::Text) => json!(number.to_string()),
            (TestValue::Number(number), Self::Text) => json!(number.to_string()),
            (TestValue::Flag(flag), Self::Text) => json!(flag.to_string()),
            (TestValue::Integer(number), _) => json!(number),
            (TestValue::Number(number), _) => json!(number),
            (TestValue::Flag(flag), _) => json!(flag),
            (TestValue::None, _) => Json::Null,
        }
    }
}

/// The classes of values for texts, numbers and dates.
const VALUES: &[(Operator, &str, &str, &str)] = &[
    (Operator::Equal, "StringEqualTo", "NumberEqualTo", "DateEqualTo"),
    (Operator::Less, "StringLessThan", "NumberLessThan", "DateEarlierThan"),
    (
        Operator::LessOrEqual,
        "StringLessThanOrEqualTo",
        "NumberLessThanOrEqualTo",
        "DateEarlierThanOrEqualTo",
    ),
    (Operator::Greater, "StringGreaterThan", "NumberGreaterThan", "DateLaterThan"),
    (
        Operator::GreaterOrEqual,
        "StringGreaterThanOrEqualTo",
        "NumberGreaterThanOrEqualTo",
        "DateLaterThanOrEqualTo",
    ),
    (Operator::StartsWith, "StringStartsWith", "NumberEqualTo", "DateEqualTo"),
    (Operator::EndsWith, "StringEndsWith", "NumberEqualTo", "DateEqualTo"),
    (Operator::Contains, "StringContains", "NumberEqualTo", "DateEqualTo"),
    (Operator::Matches, "StringMatches", "NumberEqualTo", "DateEqualTo"),
    (Operator::Any, "AnyString", "NumberEqualTo", "DateEqualTo"),
];

/// How the value of a test wants to be compared.
pub(super) fn family_of(test: &Test) -> Family {
    match test.value {
        TestValue::Text { .. } | TestValue::None => Family::Text,
        TestValue::Number(_) | TestValue::Integer(_) => Family::Number,
        TestValue::Flag(_) => Family::Flag,
        TestValue::Date { .. } => Family::Date,
    }
}

/// A criteria of this class, for the field of this name and type.
pub(super) fn fill(
    class: &str,
    (name, field_type): (&str, &str),
    family: Family,
    test: &Test,
) -> Json {
    let mut json = Map::new();
    json.insert("@type".into(), format!("as.dto.{class}").into());
    json.insert("fieldName".into(), name.into());
    json.insert("fieldType".into(), field_type.into());
    let plain = family.plain(test);
    let value = match family {
        Family::Flag | Family::Word => plain,
        Family::Number | Family::Date if plain.is_null() => plain,
        Family::Text | Family::Number | Family::Date => {
            let class =
                format!("as.dto.common.search.{}Value", family.value(test.operator));
            json!({ "@type": class, "value": plain })
        }
    };
    json.insert("fieldValue".into(), value);
    if let TestValue::Text { wildcards, .. } = test.value
        && family == Family::Text
    {
        json.insert("useWildcards".into(), wildcards.into());
    }
    if let TestValue::Date { hour_offset: Some(hours), .. } = test.value {
        let zone =
            json!({ "@type": "as.dto.common.search.TimeZone", "hourOffset": hours });
        json.insert("timeZone".into(), zone);
    }
    json.into()
}
