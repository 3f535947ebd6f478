//! The specs say what the contract says.
use super::bean::{Api, Class, Contract, Service, Type, contract_of};
use super::names;
use crate::model::{Field, FieldType, Kind, Spec, Verb};

/// The contract that a kind is held to: that of newer servers, if only they have it.
fn contract_for(spec: &Spec) -> &'static Contract {
    contract_of(if is_newer(spec) { Api::Newer } else { Api::Of2023 })
}

fn is_newer(spec: &Spec) -> bool {
    Kind::ALL.iter().any(|kind| kind.spec().name == spec.name && kind.is_newer())
}

fn class(spec: &Spec, name: &str) -> &'static Class {
    contract_for(spec).class(name).unwrap_or_else(|| panic!("no class `{name}`"))
}

fn fields() -> impl Iterator<Item = (&'static Spec, &'static Field)> {
    let specs = Kind::ALL.iter().map(|kind| kind.spec());
    specs.flat_map(|spec| spec.fields.iter().map(move |field| (spec, field)))
}

#[track_caller]
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The fields that fall foul of a law.
fn breaking(law: impl Fn(&Spec, &Field) -> bool) -> Vec<String> {
    let broken = fields().filter(|(spec, field)| !law(spec, field));
    broken.map(|(spec, field)| format!("{}.{}", spec.name, field.name)).collect()
}

fn has(spec: &Spec, name: &str, field: &str) -> bool {
    class(spec, name).field(field).is_some_and(|field| !field.newer)
}

/// The same for a field of a spec, which may be one of newer servers.
fn takes(spec: &Spec, name: &str, field: &Field, sent: &str) -> bool {
    let newer = || contract_of(Api::Newer).class(name)?.field(sent);
    has(spec, name, sent) || field.newer && newer().is_some()
}

#[test]
fn a_kind_offers_the_verbs_that_have_a_method() {
    for &kind in Kind::ALL.iter().filter(|kind| !kind.spec().verbs.is_empty()) {
        for &verb in Verb::ALL {
            let method = names::method(kind.spec(), verb);
            let there =
                contract_for(kind.spec()).methods(Service::As, &method).next().is_some();
            assert_eq!(there, kind.spec().offers(verb), "{method}");
        }
    }
}

#[test]
fn every_field_that_is_read_is_sent_by_the_server() {
    none(&breaking(|spec, field| {
        field.sent_only || takes(spec, &names::entity(spec), field, field.name)
    }));
}

#[test]
fn only_what_is_newer_is_called_so() {
    none(&breaking(|spec, field| {
        !field.newer
            || is_newer(spec)
            || !has(spec, &names::entity(spec), &names::sent(field))
    }));
}

#[test]
fn what_is_only_sent_is_not_read() {
    none(&breaking(|spec, field| {
        !field.sent_only || !has(spec, &names::entity(spec), field.name)
    }));
}

#[test]
fn every_field_of_a_creation_is_taken_by_the_server() {
    none(&breaking(|spec, field| {
        !field.on_create
            || takes(spec, &names::dto(spec, Verb::Create), field, &names::sent(field))
    }));
}

#[test]
fn every_field_of_an_update_is_taken_by_the_server() {
    none(&breaking(|spec, field| {
        !field.on_update
            || takes(spec, &names::dto(spec, Verb::Update), field, &names::sent(field))
    }));
}

#[test]
fn a_field_is_asked_for_exactly_where_the_fetch_options_have_it() {
    none(&breaking(|spec, field| {
        field.sent_only
            || field.asked == has(spec, &names::dto(spec, Verb::Get), field.name)
    }));
}

#[test]
fn a_creation_bears_a_name_exactly_where_the_server_takes_one() {
    let created = Kind::ALL.iter().map(|kind| kind.spec());
    for spec in created.filter(|spec| spec.offers(Verb::Create)) {
        let creation = names::dto(spec, Verb::Create);
        let named = has(spec, &creation, "creationId");
        assert_eq!(named, names::has_creation_id(spec), "{creation}");
    }
}

#[test]
fn an_update_names_its_object() {
    let updated = Kind::ALL.iter().map(|kind| kind.spec());
    for spec in updated.filter(|spec| spec.offers(Verb::Update)) {
        let update = names::dto(spec, Verb::Update);
        assert!(has(spec, &update, spec.own_id), "{update}.{}", spec.own_id);
    }
}

#[test]
fn every_id_form_has_its_class() {
    for kind in Kind::ALL {
        for form in kind.spec().ids {
            class(kind.spec(), &format!("as.dto.{}", form.class()));
        }
    }
}

#[test]
fn choices_are_the_constants_of_the_server() {
    for (spec, field) in fields() {
        let FieldType::Choice(words) = field.ty else { continue };
        let (class_of, name) = match field.sent_only {
            true => (names::dto(spec, Verb::Create), names::sent(field)),
            false => (names::entity(spec), field.name.into()),
        };
        let found = class(spec, &class_of).field(&name).unwrap();
        let Type::Named(class_name) = found.ty else { continue };
        let known = &class(spec, class_name).constants;
        for word in words {
            let there = known.iter().any(|(name, _)| name == word);
            assert!(there, "{}.{}: {word}", spec.name, field.name);
        }
    }
}
