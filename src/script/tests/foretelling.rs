//! What a plan lists is what the run then does: random scripts over random labs.
mod compared;
mod statements;

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{
    Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner,
};

use super::World;
use super::world::generous;
use crate::ledger::{About, Journal, Ledger, RunId, RunKind};
use crate::model::Timestamp;
use crate::script::{Desk, recipe::Recipe};
use compared::{Named, journalled, planned};

/// The same cases each time.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 10,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, random)
}

fn ledger() -> (Arc<Ledger>, Arc<Journal>) {
    let ledger = Arc::new(Ledger::in_memory().unwrap());
    let about = About {
        kind: RunKind::Script,
        script: "test.rhai".to_owned(),
        source: String::new(),
        params: Vec::new(),
        profile: None,
        user: None,
        server: "sandbox".to_owned(),
        of: None,
        key: "5eed".to_owned(),
        started: Timestamp(0),
    };
    let kept = Arc::clone(&ledger);
    let open = move || Ok((Arc::clone(&kept), kept.begin_changing(&about, None)?));
    (ledger, Arc::new(Journal::new(open)))
}

/// What another session sees of the lab: the value of each field that scripts here change.
fn seen(world: &mut World) -> BTreeMap<String, String> {
    world.sit_at(Desk::new());
    let lines = world.value(statements::LOOK).into_typed_array::<String>().unwrap();
    let pairs = lines.iter().filter_map(|line| line.split_once(" = "));
    pairs.map(|(field, value)| (field.to_owned(), value.to_owned())).collect()
}

/// Plans a script and then runs it, and compares the two, and both with what is seen.
fn compare(lab: &str, script: &str, params: &rhai::Map) -> Result<(), TestCaseError> {
    let mut world = World::agreeing();
    world.good(lab);
    let before = seen(&mut world);
    world.give(params.clone());

    let desk = Desk::planning(generous());
    world.sit_at(desk.clone());
    world.calls();
    let foretold = world.run(script).map(|value| value.to_string());
    let calls = world.calls();
    prop_assert!(!calls.contains(&"executeOperations".to_owned()), "{:?}", calls);
    let plan = desk.plan();

    let (ledger, journal) = ledger();
    let desk = Desk::ruled(generous(), Some(journal));
    world.sit_at(desk.clone());
    let told = world.run(script).map(|value| value.to_string());
    prop_assert_eq!(foretold.is_ok(), told.is_ok(), "{:?}\n{:?}", foretold, told);
    let told = told.map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
    let done: Vec<_> = ledger
        .calls(RunId(1))
        .unwrap()
        .iter()
        .flat_map(|call| ledger.outcomes(call).unwrap())
        .collect();
    prop_assert_eq!(plan.totals().to_string(), compared::totals(&done), "{}", told);
    let named = Named::of(&before);
    let rows = planned(&plan, &named);
    prop_assert_eq!(&rows, &journalled(&plan, &done, &named));
    let after = seen(&mut world);
    compared::hold(&rows, &before, &after).map_err(TestCaseError::fail)
}

fn told<T: std::fmt::Debug>(outcome: Result<(), TestError<T>>) {
    match outcome {
        Err(TestError::Fail(why, _)) => panic!("{why}"),
        outcome => outcome.unwrap(),
    }
}

#[test]
fn what_is_planned_is_what_any_script_then_does() {
    let cases = (statements::lab(), statements::script());
    let outcome = runner(10).run(&cases, |(lab, script)| {
        compare(&lab, &script, &rhai::Map::new())
            .map_err(|e| TestCaseError::fail(format!("{e}\n{lab}\n{script}")))
    });
    told(outcome);
}

const SAMPLES: [(usize, usize, bool); 7] = [
    (1, 9, true),
    (1, 0, false),
    (2, 1, true),
    (1, 0, true),
    (3, 9, false),
    (1, 4, true),
    (2, 0, false),
];

#[test]
fn what_is_planned_is_what_each_statement_then_does() {
    let lab = statements::lab_of(&SAMPLES);
    let params = rhai::Map::new();
    let differing: Vec<String> = statements::all()
        .filter_map(|script| {
            let differs = compare(&lab, &script, &params).err()?;
            Some(format!("{script}\n{differs}"))
        })
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

fn recipe(name: &str) -> (String, Recipe) {
    let source = std::fs::read_to_string(format!("stdlib/{name}.rhai")).unwrap();
    let header = Recipe::read(&source).unwrap();
    (source, header)
}

fn compare_recipe(
    name: &str,
    lab: &str,
    given: &[(String, String)],
) -> Result<(), TestCaseError> {
    let (source, header) = recipe(name);
    let params = header.values(given).unwrap();
    compare(lab, &source, &params)
        .map_err(|e| TestCaseError::fail(format!("{e}\n{name} {given:?}\n{lab}")))
}

#[test]
fn what_is_planned_is_what_each_recipe_then_does() {
    let mut names: Vec<String> = std::fs::read_dir("stdlib")
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "rhai"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    for name in names {
        let cases = (statements::lab(), statements::params(&name));
        let outcome =
            runner(3).run(&cases, |(lab, given)| compare_recipe(&name, &lab, &given));
        told(outcome);
    }
}
