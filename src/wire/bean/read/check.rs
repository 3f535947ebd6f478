//! What a few classes refuse by themselves when they are filled.
use chrono::NaiveDate;

use super::super::{Node, View};
use super::trouble::{Jackson, Trouble};

/// Refuses a bean that its class does not take.
pub(super) fn bean(bean: View) -> Result<(), Trouble> {
    let refusal = match (bean.name(), relation(bean.name())) {
        (_, Some(relation)) => date(relation, bean.get("value")),
        ("QueryDatabaseName", None) if *bean.get("name") == Node::Null => {
            Some("Name cannot be null".to_owned())
        }
        _ => None,
    };
    refusal.map_or(Ok(()), |text| Err(Trouble::new(Jackson::Mapping, text)))
}

/// How a search value with a date as text compares.
fn relation(name: &str) -> Option<&'static str> {
    Some(match name {
        "DateEqualToValue" => "equal to",
        "DateEarlierThanValue" => "earlier than",
        "DateEarlierThanOrEqualToValue" => "earlier than or equal to",
        "DateLaterThanValue" => "later than",
        "DateLaterThanOrEqualToValue" => "later than or equal to",
        _ => return None,
    })
}

fn date(relation: &str, node: &Node) -> Option<String> {
    let Node::Text(text) = node else {
        return Some(
            "Cannot invoke \"String.length()\" because \"text\" is null".to_owned(),
        );
    };
    (!is_date(text)).then(|| {
        format!(
            "Date value: {relation} '{text}' does not match any of the supported formats: \
             [y-M-d HH:mm:ss, y-M-d HH:mm, y-M-d]"
        )
    })
}

/// Whether it begins with a day of the calendar; what stands behind it is not looked at.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut number = |open: bool| {
        let part = parts.next()?;
        let end = part.find(|c: char| !c.is_ascii_digit()).filter(|_| open);
        part[..end.unwrap_or(part.len())].parse::<u32>().ok()
    };
    let (Some(year), Some(month), Some(day)) =
        (number(false), number(false), number(true))
    else {
        return false;
    };
    let year = i32::try_from(year).ok();
    year.is_some_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some())
}
