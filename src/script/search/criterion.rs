//! Criteria from what is compared and what it is compared with.
use rhai::Dynamic;

use super::constant;
use super::target::Target;
use crate::client::PropertyType;
use crate::model::{
    Criteria, Criterion, DataType, Field, FieldType, Id, Kind, Operator, Test, TestValue,
};
use crate::script::condition::Condition;
use crate::script::value::{mismatch, text};
use crate::script::{Entity, ScriptError, Session};

/// Makes the criteria of one argument.
#[derive(Clone, Copy)]
pub(super) struct Seeker<'a> {
    pub(super) session: &'a Session,
    pub(super) kind: Kind,
    /// The argument, for messages.
    pub(super) name: &'a str,
}

impl Seeker<'_> {
    /// `negated` is carried down to the single comparisons: only there the server heeds it.
    pub(super) fn criterion(
        &self,
        target: &Target,
        condition: &Condition,
        negated: bool,
    ) -> Result<Criterion, ScriptError> {
        match condition {
            Condition::Not(inner) => self.criterion(target, inner, !negated),
            Condition::Any(items) => self.group(target, items, !negated, negated),
            Condition::All(items) => self.group(target, items, negated, negated),
            Condition::Is(..) | Condition::Present => {
                self.leaf(target, condition, negated)
            }
        }
    }

    fn group(
        &self,
        target: &Target,
        items: &[Condition],
        any: bool,
        negated: bool,
    ) -> Result<Criterion, ScriptError> {
        items.iter().try_for_each(|item| self.check_type(target, item))?;
        let items: Result<Vec<Criterion>, ScriptError> =
            items.iter().map(|item| self.criterion(target, item, negated)).collect();
        let mut items = items?;
        if items.len() == 1
            && let Some(only) = items.pop()
        {
            return Ok(only);
        }
        Ok(Criterion::Sub(Criteria { items, any, ..Criteria::all(self.kind) }))
    }

    /// One of several types that is not there would be passed over: it is told. A single
    /// one is looked for when nothing is found.
    fn check_type(&self, target: &Target, item: &Condition) -> Result<(), ScriptError> {
        let (Target::Linked { kind, .. }, Condition::Is(_, given)) = (target, item)
        else {
            return Ok(());
        };
        match text(given).filter(|code| is_type(*kind) && !code.contains(['*', '?'])) {
            Some(code) => self.session.type_sheet(*kind, &code).map(|_| ()),
            None => Ok(()),
        }
    }

    fn leaf(
        &self,
        target: &Target,
        condition: &Condition,
        negated: bool,
    ) -> Result<Criterion, ScriptError> {
        if negated {
            if let (Some(field), Condition::Present) = (removable(target), condition) {
                return Ok(Criterion::Without { field });
            }
            if is_family(target) {
                let message =
                    format!("openBIS cannot search by `not` on `{}`", self.name);
                return Err(ScriptError::invalid(message));
            }
        }
        let plain = self.plain(target, condition)?;
        if !negated {
            return Ok(plain);
        }
        Ok(Criterion::Sub(Criteria::all(self.kind).with(plain).negate()))
    }

    fn plain(
        &self,
        target: &Target,
        condition: &Condition,
    ) -> Result<Criterion, ScriptError> {
        match target {
            Target::Field(field) => {
                let test = self.test_of_field(field, condition)?;
                Ok(Criterion::Field { name: field.name, test })
            }
            Target::Physical(field) => {
                let test = self.test_of_field(field, condition)?;
                let criteria = Criteria::all(Kind::PhysicalData)
                    .with(Criterion::Field { name: field.name, test });
                Ok(Criterion::Linked { field: "physicalData", criteria })
            }
            Target::Property(rule) => {
                let test = self.test_of_property(rule, condition)?;
                Ok(Criterion::Property { code: rule.code.clone(), test })
            }
            Target::Beyond { field, kind, property } => {
                let inner = Seeker { kind: *kind, ..*self };
                let criteria =
                    Criteria::all(*kind).with(inner.plain(property, condition)?);
                Ok(Criterion::Linked { field, criteria })
            }
            Target::Linked { ways, kind } => self.linked(ways, *kind, condition),
            Target::AnyField => Ok(Criterion::AnyField(text_test(condition, false))),
        }
    }

    /// An object at the end of a way, by whatever names it.
    fn linked(
        &self,
        ways: &[&'static [&'static str]],
        kind: Kind,
        condition: &Condition,
    ) -> Result<Criterion, ScriptError> {
        let criteria = match condition {
            Condition::Is(Operator::Equal, given) => self.named(kind, given)?,
            Condition::Present => Criteria::all(kind),
            Condition::Is(..)
            | Condition::Any(_)
            | Condition::All(_)
            | Condition::Not(_) => {
                let message = format!("`{}` takes a name, no comparison", self.name);
                return Err(ScriptError::invalid(message));
            }
        };
        let mut found: Vec<Criterion> =
            ways.iter().filter_map(|way| along(self.kind, way, &criteria)).collect();
        match (found.len(), found.pop()) {
            (1, Some(only)) => Ok(only),
            (_, last) => {
                found.extend(last);
                let items = found;
                Ok(Criterion::Sub(Criteria { items, ..Criteria::any(self.kind) }))
            }
        }
    }

    /// The objects of a kind that go by this name.
    fn named(&self, kind: Kind, given: &Dynamic) -> Result<Criteria, ScriptError> {
        let by = |name, text: &str| by_name(kind, name, text);
        if let Some(entity) = given.read_lock::<Entity>() {
            let id = entity.id_as(kind)?;
            if kind == Kind::Tag {
                // Its permId is in capitals, the code that is searched for is not.
                return Ok(by("code", &entity.label()));
            }
            return Ok(by(lasting(kind, id.text()), bare(kind, id.text())));
        }
        let Some(text) = text(given) else {
            let wanted = format!("a {} or its name", crate::script::value::called(kind));
            return Err(mismatch(self.name, &wanted, given));
        };
        // Roles are searched for by nothing but the permId of a project.
        if (self.kind, kind) == (Kind::RoleAssignment, Kind::Project)
            && text.contains('/')
        {
            let id = Id::parse(kind, &text)?;
            let found = self.session.get(&id)?;
            let found = found.ok_or_else(|| self.session.missing(kind, &text))?;
            return Ok(by("permId", found.id()?.text()));
        }
        Ok(by(lasting(kind, &text), bare(kind, &text)))
    }

    fn test_of_field(
        &self,
        field: &Field,
        condition: &Condition,
    ) -> Result<Test, ScriptError> {
        let Condition::Is(operator, given) = condition else { return Ok(Test::any()) };
        let value = match field.ty {
            FieldType::Timestamp => constant::date(self.name, given, false)?,
            FieldType::Integer => constant::integer(self.name, given)?,
            FieldType::Flag => TestValue::Flag(
                given
                    .as_bool()
                    .map_err(|_| mismatch(self.name, "`true` or `false`", given))?,
            ),
            FieldType::Text | FieldType::Choice(_) => {
                let upper = matches!(field.name, "code" | "identifier" | "status");
                return Ok(text_test(condition, upper));
            }
            FieldType::Texts
            | FieldType::Map
            | FieldType::Bytes
            | FieldType::Properties
            | FieldType::One(_)
            | FieldType::Many(_)
            | FieldType::Part(_)
            | FieldType::Parts(_) => return Ok(text_test(condition, false)),
        };
        Ok(Test { operator: *operator, value })
    }

    fn test_of_property(
        &self,
        rule: &PropertyType,
        condition: &Condition,
    ) -> Result<Test, ScriptError> {
        let Condition::Is(operator, given) = condition else { return Ok(Test::any()) };
        let value = match rule.data_type {
            DataType::Integer | DataType::Real => constant::number(rule, given)?,
            DataType::Boolean => constant::flag(rule, given)?,
            DataType::Date => constant::date(self.name, given, true)?,
            DataType::Timestamp => constant::date(self.name, given, false)?,
            DataType::ControlledVocabulary => return Ok(text_test(condition, true)),
            DataType::Varchar
            | DataType::MultilineVarchar
            | DataType::Material
            | DataType::Hyperlink
            | DataType::Xml
            | DataType::Sample
            | DataType::Json
            | DataType::ArrayString
            | DataType::ArrayInteger
            | DataType::ArrayReal
            | DataType::ArrayTimestamp => return Ok(text_test(condition, false)),
        };
        Ok(Test { operator: *operator, value })
    }
}

/// A comparison of texts; `*` and `?` are wildcards.
fn text_test(condition: &Condition, upper: bool) -> Test {
    let Condition::Is(operator, given) = condition else { return Test::any() };
    let label = given.read_lock::<Entity>().map(|entity| entity.label());
    let text = label.or_else(|| text(given)).unwrap_or_else(|| given.to_string());
    let text = if upper { text.to_uppercase() } else { text };
    Test { operator: *operator, ..Test::equal(text) }
}

/// The criteria at the end of a way through relations.
fn along(kind: Kind, way: &[&str], criteria: &Criteria) -> Option<Criterion> {
    let (first, rest) = way.split_first()?;
    let field = kind.spec().field(first)?;
    let criteria = if rest.is_empty() {
        criteria.clone()
    } else {
        let next = field.ty.kind()?;
        Criteria::all(next).with(along(next, rest, criteria)?)
    };
    Some(Criterion::Linked { field: field.name, criteria })
}

/// Those of a kind with this name. Names are in capitals on the server, except that user
/// ids and tags keep their case; tags are found in the usual spellings.
fn by_name(kind: Kind, name: &'static str, wanted: &str) -> Criteria {
    let test = |text: String| Criterion::Field { name, test: Test::equal(text) };
    match kind {
        Kind::Person => Criteria::all(kind).with(test(wanted.to_owned())),
        Kind::Tag => {
            let mut spellings =
                vec![wanted.to_owned(), wanted.to_lowercase(), wanted.to_uppercase()];
            spellings.dedup();
            let items = spellings.into_iter().map(test).collect();
            Criteria { items, ..Criteria::any(kind) }
        }
        _ => Criteria::all(kind).with(test(wanted.to_uppercase())),
    }
}

/// Whether objects have a type of this kind.
pub(super) fn is_type(kind: Kind) -> bool {
    matches!(kind, Kind::SampleType | Kind::ExperimentType | Kind::DataSetType)
}

/// The field by which a name is looked for.
fn lasting(kind: Kind, name: &str) -> &'static str {
    let generated =
        name.len() > 18 && name.as_bytes()[..17].iter().all(u8::is_ascii_digit);
    let spec = kind.spec();
    if kind == Kind::Person {
        return "userId";
    }
    if name.starts_with('/') && spec.field("identifier").is_some() {
        return "identifier";
    }
    if generated && spec.field("permId").is_some() { "permId" } else { "code" }
}

/// Spaces and tags go by their code, whatever stands before it.
fn bare(kind: Kind, name: &str) -> &str {
    match kind {
        Kind::Space | Kind::Tag => name.rsplit('/').next().unwrap_or(name),
        _ => name,
    }
}

/// The field that a search can ask to be empty.
fn removable(target: &Target) -> Option<&'static str> {
    let Target::Linked { ways, .. } = target else { return None };
    match ways.as_slice() {
        [[field]] => ["space", "project", "experiment", "sample", "container"]
            .into_iter()
            .find(|known| known == field),
        _ => None,
    }
}

/// Relations within a kind, on which the server ignores a negation.
fn is_family(target: &Target) -> bool {
    let family = ["parents", "children", "container", "containers", "components"];
    match target {
        Target::Linked { ways, .. } => {
            ways.iter().any(|way| way.first().is_some_and(|field| family.contains(field)))
        }
        Target::Beyond { field, .. } => family.contains(field),
        Target::Field(_)
        | Target::Property(_)
        | Target::Physical(_)
        | Target::AnyField => false,
    }
}
