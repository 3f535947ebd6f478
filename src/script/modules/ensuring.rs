//! `ensure_space`, `ensure_sample` …: what is to be there, once.
use rhai::{Array, Dynamic, EvalAltResult, FuncRegistration, Module};

use crate::model::Kind;
use crate::script::{Entity, Session, ensuring};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// What can be ensured, with the arguments of an example.
const KINDS: &[(Kind, &str)] = &[
    (Kind::Space, "\"TEAM\", \"Our team\""),
    (Kind::Project, "\"LAB\", \"HEAT\", \"Heat shock.\""),
    (Kind::Experiment, "\"DEFAULT_EXPERIMENT\", \"RUN_1\", \"/LAB/STRESS\""),
    (
        Kind::Sample,
        "\"YEAST\", #{ space: \"LAB\", code: \"Y1\", props: #{ \"$name\": \"BY4741\" } }",
    ),
    (Kind::VocabularyTerm, "\"NEITHER\", \"YEAST.MATING_TYPE\""),
    (Kind::Tag, "\"checked\", \"Looked at.\""),
];

/// The functions, under all names of the kinds.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    for (kind, example) in KINDS {
        for (noun, _) in kind.spec().names {
            add(&mut module, *kind, noun, example);
        }
    }
    module
}

fn add(module: &mut Module, kind: Kind, noun: &str, example: &str) {
    let name = format!("ensure_{noun}");
    let function = |params: &[&str]| {
        let lines = lines(kind, noun, example);
        FuncRegistration::new(name.clone())
            .with_params_info(params)
            .with_purity(true)
            .with_comments(lines)
    };
    let make = move |session: &Session, args: Array| -> Result<Entity> {
        Ok(ensuring::ensure(session, kind, args)?)
    };
    function(&["session: &mut Openbis", "a: ?", "Result<Record>"])
        .set_into_module(module, move |session: &mut Session, a: Dynamic| {
            make(session, vec![a])
        });
    function(&["session: &mut Openbis", "a: ?", "b: ?", "Result<Record>"])
        .set_into_module(module, move |session: &mut Session, a: Dynamic, b: Dynamic| {
            make(session, vec![a, b])
        });
    function(&["session: &mut Openbis", "a: ?", "b: ?", "c: ?", "Result<Record>"])
        .set_into_module(
            module,
            move |session: &mut Session, a: Dynamic, b: Dynamic, c: Dynamic| {
                make(session, vec![a, b, c])
            },
        );
    function(&[
        "session: &mut Openbis",
        "a: ?",
        "b: ?",
        "c: ?",
        "d: ?",
        "Result<Record>",
    ])
    .set_into_module(
        module,
        move |session: &mut Session, a: Dynamic, b: Dynamic, c: Dynamic, d: Dynamic| {
            make(session, vec![a, b, c, d])
        },
    );
}

fn lines(kind: Kind, noun: &str, example: &str) -> Vec<String> {
    let shown = noun.replace('_', " ");
    let article = if shown.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    let type_too = match kind.spec().field("type").is_some() {
        true => "; `conflict` when it is of another type",
        false => "",
    };
    [
        format!("/// Sees to it that there is {article} {shown} as described: makes it when"),
        "/// there is none, changes what is different when there is one. Takes what".to_owned(),
        format!("/// `new_{noun}` takes; of lists, others than those given stay. `ensured` of"),
        "/// what it gives tells what was done: `\"created\"`, `\"updated\"` or".to_owned(),
        "/// `\"unchanged\"`.".to_owned(),
        "///".to_owned(),
        "/// # Errors".to_owned(),
        format!("/// `invalid` without a code{type_too}. When openBIS cannot be asked, nothing"),
        "/// is made.".to_owned(),
        "///".to_owned(),
        "/// ```rhai".to_owned(),
        format!("/// assert_eq(o.ensure_{noun}({example}).ensured, \"created\");"),
        format!("/// assert_eq(o.ensure_{noun}({example}).ensured, \"unchanged\");"),
        "/// ```".to_owned(),
    ]
    .into()
}
