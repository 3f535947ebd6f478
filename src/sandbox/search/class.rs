//! From the class of a criteria to what it demands.
use std::collections::BTreeSet;

use super::anything;
use super::attribute;
use super::condition::Condition;
use super::criteria::{self, Scope};
use super::identity;
use super::moment::Moment;
use super::number::Amount;
use super::operator::{Comparison, Operator};
use super::property::{self, Wanted};
use super::relation;
use super::text::{Reading, Source, TextTest};
use crate::model::{FieldType, Kind};
use crate::sandbox::fault::{failed, null_pointer};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What a criteria class asks for.
#[derive(Clone, Copy, Debug)]
enum Ask {
    /// A text of the object.
    Text(&'static str),
    /// One of a list of texts.
    OneOf(&'static str),
    /// One of the words of the field.
    Word(&'static str),
    Flag(&'static str),
    Number(&'static str),
    /// The code in a field, which stands for an object.
    Coded(&'static str),
    Date(&'static str),
    /// That a link leads nowhere.
    Without(&'static str),
    Id,
    Ids,
    Property(Wanted),
    AnyProperty(Wanted),
    AnyField,
    /// Words in code and identifier.
    TextAttribute,
}

/// By class, without `SearchCriteria`.
const ASKS: &[(&str, Ask)] = &[
    ("Code", Ask::Text("code")),
    ("TypeGroupCode", Ask::Text("code")),
    ("PermId", Ask::Text("permId")),
    ("Identifier", Ask::Text("identifier")),
    ("Name", Ask::Text("name")),
    ("Label", Ask::Text("label")),
    ("Address", Ask::Text("address")),
    ("ExternalDmsType", Ask::Word("addressType")),
    ("Description", Ask::Text("description")),
    ("UserId", Ask::Text("userId")),
    ("PersonalAccessTokenSessionName", Ask::Text("sessionName")),
    ("FirstName", Ask::Text("firstName")),
    ("LastName", Ask::Text("lastName")),
    ("Email", Ask::Text("email")),
    ("Codes", Ask::OneOf("code")),
    ("PermIds", Ask::OneOf("permId")),
    ("UserIds", Ask::OneOf("userId")),
    ("EntityKind", Ask::Word("entityKind")),
    ("QueryType", Ask::Word("queryType")),
    // No query has a data base.
    ("DatabaseId", Ask::Id),
    ("Status", Ask::Word("status")),
    ("Complete", Ask::Word("complete")),
    ("Location", Ask::Text("location")),
    ("ShareId", Ask::Text("shareId")),
    ("Size", Ask::Number("size")),
    ("SpeedHint", Ask::Number("speedHint")),
    ("ArchivingRequested", Ask::Flag("archivingRequested")),
    ("PresentInArchive", Ask::Flag("presentInArchive")),
    ("StorageConfirmation", Ask::Flag("storageConfirmation")),
    ("StorageFormat", Ask::Coded("storageFormat")),
    ("FileFormatType", Ask::Coded("fileFormatType")),
    ("LocatorType", Ask::Coded("locatorType")),
    ("PluginType", Ask::Word("pluginType")),
    ("PluginKind", Ask::Word("pluginKind")),
    ("ListableSampleType", Ask::Flag("listable")),
    ("RegistrationDate", Ask::Date("registrationDate")),
    ("ModificationDate", Ask::Date("modificationDate")),
    ("AccessDate", Ask::Date("accessDate")),
    ("EventType", Ask::Word("eventType")),
    ("EventEntityType", Ask::Word("entityType")),
    ("EventEntitySpace", Ask::Text("entitySpace")),
    ("EventEntitySpaceId", Ask::Text("entitySpaceId")),
    ("EventEntityProject", Ask::Text("entityProject")),
    ("EventEntityProjectId", Ask::Text("entityProjectId")),
    ("EventEntityRegistrator", Ask::Text("entityRegistrator")),
    ("EventEntityRegistrationDate", Ask::Date("entityRegistrationDate")),
    ("EventIdentifier", Ask::Text("identifier")),
    ("EventDescription", Ask::Text("description")),
    ("EventReason", Ask::Text("reason")),
    ("NoSpace", Ask::Without("space")),
    ("NoProject", Ask::Without("project")),
    ("NoExperiment", Ask::Without("experiment")),
    ("NoSample", Ask::Without("sample")),
    ("NoSampleContainer", Ask::Without("container")),
    ("Id", Ask::Id),
    ("Ids", Ask::Ids),
    ("StringProperty", Ask::Property(Wanted::Text)),
    ("StrictlyStringProperty", Ask::Property(Wanted::StrictText)),
    ("NumberProperty", Ask::Property(Wanted::Number)),
    ("DateProperty", Ask::Property(Wanted::Date)),
    ("BooleanProperty", Ask::Property(Wanted::Flag)),
    ("ControlledVocabularyProperty", Ask::Property(Wanted::Term)),
    ("SampleProperty", Ask::Property(Wanted::Sample)),
    ("AnyProperty", Ask::AnyProperty(Wanted::Text)),
    ("AnyStringProperty", Ask::AnyProperty(Wanted::StrictText)),
    ("AnyNumberProperty", Ask::AnyProperty(Wanted::Number)),
    ("AnyDateProperty", Ask::AnyProperty(Wanted::Date)),
    ("AnyBooleanProperty", Ask::AnyProperty(Wanted::Flag)),
    ("AnyField", Ask::AnyField),
    ("TextAttribute", Ask::TextAttribute),
];

/// What a criteria demands of an object; several are all about one relative of it.
pub(super) fn condition<'s>(
    scope: Scope<'s>,
    together: &[View<'_>],
) -> Result<Condition<'s>, Fault> {
    let &[view, ..] = together else { return Ok(Condition::always()) };
    let class = view.name().strip_suffix("SearchCriteria").unwrap_or_default();
    if class == scope.kind.spec().name {
        return criteria::condition(scope, view);
    }
    if let Some(condition) = relation::condition(scope, together)? {
        return Ok(condition);
    }
    let ask = ASKS.iter().find(|row| row.0 == class).map(|row| row.1);
    let ask = ask.or_else(|| own_text(scope, class));
    match ask.filter(|&ask| applies(scope, ask)) {
        Some(ask) => answer(scope, ask, view),
        None => Err(unsupported(scope, view)),
    }
}

/// The text of the kind that a class is named for: `PredicateOntologyId`.
fn own_text(scope: Scope<'_>, class: &str) -> Option<Ask> {
    let fields = scope.kind.spec().fields.iter();
    let mut texts = fields.filter(|field| field.ty == FieldType::Text);
    let named = texts.find(|field| field.name.eq_ignore_ascii_case(class));
    named.filter(|_| scope.in_memory).map(|field| Ask::Text(field.name))
}

/// Whether objects of the kind can be asked such a thing.
fn applies(scope: Scope<'_>, ask: Ask) -> bool {
    let spec = scope.kind.spec();
    match ask {
        Ask::Text("identifier") => !scope.in_memory,
        Ask::Text("permId" | "entitySpaceId" | "entityProjectId")
        | Ask::OneOf("permId")
        | Ask::Word("entityKind")
        | Ask::Id
        | Ask::Ids => true,
        Ask::Coded(_) => scope.kind == Kind::PhysicalData,
        Ask::Text(field)
        | Ask::OneOf(field)
        | Ask::Word(field)
        | Ask::Flag(field)
        | Ask::Number(field)
        | Ask::Date(field)
        | Ask::Without(field) => spec.field(field).is_some(),
        Ask::Property(_) | Ask::AnyProperty(_) | Ask::AnyField | Ask::TextAttribute => {
            spec.has_properties()
        }
    }
}

fn answer<'s>(
    scope: Scope<'s>,
    ask: Ask,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    Ok(match ask {
        Ask::Text(field) => text(scope, field, view)?,
        Ask::OneOf(field) => one_of(scope, field, view),
        Ask::Word(field) => word(scope, field, view),
        Ask::Flag(field) => {
            let wanted = view.flag(field) || view.flag("fieldValue");
            Condition::new(move |object| object.flag(field) == wanted)
        }
        Ask::Number(field) => number(field, view)?,
        Ask::Coded(field) => coded(scope, field, view)?,
        Ask::Date(field) => date(field, view)?,
        Ask::Without(field) => Condition::new(move |object| object.one(field).is_none()),
        Ask::Id => identity::one(scope, view.get("id"), view)?,
        Ask::Ids => identity::several(scope, view)?,
        Ask::Property(wanted) => property::condition(scope, wanted, view)?,
        Ask::AnyProperty(wanted) => anything::property(scope, wanted, view)?,
        Ask::AnyField => anything::field(scope, view)?,
        Ask::TextAttribute => anything::text_attribute(scope, view)?,
    })
}

fn text<'s>(
    scope: Scope<'s>,
    field: &'static str,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    let Some(value) = view.inner("fieldValue") else { return Ok(Condition::always()) };
    let of = if scope.in_memory { Source::Memory } else { Source::Attribute };
    let reading = Reading { wildcards: scope.in_memory || wildcards(view), of };
    if field == "permId" && scope.kind == Kind::Material {
        return Err(failed(
            "Please use criteria.withId().thatEquals(new MaterialPermId('CODE','TYPE')) \
             instead.",
        ));
    }
    if scope.in_memory && is_order(value) {
        return Err(failed(format!("Unknown string value: class {}", java_class(view))));
    }
    let test = TextTest::read(value, reading)?;
    let among = match test.only() {
        Some(whole) => identity::holding(scope, field, whole),
        None => identity::fitting(scope, field, &test),
    };
    let condition = Condition::new(move |object| {
        test.holds_for(attribute::text(scope.store, object, field))
    });
    Ok(match among {
        Some(numbers) => condition.among(numbers),
        None => condition,
    })
}

/// Whether texts before or after the constant are asked for.
fn is_order(value: View<'_>) -> bool {
    match Operator::of(value) {
        Some(Operator::Compare(comparison)) => comparison != Comparison::Equal,
        Some(_) | None => false,
    }
}

/// Wildcards count unless they are switched off.
pub(super) fn wildcards(view: View<'_>) -> bool {
    view.flag("useWildcards") || !view.has("useWildcards")
}

fn one_of<'s>(scope: Scope<'s>, field: &'static str, view: View<'_>) -> Condition<'s> {
    let Node::List(items) = view.get("fieldValue") else { return Condition::always() };
    if items.is_empty() && field == "userId" {
        return Condition::always();
    }
    let texts: BTreeSet<String> = items.iter().filter_map(text_of).collect();
    let among: Option<Vec<_>> =
        texts.iter().map(|text| identity::holding(scope, field, text)).collect();
    let condition = Condition::new(move |object| {
        let text = attribute::text(scope.store, object, field);
        text.is_some_and(|text| texts.contains(&*text))
    });
    match among {
        Some(numbers) => condition.among(numbers.concat()),
        None => condition,
    }
}

fn text_of(node: &Node) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.clone()),
        Node::Null
        | Node::Flag(_)
        | Node::Integer(_)
        | Node::Real(_)
        | Node::List(_)
        | Node::Map(_)
        | Node::Bean(_) => None,
    }
}

fn word<'s>(scope: Scope<'s>, field: &'static str, view: View<'_>) -> Condition<'s> {
    let Some(wanted) = view.text("fieldValue") else { return Condition::always() };
    let wanted = wanted.to_owned();
    Condition::new(move |object| {
        attribute::text(scope.store, object, field).is_some_and(|text| text == wanted)
    })
}

fn number<'s>(field: &'static str, view: View<'_>) -> Result<Condition<'s>, Fault> {
    let Some(value) = view.inner("fieldValue") else { return Ok(Condition::always()) };
    let Some(Operator::Compare(comparison)) = Operator::of(value) else {
        return Err(null_pointer());
    };
    let Some(wanted) = Amount::of(value.get("value")) else {
        return Ok(Condition::never());
    };
    Ok(Condition::new(move |object| {
        let found = object.integer(field).map(Amount::Whole);
        found.is_some_and(|found| comparison.holds(found.compare(wanted)))
    }))
}

/// Criteria on the code of what a field names.
fn coded<'s>(
    scope: Scope<'s>,
    field: &'static str,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    let codes = view.inners("criteria").map(|inner| text(scope, field, inner));
    let codes = codes.collect::<Result<Vec<_>, _>>()?;
    Ok(Condition::joined(criteria::junction(view)?, codes))
}

fn date<'s>(field: &'static str, view: View<'_>) -> Result<Condition<'s>, Fault> {
    let (comparison, moment) = moment(view)?.ok_or_else(null_pointer)?;
    Ok(Condition::new(move |object| {
        object.time(field).is_some_and(|millis| moment.meets(comparison, millis))
    }))
}

/// The constant of a date criteria, in its zone, and how a time has to stand to it.
pub(super) fn moment(view: View<'_>) -> Result<Option<(Comparison, Moment)>, Fault> {
    let Some(value) = view.inner("fieldValue") else { return Ok(None) };
    let Some(Operator::Compare(comparison)) = Operator::of(value) else {
        return Err(null_pointer());
    };
    if let Some(millis) = value.integer("value") {
        return Ok(Some((comparison, Moment::instant(millis))));
    }
    let moment = value.text("value").and_then(Moment::parse).ok_or_else(null_pointer)?;
    Ok(Some((comparison, moment.in_zone(hours(view).unwrap_or(0)))))
}

/// How many hours ahead of Greenwich the zone of a date criteria is, where it has one that
/// is not the server's own.
pub(super) fn hours(view: View<'_>) -> Option<i64> {
    view.inner("timeZone")?.integer("hourOffset")
}

fn unsupported(scope: Scope<'_>, view: View<'_>) -> Fault {
    if scope.in_memory {
        return failed(format!("Unknown search criteria: class {}", java_class(view)));
    }
    failed(format!("Unsupported criterion type: {}", view.name()))
}

/// The class of a bean as the server itself calls it.
fn java_class(view: View<'_>) -> String {
    let class = view.class().strip_prefix("as.").unwrap_or(view.class());
    format!("ch.ethz.sis.openbis.generic.asapi.v3.{class}")
}
