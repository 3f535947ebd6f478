//! Every method of the interface by its name.
use rhai::{Array, Dynamic, Map};

use super::World;
use crate::script::{Session, calling};
use crate::wire::Asked;
use crate::wire::bean::{Api, Method, Service, Shape, Type, contract_of};

/// Something that fits the type, as simple as can be.
fn simplest(ty: &Type) -> Dynamic {
    let contract = contract_of(Api::Of2023);
    match ty {
        Type::Void | Type::Any | Type::Date => Dynamic::UNIT,
        Type::Text => "NOTHING".into(),
        Type::Flag(_) => Dynamic::FALSE,
        Type::Int(_) | Type::Long(_) | Type::Number | Type::Double => 1_i64.into(),
        Type::Bytes => Dynamic::from_blob(Vec::new()),
        Type::List(_) => Array::new().into(),
        Type::Map(_) => Map::new().into(),
        Type::Named(name) => {
            let below = contract_of(Api::Newer).below(name);
            let mut classes =
                below.iter().filter_map(|name| contract.class(name)).filter(|class| {
                    class.shape == Shape::Class || class.shape == Shape::Enum
                });
            match classes.next() {
                Some(class) if class.shape == Shape::Enum => class.constants[0].0.into(),
                Some(class) => {
                    let map: Map = [("@type".into(), class.name.into())].into();
                    map.into()
                }
                None => "NOTHING".into(),
            }
        }
    }
}

fn params(method: &Method) -> Array {
    let own = method.params.iter().filter(|(name, _)| *name != "sessionToken");
    own.map(|(_, ty)| simplest(ty)).collect()
}

fn name(method: &Method) -> String {
    match method.service {
        Service::As => method.name.to_owned(),
        Service::Dss => format!("dss.{}", method.name),
    }
}

/// What a server says that could not read a call.
const UNREAD: &[&str] =
    &["deserialize", "method not found", "parameters invalid", "JSON parse", "cast"];

#[test]
fn every_method_can_be_called_and_is_read_by_the_server() {
    let mut called = 0;
    let mut wrong = Vec::new();
    for method in contract_of(Api::Of2023).all_methods() {
        let (name, params) = (name(method), params(method));
        let given: Result<Vec<_>, _> = params.iter().map(calling::argument).collect();
        let asked = Asked::new(&name, &given.unwrap());
        called += 1;
        if let Err(misfit) = &asked {
            wrong.push(format!("{name}: {misfit:?}"));
        }
        if method.newer || method.service == Service::Dss {
            continue;
        }
        // Each has a lab of its own: some end the session.
        let world = World::new();
        let session = Session::new(world.host(), world.host().session.clone());
        if let Err(error) = calling::call(&session, &name, &params)
            && UNREAD.iter().any(|sign| error.message.contains(sign))
        {
            wrong.push(format!("{name}: {}", error.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(called, 174);
}

#[test]
fn what_does_not_fit_is_told_before_anything_is_sent() {
    let world = World::new();
    let told = |source: &str| {
        let failure = world.bad(source);
        format!("{} / {}", failure.message, failure.hints.join(" / "))
    };
    assert_eq!(
        told(r#"o.call("searchSpaced", [])"#),
        "no method `searchSpaced` / did you mean `searchSpaces` or `searchSamples` or \
         `searchFiles`?"
    );
    assert_eq!(
        told(r#"o.call("createSpaces", [[#{ cod: "A" }]])"#),
        "a SpaceCreation has no field `cod` / did you mean `code`?"
    );
    assert_eq!(
        told(r#"o.call("createSpaces", [[#{ code: 5 }]])"#),
        "`newSpaces.code` takes a text, not the number 5 / "
    );
    assert_eq!(
        told(r#"o.call("getSamples", [[o.get_space("LAB")]])"#),
        "`sampleIds` takes ISampleId, not a space / "
    );
    assert!(world.calls().iter().all(|method| !method.starts_with("create")));
}

#[test]
fn what_is_only_referred_to_in_an_answer_is_in_its_place() {
    let world = World::new();
    world.good(
        r#"
        let fetch = #{ registrator: true, modifier: true };
        let id = o.get_project("/LAB/STRESS").permId;
        let project = o.call_raw("getProjects", [[id], fetch])[id];
        assert_eq(project.modifier.userId, project.registrator.userId);
        assert_eq(type_of(project.registrationDate), type_of(now()));
        "#,
    );
}
