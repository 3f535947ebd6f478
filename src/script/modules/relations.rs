use crate::model::{Criteria, Criterion, Test};
use crate::script::error::Result;
use crate::script::{Entity, Results, ScriptError, search};
use rhai::Map;
use rhai::plugin::*;
use rhai::{Dynamic, FuncRegistration, Module};

use crate::script::relations as links;

/// Relations that scripts change: the names in functions, and the field.
const RELATIONS: &[(&str, &str, &str)] = &[
    ("parents", "parents", "what it was made from"),
    ("children", "children", "what was made from it"),
    ("components", "components", "its parts"),
    ("contained", "components", "its parts"),
    ("containers", "containers", "the data sets that it is a part of"),
    ("tags", "tags", "the labels that you gave it"),
    ("users", "users", "the members of a group"),
];

type Change = fn(&Entity, &str, &Dynamic) -> std::result::Result<(), ScriptError>;

/// `add_parents`, `del_tags`, `set_children` … for every relation.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    for (name, field, what) in RELATIONS {
        let verbs: [(&str, &str, Change); 3] = [
            ("add", "Adds to", links::add),
            ("del", "Takes away from", links::remove),
            ("set", "Replaces", links::set),
        ];
        for (verb, does, change) in verbs {
            let field = *field;
            let comments = [
                format!(
                    "/// {does} {what}: names, objects or a list of them. `save()` sends it."
                ),
                "///".to_owned(),
                "/// ```rhai".to_owned(),
                format!("/// {}", example(verb, name)),
                "/// ```".to_owned(),
            ];
            FuncRegistration::new(format!("{verb}_{name}"))
                .with_params_info(["record: &mut Record", "what: ?", "Record"])
                .with_purity(true)
                .with_comments(comments)
                .set_into_module(
                    &mut module,
                    move |record: &mut Entity, what: Dynamic| -> Result<Entity> {
                        change(record, field, &what)?;
                        Ok(record.clone())
                    },
                );
        }
    }
    module
}

/// A line that shows the function at work.
fn example(verb: &str, name: &str) -> String {
    let call = |source: &str, what: &str| format!("{source}.{verb}_{name}({what});");
    match name {
        "tags" => call("o.get_samples(#{ type: \"YEAST\" })[0]", "[\"checked\"]"),
        "users" => call("o.new_group(\"READERS\")", "[\"observer\"]"),
        "containers" => call("o.get_datasets()[0]", "[]"),
        _ => call("o.get_samples(#{ type: \"YEAST\" })[0]", "[]"),
    }
}

/// What an object is linked to.
#[export_module]
pub mod relations {
    use super::relatives;
    use rhai::Map;

    use crate::model::Kind;
    use crate::script::error::Result;
    use crate::script::{Entity, Results};

    /// What the object was made from.
    ///
    /// ```rhai
    /// for p in o.get_samples(#{ type: "YEAST" })[0].get_parents() { print(p); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_parents(record: &mut Entity) -> Result<Results> {
        relatives(record, "children", &Map::new())
    }

    /// What the object was made from, as far as it fits the search.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.get_parents(#{ type: "YEAST" });
    /// ```
    #[rhai_fn(name = "get_parents", return_raw, pure)]
    pub fn get_parents_where(record: &mut Entity, args: Map) -> Result<Results> {
        relatives(record, "children", &args)
    }

    /// What was made from the object.
    ///
    /// ```rhai
    /// for c in o.get_samples(#{ type: "YEAST" })[0].get_children() { print(c); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_children(record: &mut Entity) -> Result<Results> {
        relatives(record, "parents", &Map::new())
    }

    /// What was made from the object, as far as it fits the search.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.get_children(#{ count: 5 });
    /// ```
    #[rhai_fn(name = "get_children", return_raw, pure)]
    pub fn get_children_where(record: &mut Entity, args: Map) -> Result<Results> {
        relatives(record, "parents", &args)
    }

    /// The parts of the object.
    ///
    /// ```rhai
    /// let parts = o.get_samples(#{ type: "YEAST" })[0].get_components();
    /// assert(parts.total >= 0);
    /// ```
    #[rhai_fn(name = "get_components", name = "get_contained", return_raw, pure)]
    pub fn get_components(record: &mut Entity) -> Result<Results> {
        let back =
            if record.kind() == Kind::DataSet { "containers" } else { "container" };
        relatives(record, back, &Map::new())
    }

    /// The tags of the object, as objects; `tags` has their labels.
    ///
    /// ```rhai
    /// o.get_samples(#{ type: "YEAST" })[0].get_tags();
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_tags(record: &mut Entity) -> Result<rhai::Array> {
        let Some(crate::model::Value::Many(links)) = record.value("tags")? else {
            return Ok(rhai::Array::new());
        };
        let tags = links.iter().map(|link| Entity::linked(record.session(), link));
        Ok(tags.map(rhai::Dynamic::from).collect())
    }
}

/// Those of the same kind that are linked to the object by `back`.
fn relatives(record: &Entity, back: &'static str, args: &Map) -> Result<Results> {
    let (kind, id) = (record.kind(), record.id()?);
    if kind.spec().field(back).is_none() {
        let message = format!("a {} has no {back}", crate::script::value::called(kind));
        return Err(ScriptError::invalid(message).into());
    }
    let this = Criterion::Field { name: "permId", test: Test::exactly(id.text()) };
    let criteria = Criteria::all(kind).with(this);
    let linked = Criterion::Linked { field: back, criteria };
    Ok(search::results(record.session(), kind, args)?.also(linked))
}
