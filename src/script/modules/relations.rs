use crate::model::{Criteria, Criterion, Test, Value};
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
    ("members", "users", "the members of a group"),
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
        "users" | "members" => call("o.new_group(\"READERS\")", "[\"observer\"]"),
        "containers" => call("o.get_datasets()[0]", "[]"),
        _ => call("o.get_samples(#{ type: \"YEAST\" })[0]", "[]"),
    }
}

/// What an object is linked to.
#[export_module]
pub mod relations {
    use super::{linked, relatives};
    use rhai::Map;

    use crate::model::Kind;
    use crate::script::error::Result;
    use crate::script::{Entity, Results, attributes};

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
        get_components_where(record, Map::new())
    }

    /// The parts of the object, as far as they fit the search.
    ///
    /// ```rhai
    /// o.get_samples(#{ type: "YEAST" })[0].get_components(#{ type: "OLIGO" });
    /// ```
    #[rhai_fn(name = "get_components", name = "get_contained", return_raw, pure)]
    pub fn get_components_where(record: &mut Entity, args: Map) -> Result<Results> {
        let back =
            if record.kind() == Kind::DataSet { "containers" } else { "container" };
        relatives(record, back, &args)
    }

    /// The data sets that the data set is a part of.
    ///
    /// ```rhai
    /// assert(o.get_datasets()[0].get_containers().len() >= 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_containers(record: &mut Entity) -> Result<Results> {
        linked(record, "containers", Map::new())
    }

    /// The data sets that the data set is a part of, as far as they fit the search.
    ///
    /// ```rhai
    /// o.get_datasets()[0].get_containers(#{ type: "RAW_DATA" });
    /// ```
    #[rhai_fn(name = "get_containers", return_raw, pure)]
    pub fn get_containers_where(record: &mut Entity, args: Map) -> Result<Results> {
        linked(record, "containers", args)
    }

    /// The sample that the sample is a part of; `()` when it is none.
    ///
    /// ```rhai
    /// assert_eq(o.get_samples(#{ type: "YEAST" })[0].get_container(), ());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_container(record: &mut Entity) -> Result<rhai::Dynamic> {
        Ok(attributes::get(record, "container")?)
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
        let message = format!("{} has no {back}", crate::script::value::a(kind));
        return Err(ScriptError::invalid(message).into());
    }
    let this = Criterion::Field { name: "permId", test: Test::exactly(id.text()) };
    let criteria = Criteria::all(kind).with(this);
    let linked = Criterion::Linked { field: back, criteria };
    Ok(search::results(record.session(), kind, args)?.also(linked))
}

/// Those that a field of the object leads to, as far as they fit the search.
fn linked(record: &Entity, field: &'static str, mut args: Map) -> Result<Results> {
    let kind = record.kind();
    let Some(known) = kind.spec().field(field) else {
        let message = format!("{} has no {field}", crate::script::value::a(kind));
        return Err(ScriptError::invalid(message).into());
    };
    let links = match record.value(known.name)? {
        Some(Value::Many(links)) => links,
        Some(_) | None => Vec::new(),
    };
    if links.is_empty() {
        return Ok(search::results(record.session(), kind, &args)?.within(0, Some(0)));
    }
    let ids = links.iter().map(|link| link.id.text().to_owned().into());
    args.insert("permId".into(), Dynamic::from_array(ids.collect()));
    Ok(search::results(record.session(), kind, &args)?)
}
