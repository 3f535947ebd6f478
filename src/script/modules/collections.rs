use crate::script::error::Result;
use crate::script::{Entity, ScriptError, collecting};
use rhai::plugin::*;
use rhai::{Dynamic, FuncRegistration, Module};

/// What lies in collections, where objects are shown, and marks on them.
#[export_module]
pub mod collections {
    use rhai::{Dynamic, Map};

    use crate::script::error::Result;
    use crate::script::{Entity, attributes, eln};

    /// The address of the object's page in the electronic lab notebook.
    ///
    /// # Errors
    /// `invalid` for what has no page there, and for what is not saved yet.
    ///
    /// ```rhai
    /// assert(o.get_space("LAB").get_eln_url().contains("showSpacePage"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_eln_url(record: &mut Entity) -> Result<String> {
        Ok(eln::page(record)?)
    }

    /// Marks the object as one to be deleted. It is a note for the script alone.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.mark_to_be_deleted();
    /// assert(s.is_marked_to_be_deleted());
    /// ```
    #[rhai_fn(pure)]
    pub fn mark_to_be_deleted(record: &mut Entity) {
        record.mark(true);
    }

    /// Takes that mark away.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.mark_to_be_deleted();
    /// s.unmark_to_be_deleted();
    /// assert(!s.is_marked_to_be_deleted());
    /// ```
    #[rhai_fn(pure)]
    pub fn unmark_to_be_deleted(record: &mut Entity) {
        record.mark(false);
    }

    /// Whether it was marked as one to be deleted.
    ///
    /// ```rhai
    /// assert(!o.get_space("LAB").is_marked_to_be_deleted());
    /// ```
    #[rhai_fn(pure)]
    pub fn is_marked_to_be_deleted(record: &mut Entity) -> bool {
        record.is_marked()
    }

    /// The property codes of a type, in small letters.
    ///
    /// ```rhai
    /// assert("$name" in o.get_sample_type("YEAST").codes());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn codes(record: &mut Entity) -> Result<rhai::Array> {
        let assignments = super::super::record::record::get_property_assignments(record)?;
        let code = |assignment: Dynamic| {
            let map = assignment.cast::<Map>();
            map.get("code").and_then(crate::script::value::text)
        };
        let codes = assignments.into_iter().filter_map(code);
        Ok(codes.map(|code| code.to_lowercase().into()).collect())
    }

    /// The property type of one of `get_property_assignments()`.
    ///
    /// ```rhai
    /// let all = o.get_sample_type("YEAST").get_property_assignments();
    /// assert_eq(all[0].get_property_type().code, all[0].code);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_property_type(assignment: &mut Map) -> Dynamic {
        assignment.get("propertyType").cloned().unwrap_or_default()
    }

    /// Who owns the tag.
    ///
    /// ```rhai
    /// assert_eq(o.new_tag("mine").save().get_owner(), "admin");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_owner(record: &mut Entity) -> Result<Dynamic> {
        Ok(attributes::get(record, "owner")?)
    }
}

type Change = fn(&Entity, &[Dynamic]) -> std::result::Result<(), ScriptError>;

/// `add_samples`, `del_objects` …, which take one object, some, or a list of them.
pub(super) fn module() -> Module {
    let verbs: [(&str, &str, Change); 2] = [
        ("add", "Puts samples into the collection", collecting::add),
        ("del", "Takes samples out of the collection", collecting::remove),
    ];
    let mut module = Module::new();
    for (verb, does, change) in verbs {
        for nouns in ["samples", "objects"] {
            let name = format!("{verb}_{nouns}");
            add(&mut module, &name, does, change);
        }
    }
    module
}

fn add(module: &mut Module, name: &str, does: &str, change: Change) {
    let function = |params: &[&str]| {
        let lines = [
            format!("/// {does}, at once and by one call: names, objects, or a list."),
            "/// `changed` of each says whether it was moved.".to_owned(),
            "///".to_owned(),
            "/// # Errors".to_owned(),
            "/// `not_found` names what is not there; then nothing was moved.".to_owned(),
            "///".to_owned(),
            "/// ```rhai".to_owned(),
            "/// let c = o.get_collections(#{ type: \"DEFAULT_EXPERIMENT\" })[0];"
                .to_owned(),
            format!("/// c.{name}(c.get_samples());"),
            "/// ```".to_owned(),
        ];
        let params: Vec<String> = std::iter::once("record: &mut Record".to_owned())
            .chain(params.iter().map(|param| format!("{param}: ?")))
            .chain(["Record".to_owned()])
            .collect();
        FuncRegistration::new(name)
            .with_params_info(params)
            .with_purity(true)
            .with_comments(lines)
    };
    let go = move |record: &Entity, given: &[Dynamic]| -> Result<Entity> {
        change(record, given)?;
        Ok(record.clone())
    };
    function(&["what"])
        .set_into_module(module, move |record: &mut Entity, what: Dynamic| {
            go(record, &[what])
        });
    function(&["what", "more"]).set_into_module(
        module,
        move |record: &mut Entity, what: Dynamic, more: Dynamic| {
            go(record, &[what, more])
        },
    );
    function(&["what", "more", "last"]).set_into_module(
        module,
        move |record: &mut Entity, what: Dynamic, more: Dynamic, last: Dynamic| {
            go(record, &[what, more, last])
        },
    );
}
