//! Searches of every form.
use super::every::whole;
use super::*;
use crate::model::{Criterion, Operator, Test, TestValue};

fn test(operator: Operator, value: TestValue) -> Test {
    Test { operator, value }
}

fn date(hour_offset: Option<i32>) -> TestValue {
    TestValue::Date { text: "2024-01-31".to_owned(), hour_offset }
}

/// Criteria of every form that a kind has.
fn criteria(kind: Kind) -> Criteria {
    let mut criteria = Criteria::any(kind).negate();
    let spec = kind.spec();
    let is_entity = spec.has_properties();
    for field in spec.fields {
        let value = match field.name {
            "code" | "permId" | "name" | "userId" | "email" => Test::equal("A*"),
            "identifier" if is_entity => Test::exactly("/A"),
            "registrationDate" if is_entity => test(Operator::Less, date(None)),
            "modificationDate" if is_entity => {
                test(Operator::GreaterOrEqual, date(Some(2)))
            }
            "listable" => test(Operator::Equal, TestValue::Flag(true)),
            "pluginType" => Test::exactly("DYNAMIC_PROPERTY"),
            _ => continue,
        };
        criteria = criteria.with(Criterion::Field { name: field.name, test: value });
    }
    if is_entity {
        let code = || "SIZE".to_owned();
        for value in [
            TestValue::Integer(5),
            TestValue::Number(0.5),
            TestValue::Flag(true),
            date(None),
            TestValue::None,
        ] {
            let operator =
                if value == TestValue::None { Operator::Any } else { Operator::Equal };
            let test = test(operator, value);
            let code = code();
            criteria = criteria
                .with(Criterion::AnyProperty(test.clone()))
                .with(Criterion::Property { code, test });
        }
        for operator in [
            Operator::StartsWith,
            Operator::Contains,
            Operator::Matches,
            Operator::Greater,
        ] {
            let value = TestValue::Text { text: "x".to_owned(), wildcards: true };
            criteria = criteria.with(Criterion::AnyField(test(operator, value)));
        }
        criteria = criteria.with(Criterion::Sub(Criteria::all(kind)));
    }
    criteria
}

/// Relations that a search can follow.
const LINKED: &[(Kind, &[&str])] = &[
    (Kind::Sample, &["space", "project", "experiment", "type", "tags", "parents"]),
    (Kind::Sample, &["children", "container", "registrator", "modifier"]),
    (Kind::Experiment, &["project", "type", "tags", "registrator"]),
    (Kind::DataSet, &["experiment", "sample", "type", "tags", "containers", "parents"]),
    (Kind::DataSet, &["physicalData"]),
    (Kind::Project, &["space"]),
    (Kind::VocabularyTerm, &["vocabulary"]),
    (Kind::RoleAssignment, &["user", "space", "project", "authorizationGroup"]),
];

/// The kinds of the interface of 2023, or those that came later.
pub(super) fn kinds(newer: bool) -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(move |kind| kind.is_newer() == newer)
}

pub(super) fn searches(newer: bool) -> Vec<(Criteria, Fetch)> {
    let mut searches = Vec::new();
    for kind in kinds(newer).filter(|kind| kind.spec().offers(Verb::Search)) {
        searches.push((criteria(kind), whole(kind)));
    }
    for (kind, fields) in LINKED {
        for field in *fields {
            let field = kind.spec().field(field).unwrap();
            let criteria = Criteria::all(field.ty.kind().unwrap());
            let linked = Criterion::Linked { field: field.name, criteria };
            searches.push((Criteria::all(*kind).with(linked), Fetch::plain(*kind)));
        }
    }
    for field in ["space", "project", "experiment", "container"] {
        let criteria = Criteria::all(Kind::Sample).with(Criterion::Without { field });
        searches.push((criteria, Fetch::plain(Kind::Sample)));
    }
    for kind in [Kind::Sample, Kind::Space, Kind::Person, Kind::SampleType, Kind::Plugin]
    {
        let form = kind.spec().ids[0];
        let ids: Vec<Id> =
            ["A", "B"].into_iter().map(|text| Id::told(kind, form, text)).collect();
        for ids in [ids.clone(), ids[..1].to_vec()] {
            let criteria = Criteria::all(kind).with(Criterion::Ids(ids));
            searches.push((criteria, Fetch::plain(kind)));
        }
    }
    searches
}
