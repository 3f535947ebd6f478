//! Whether a search would find an object, as far as that can be told here.
use super::overlay::{Known, Overlay};
use super::verdict::Verdict;
use crate::model::{
    Criteria, Criterion, FieldType, Id, IdForm, Link, Operator, Record, Test, TestValue,
    Value, several,
};

/// Holds records to criteria; what is new is known by the overlay.
#[derive(Clone, Copy)]
pub(super) struct Matcher<'o>(pub(super) &'o Overlay);

/// The fields by which objects are called.
const NAMES: &[&str] = &["permId", "identifier", "code", "userId", "name"];

impl Matcher<'_> {
    pub(super) fn finds(self, criteria: &Criteria, record: &Record) -> Verdict {
        let items = criteria.items.iter().map(|item| self.fits(item, record));
        let found = match criteria.any && !criteria.items.is_empty() {
            true => Verdict::any(items),
            false => Verdict::all(items),
        };
        if criteria.negated { found.not() } else { found }
    }

    fn fits(self, item: &Criterion, record: &Record) -> Verdict {
        match item {
            Criterion::Field { name, test } => field(record, name, test),
            Criterion::Ids(ids) => {
                Verdict::any(ids.iter().map(|id| Verdict::of(record.id() == Some(id))))
            }
            Criterion::Property { code, test } => property(record, code, test),
            Criterion::AnyProperty(_) | Criterion::AnyField(_) => Verdict::Unknown,
            Criterion::Linked { field, criteria } => self.linked(record, field, criteria),
            Criterion::Without { field } => match record.get(field) {
                Ok(Some(Value::Null)) => Verdict::Yes,
                Ok(Some(Value::Many(links))) => Verdict::of(links.is_empty()),
                Ok(Some(_)) => Verdict::No,
                Ok(None) | Err(_) => Verdict::Unknown,
            },
            Criterion::Sub(criteria) => self.finds(criteria, record),
        }
    }

    fn linked(self, record: &Record, field: &str, criteria: &Criteria) -> Verdict {
        let links = match record.get(field) {
            Ok(Some(Value::Null)) => return Verdict::No,
            Ok(Some(Value::One(link))) => std::slice::from_ref(link),
            Ok(Some(Value::Many(links))) => links.as_slice(),
            Ok(_) | Err(_) => return Verdict::Unknown,
        };
        Verdict::any(links.iter().map(|link| self.end(link, criteria)))
    }

    fn end(self, link: &Link, criteria: &Criteria) -> Verdict {
        if let Known::New(record) = self.0.known(&link.id) {
            return self.finds(criteria, record);
        }
        match &link.record {
            Some(record) => self.finds(criteria, record),
            None => match self.0.peer(&link.id) {
                Some(record) => self.finds(criteria, record),
                None => self.finds(criteria, &named(&link.id)),
            },
        }
    }
}

/// What the id of an object tells of it.
fn named(id: &Id) -> Record {
    let mut record = Record::told(id.kind(), Some(id.clone()), Default::default());
    let mut put = |field: &str, text: &str| {
        let _ = record.set(field, Value::Text(text.to_owned()), None);
    };
    match id.form() {
        IdForm::Identifier(_) => {
            put("identifier", id.text());
            put("code", id.text().rsplit('/').next().unwrap_or_default());
        }
        IdForm::Coded(_, field) => put(field, id.text()),
        IdForm::TypePermId(_) | IdForm::TermPermId(_) => put("code", id.text()),
        IdForm::Opaque(_) | IdForm::Code(_) => {
            put("code", id.text().rsplit('/').next().unwrap_or_default());
        }
        IdForm::PermId(_) => put("permId", id.text()),
        IdForm::TechId(_)
        | IdForm::AssignmentPermId(_)
        | IdForm::MaterialPermId(_)
        | IdForm::GroupedTypeId(_) => {}
    }
    record
}

fn field(record: &Record, name: &str, test: &Test) -> Verdict {
    let own = record
        .id()
        .is_some_and(|id| NAMES.contains(&name) && text(id.text(), test) == Verdict::Yes);
    if own {
        return Verdict::Yes;
    }
    let field = record.kind().spec().field(name);
    match (record.get(name), &test.value) {
        (Ok(Some(Value::Null)), _) => Verdict::No,
        (Ok(Some(Value::Text(held))), _) => text(held, test),
        (Ok(Some(Value::Flag(held))), TestValue::Flag(flag)) => Verdict::of(held == flag),
        (Ok(Some(Value::Integer(held))), TestValue::Integer(number)) => {
            compared(held.cmp(number), test.operator)
        }
        (Ok(Some(_)), TestValue::None)
            if field.is_some_and(|field| field.ty != FieldType::Properties) =>
        {
            Verdict::Yes
        }
        (Ok(_) | Err(_), _) => Verdict::Unknown,
    }
}

fn property(record: &Record, code: &str, test: &Test) -> Verdict {
    let Ok(Some(Value::Properties(all))) = record.get("properties") else {
        return Verdict::Unknown;
    };
    let Some(held) = all.get(code) else { return Verdict::No };
    Verdict::any(several::each(held).map(|one| value(one, test)))
}

/// Whether one value of a property fits.
fn value(held: &str, test: &Test) -> Verdict {
    match &test.value {
        TestValue::None => Verdict::Yes,
        TestValue::Text { .. } => text(held, test),
        TestValue::Flag(flag) => Verdict::of(held == flag.to_string()),
        TestValue::Number(number) => number_of(held, *number, test.operator),
        TestValue::Integer(number) => match held.parse::<i64>() {
            Ok(held) => compared(held.cmp(number), test.operator),
            Err(_) => Verdict::Unknown,
        },
        TestValue::Date { text, hour_offset: None } if text.len() == 10 => {
            compared(held.cmp(text.as_str()), test.operator)
        }
        TestValue::Date { .. } => Verdict::Unknown,
    }
}

fn number_of(held: &str, wanted: f64, operator: Operator) -> Verdict {
    let held = held.parse::<f64>().ok();
    match held.and_then(|held| held.partial_cmp(&wanted)) {
        Some(order) => compared(order, operator),
        None => Verdict::Unknown,
    }
}

fn compared(order: std::cmp::Ordering, operator: Operator) -> Verdict {
    match operator {
        Operator::Equal => Verdict::of(order.is_eq()),
        Operator::Less => Verdict::of(order.is_lt()),
        Operator::LessOrEqual => Verdict::of(order.is_le()),
        Operator::Greater => Verdict::of(order.is_gt()),
        Operator::GreaterOrEqual => Verdict::of(order.is_ge()),
        Operator::Any => Verdict::Yes,
        Operator::StartsWith
        | Operator::EndsWith
        | Operator::Contains
        | Operator::Matches => Verdict::Unknown,
    }
}

/// Texts are compared without case, as the server does it.
fn text(held: &str, test: &Test) -> Verdict {
    let (wanted, wildcards) = match &test.value {
        TestValue::Text { text, wildcards } => (text.to_lowercase(), *wildcards),
        TestValue::None => return Verdict::Yes,
        TestValue::Number(_)
        | TestValue::Integer(_)
        | TestValue::Flag(_)
        | TestValue::Date { .. } => return Verdict::Unknown,
    };
    let held = held.to_lowercase();
    let pattern = wildcards && wanted.contains(['*', '?']);
    match test.operator {
        Operator::Any => Verdict::Yes,
        Operator::Equal if pattern => Verdict::of(is_like(&held, &wanted)),
        Operator::Equal => Verdict::of(held == wanted),
        Operator::StartsWith if !pattern => Verdict::of(held.starts_with(&wanted)),
        Operator::EndsWith if !pattern => Verdict::of(held.ends_with(&wanted)),
        Operator::Contains if !pattern => Verdict::of(held.contains(&wanted)),
        Operator::StartsWith
        | Operator::EndsWith
        | Operator::Contains
        | Operator::Matches => Verdict::Unknown,
        Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual => compared(held.cmp(&wanted), test.operator),
    }
}

/// `*` stands for any text, `?` for any character.
fn is_like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) =
        (text.chars().collect(), pattern.chars().collect());
    // Which beginnings of the pattern fit the text so far.
    let mut fits = vec![false; pattern.len() + 1];
    fits[0] = true;
    for (place, sign) in pattern.iter().enumerate() {
        fits[place + 1] = fits[place] && *sign == '*';
    }
    for letter in text {
        let mut next = vec![false; pattern.len() + 1];
        for (place, sign) in pattern.iter().enumerate() {
            next[place + 1] = match sign {
                '*' => next[place] || fits[place + 1],
                '?' => fits[place],
                other => fits[place] && *other == letter,
            };
        }
        fits = next;
    }
    fits.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn sample() -> Record {
        let space = Id::parse(Kind::Space, "LAB").unwrap();
        let values = [
            ("code", Value::Text("S1".to_owned())),
            ("space", Value::One(Link { id: space, record: None })),
            ("project", Value::Null),
            ("properties", Value::Properties([("N".into(), "7".into())].into())),
        ];
        Record::told(Kind::Sample, None, values.into())
    }

    #[track_caller]
    fn finds(item: Criterion, verdict: Verdict) {
        let criteria = Criteria::all(Kind::Sample).with(item);
        let overlay = Overlay::default();
        assert_eq!(Matcher(&overlay).finds(&criteria, &sample()), verdict);
    }

    #[test]
    fn a_field_a_property_and_a_place_are_compared() {
        let code =
            |text: &str| Criterion::Field { name: "code", test: Test::equal(text) };
        finds(code("s1"), Verdict::Yes);
        finds(code("S*"), Verdict::Yes);
        finds(code("?2"), Verdict::No);
        let value = TestValue::Number(5.0);
        let test = Test { operator: Operator::Greater, value };
        finds(Criterion::Property { code: "N".to_owned(), test }, Verdict::Yes);
        let criteria = Criteria::all(Kind::Space)
            .with(Criterion::Field { name: "code", test: Test::equal("LAB") });
        finds(Criterion::Linked { field: "space", criteria }, Verdict::Yes);
        finds(Criterion::Without { field: "project" }, Verdict::Yes);
    }

    #[test]
    fn what_is_not_at_hand_is_not_decided() {
        finds(Criterion::Without { field: "container" }, Verdict::Unknown);
        finds(Criterion::AnyField(Test::equal("x")), Verdict::Unknown);
    }
}
