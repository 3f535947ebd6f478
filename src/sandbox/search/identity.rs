//! Criteria on ids.
use super::attribute;
use super::condition::{Condition, Junction};
use super::criteria::Scope;
use super::text::TextTest;
use crate::model::{IdForm, Kind};
use crate::sandbox::fault::{failed, null_pointer};
use crate::sandbox::store::{Number, Object};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// The kinds whose search takes a list of ids.
const LISTED: &[Kind] = &[
    Kind::SampleType,
    Kind::ExperimentType,
    Kind::DataSetType,
    Kind::PropertyType,
    Kind::PropertyAssignment,
    Kind::Plugin,
    Kind::Vocabulary,
    Kind::VocabularyTerm,
];

/// The objects whose text field holds exactly this, or more of them; none where no index
/// tells.
pub(super) fn holding(
    scope: Scope<'_>,
    field: &'static str,
    text: &str,
) -> Option<Vec<Number>> {
    let (field, text) = match (field, scope.kind) {
        (_, Kind::Event) => return None,
        ("code", _) => ("code", text.rsplit(':').next()?),
        ("identifier", _) => ("code", text.rsplit(['/', ':']).next()?),
        ("permId", Kind::Project | Kind::Experiment | Kind::Sample) => ("permId", text),
        _ => return None,
    };
    let found = scope.store.holding(scope.kind, field, text);
    Some(found.map(|object| object.number).collect())
}

/// The objects whose text field may fit, where that can be told without looking at them.
pub(super) fn fitting(
    scope: Scope<'_>,
    field: &'static str,
    test: &TextTest,
) -> Option<Vec<Number>> {
    if field != "code" || scope.in_memory {
        return None;
    }
    let codes = scope.store.codes(scope.kind);
    let fit = codes.filter(|row| row.1.is_none_or(|code| test.holds(code)));
    // The code of a component begins with that of its container.
    let components = scope.store.linked(scope.kind, "container");
    Some(fit.map(|row| row.0).chain(components).collect())
}

/// The object of one id; of an id that names nothing or another kind there is none.
pub(super) fn one<'s>(
    scope: Scope<'s>,
    id: &Node,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    let id = view.view_of(id).ok_or_else(null_pointer)?;
    if scope.kind == Kind::Person && !scope.in_memory {
        return Err(failed(format!("Unknown id: class {}", id.name())));
    }
    let forms = scope.kind.spec().ids.iter();
    let form = forms
        .copied()
        .find(|form| id.class().strip_prefix("as.dto.") == Some(form.class()));
    Ok(match form {
        Some(form) => named(scope, form, id),
        None => Condition::never(),
    })
}

/// The objects of a list of ids.
pub(super) fn several<'s>(
    scope: Scope<'s>,
    view: View<'_>,
) -> Result<Condition<'s>, Fault> {
    if !LISTED.contains(&scope.kind) {
        return Err(failed(
            "arraycopy: element type mismatch: can not cast one of the elements of \
             java.lang.Object[] to the type of the destination array, java.lang.String",
        ));
    }
    let Node::List(ids) = view.get("fieldValue") else { return Ok(Condition::always()) };
    let ids = ids.iter().map(|id| one(scope, id, view));
    let mut conditions = ids.collect::<Result<Vec<_>, _>>()?;
    conditions.push(Condition::never());
    Ok(Condition::joined(Junction::One, conditions))
}

/// What an id says of the object it names.
fn named<'s>(scope: Scope<'s>, form: IdForm, id: View<'_>) -> Condition<'s> {
    let text = |member: &str| id.text(member).unwrap_or_default().to_owned();
    match form {
        IdForm::PermId(_) | IdForm::Coded(..) | IdForm::Opaque(_) => {
            let perm_id = text("permId");
            let perm_id = match scope.kind {
                Kind::Space => perm_id.trim_start_matches('/').to_owned(),
                _ => perm_id,
            };
            saying(scope, "permId", perm_id)
        }
        IdForm::Identifier(_) => {
            let identifier = text("identifier");
            saying(
                scope,
                "identifier",
                match scope.kind == Kind::Sample {
                    true => identifier.to_uppercase(),
                    false => identifier,
                },
            )
        }
        IdForm::Code(_) => saying(scope, "code", text("code")),
        IdForm::TechId(_) => {
            let number = id.integer("techId");
            Condition::new(move |object| Some(object.tech_id()) == number)
        }
        IdForm::TypePermId(_) => type_named(scope, id),
        IdForm::MaterialPermId(_) => {
            let (code, of) = (text("code"), text("typeCode"));
            saying(scope, "permId", format!("{code} ({of})"))
        }
        IdForm::TermPermId(_) => {
            let (code, vocabulary) = (text("code"), text("vocabularyCode"));
            saying(scope, "permId", format!("{code} ({vocabulary})"))
        }
        IdForm::AssignmentPermId(_) => assignment(scope, id),
        IdForm::GroupedTypeId(_) => grouped_type(scope, id),
    }
}

fn saying<'s>(scope: Scope<'s>, field: &'static str, wanted: String) -> Condition<'s> {
    let among = holding(scope, field, &wanted);
    let condition = Condition::new(move |object| {
        attribute::text(scope.store, object, field).is_some_and(|text| text == wanted)
    });
    match among {
        Some(numbers) => condition.among(numbers),
        None => condition,
    }
}

/// A type, by its code and by what it is for.
fn type_named<'s>(scope: Scope<'s>, id: View<'_>) -> Condition<'s> {
    let code = id.text("permId").map(str::to_owned);
    let kind = id.text("entityKind").map(str::to_owned);
    Condition::new(move |object| is_type(scope, object, code.as_deref(), kind.as_deref()))
}

fn is_type(
    scope: Scope<'_>,
    object: &Object,
    code: Option<&str>,
    kind: Option<&str>,
) -> bool {
    let own = attribute::text(scope.store, object, "entityKind");
    object.text("code") == code && kind.is_none_or(|kind| own.as_deref() == Some(kind))
}

/// The place of a sample type in a group.
fn grouped_type<'s>(scope: Scope<'s>, id: View<'_>) -> Condition<'s> {
    let text = |member: &str| {
        id.inner(member).and_then(|inner| inner.text("permId")).map(str::to_owned)
    };
    let (of, group) = (text("sampleTypeId"), text("typeGroupId"));
    Condition::new(move |object| {
        let code = |field| {
            let linked = object.one(field).and_then(|number| scope.store.get(number));
            linked.map(|linked| linked.code().to_owned())
        };
        of.is_some() && code("sampleType") == of && code("typeGroup") == group
    })
}

/// An assignment, by the type and the property that it joins.
fn assignment<'s>(scope: Scope<'s>, id: View<'_>) -> Condition<'s> {
    let text = |member: &str, field: &str| {
        id.inner(member).and_then(|inner| inner.text(field)).map(str::to_owned)
    };
    let code = text("entityTypeId", "permId");
    let kind = text("entityTypeId", "entityKind");
    let property = text("propertyTypeId", "permId");
    Condition::new(move |object| {
        let link = |field| object.one(field).and_then(|number| scope.store.get(number));
        let holder = link("entityType");
        let fits = |holder| is_type(scope, holder, code.as_deref(), kind.as_deref());
        holder.is_some_and(|holder| fits(holder))
            && link("propertyType").is_some_and(|p| p.text("code") == property.as_deref())
    })
}
