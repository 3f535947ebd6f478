use crate::script::error::Result;
use crate::script::{Entity, attributes, columns};
use rhai::plugin::*;
use rhai::{Array, Dynamic, Map};

/// Objects of openBIS: reading, changing, saving.
#[export_module]
pub mod record {
    use super::{assignment, named};
    use rhai::{Array, Dynamic, ImmutableString, Map};

    use crate::model::{FieldType, Value};
    use crate::script::error::Result;
    use crate::script::{Entity, ScriptError, attributes, raw, saving, unmodified};

    /// An object of openBIS: a sample, a space, a type …
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Record = Entity;

    /// Reads an attribute by name.
    ///
    /// ```rhai
    /// let s = o.get_space("LAB");
    /// assert_eq(s["code"], "LAB");
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn get_attribute(record: &mut Entity, name: ImmutableString) -> Result<Dynamic> {
        Ok(attributes::get(record, &name)?)
    }

    /// Changes an attribute; `save()` sends it.
    ///
    /// ```rhai
    /// let s = o.get_space("LAB");
    /// s["description"] = "The lab.";
    /// ```
    #[rhai_fn(index_set, return_raw)]
    pub fn set_attribute(
        record: &mut Entity,
        name: ImmutableString,
        value: Dynamic,
    ) -> Result<()> {
        Ok(attributes::set(record, &name, &value)?)
    }

    /// Sends what was changed, and nothing else; gives the object back as the server has it
    /// now. `changed` says whether there was anything to send.
    ///
    /// # Errors
    /// `invalid` before anything is sent when a mandatory value is missing; `refused`,
    /// `conflict` or `unauthorized` when the server will not.
    ///
    /// ```rhai
    /// let s = o.get_space("LAB");
    /// assert(!s.save().changed);
    /// s.description = "Our lab.";
    /// assert(s.save().changed);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn save(record: &mut Entity) -> Result<Entity> {
        saving::save(std::slice::from_ref(record))?;
        Ok(record.clone())
    }

    /// The same with `if_unmodified: true`: not if somebody has changed the object since it
    /// was read.
    ///
    /// # Errors
    /// `conflict` if somebody has; it says who and when. Else those of `save()`.
    ///
    /// ```rhai
    /// let s = o.get_space("LAB");
    /// s.description = "Our lab.";
    /// assert(s.save(#{ if_unmodified: true }).changed);
    /// ```
    #[rhai_fn(name = "save", return_raw, pure)]
    pub fn save_with(record: &mut Entity, mut options: Map) -> Result<Entity> {
        let careful = unmodified::wanted(&mut options)?;
        unmodified::alone(&options)?;
        if careful {
            unmodified::check(std::slice::from_ref(record))?;
        }
        save(record)
    }

    /// Reads the object anew; changes that were not saved are dropped.
    ///
    /// ```rhai
    /// let s = o.get_space("LAB");
    /// s.description = "A slip.";
    /// s.reload();
    /// assert(s.description != "A slip.");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn reload(record: &mut Entity) -> Result<Entity> {
        let found = record.reload()?;
        record.refresh(found, false);
        Ok(record.clone())
    }

    /// All attributes that are at hand, by name; objects as their names.
    ///
    /// ```rhai
    /// assert_eq(o.get_space("LAB").all().code, "LAB");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn all(record: &mut Entity) -> Result<Map> {
        let fields = record.kind().spec().fields.iter();
        let shown = fields.filter(|f| f.ty != FieldType::Properties && !f.sent_only);
        let mut all = Map::new();
        for field in shown {
            let known = record.with(|r| r.get(field.name).map(|value| value.is_some()));
            if known.map_err(ScriptError::from)? {
                all.insert(
                    field.name.into(),
                    named(attributes::get(record, field.name)?),
                );
            }
        }
        Ok(all)
    }

    /// The object as a plain map, as the server told it: times as milliseconds since 1970,
    /// properties as texts by their codes, linked objects as maps.
    ///
    /// ```rhai
    /// assert_eq(o.get_space("LAB").raw().code, "LAB");
    /// ```
    #[rhai_fn(pure)]
    pub fn raw(record: &mut Entity) -> Map {
        raw::map(&record.record())
    }

    /// Freezes the object: it can never be changed again. `save()` sends it.
    ///
    /// ```rhai
    /// let s = o.new_space("FROZEN").save();
    /// s.freeze();
    /// assert(s.save().frozen);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn freeze(record: &mut Entity) -> Result<()> {
        Ok(attributes::set(record, "freeze", &Dynamic::TRUE)?)
    }

    /// The name by which people know the object: its identifier, or its code.
    ///
    /// ```rhai
    /// assert_eq(o.get_space("LAB").to_string(), "LAB");
    /// ```
    #[rhai_fn(name = "to_string", name = "print", pure)]
    pub fn to_text(record: &mut Entity) -> String {
        record.label()
    }

    /// Kind and name of the object.
    ///
    /// ```rhai
    /// assert_eq(o.get_space("LAB").to_debug(), "space `LAB`");
    /// ```
    #[rhai_fn(name = "to_debug", name = "debug", pure)]
    pub fn to_debug(record: &mut Entity) -> String {
        format!("{} `{}`", record.kind().spec().noun(), record.label())
    }

    /// Whether two values are the same object on the server.
    ///
    /// ```rhai
    /// assert(o.get_space("LAB") == o.get_space("lab"));
    /// ```
    #[rhai_fn(name = "==", pure)]
    pub fn equals(a: &mut Entity, b: Entity) -> bool {
        a.is_same(&b) || matches!((a.id(), b.id()), (Ok(a), Ok(b)) if a == b)
    }

    /// Whether two values are different objects on the server.
    ///
    /// ```rhai
    /// assert(o.get_space("LAB") != o.get_space("MATERIALS"));
    /// ```
    #[rhai_fn(name = "!=", pure)]
    pub fn differs(a: &mut Entity, b: Entity) -> bool {
        !equals(a, b)
    }

    /// Whether the object goes by this name: identifier, permId or code.
    ///
    /// ```rhai
    /// assert(o.get_space("LAB") == "LAB");
    /// ```
    #[rhai_fn(name = "==", pure)]
    pub fn is_named(record: &mut Entity, name: ImmutableString) -> bool {
        let fields = ["identifier", "permId", "code", "userId"];
        let id = record.id().is_ok_and(|id| id.text() == name.as_str());
        id || record.with(|r| fields.iter().any(|f| r.text(f) == Some(name.as_str())))
    }

    /// Whether the object goes by another name.
    ///
    /// ```rhai
    /// assert(o.get_space("LAB") != "MATERIALS");
    /// ```
    #[rhai_fn(name = "!=", pure)]
    pub fn is_not_named(record: &mut Entity, name: ImmutableString) -> bool {
        !is_named(record, name)
    }

    /// Whether a name is that of the object.
    ///
    /// ```rhai
    /// assert("LAB" == o.get_space("LAB"));
    /// ```
    #[rhai_fn(name = "==")]
    pub fn names(name: ImmutableString, mut record: Entity) -> bool {
        is_named(&mut record, name)
    }

    /// Whether a name is not that of the object.
    ///
    /// ```rhai
    /// assert("MATERIALS" != o.get_space("LAB"));
    /// ```
    #[rhai_fn(name = "!=")]
    pub fn names_not(name: ImmutableString, mut record: Entity) -> bool {
        !is_named(&mut record, name)
    }

    /// The properties that a type has, with what each of them takes.
    ///
    /// ```rhai
    /// let codes = o.get_sample_type("YEAST").get_property_assignments().map(|a| a.code);
    /// assert("$NAME" in codes);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_property_assignments(record: &mut Entity) -> Result<Array> {
        let Some(Value::Many(links)) = record.value("propertyAssignments")? else {
            return Ok(Array::new());
        };
        links.iter().map(|link| Ok(Dynamic::from(assignment(record, link)?))).collect()
    }
}

fn named(value: Dynamic) -> Dynamic {
    if value.read_lock::<Entity>().is_some() {
        return columns::text(&value).into();
    }
    match value.try_cast_result::<Array>() {
        Ok(items) => items.into_iter().map(named).collect::<Array>().into(),
        Err(value) => value,
    }
}

/// What an assignment says beside its property type.
const ASSIGNED: &[&str] = &[
    "mandatory",
    "section",
    "ordinal",
    "showInEditView",
    "showRawValueInForms",
    "plugin",
    "registrator",
    "registrationDate",
];

fn assignment(record: &Entity, link: &crate::model::Link) -> Result<Map> {
    let assignment = Entity::linked(record.session(), link);
    let mut map = Map::new();
    for name in ASSIGNED {
        map.insert((*name).into(), named(attributes::get(&assignment, name)?));
    }
    let property = attributes::get(&assignment, "propertyType")?;
    if let Some(property) = property.read_lock::<Entity>() {
        for name in ["code", "label", "description", "dataType"] {
            map.insert(name.into(), attributes::get(&property, name)?);
        }
        for name in ["vocabulary", "sampleType"] {
            map.insert(name.into(), named(attributes::get(&property, name)?));
        }
    }
    map.insert("propertyType".into(), property);
    Ok(map)
}
