use rhai::plugin::*;

/// Properties: `s.props`, `s.p`.
#[export_module]
pub mod properties {
    use rhai::{Array, Dynamic, ImmutableString, Map};

    use crate::script::error::Result;
    use crate::script::properties::Props;
    use crate::script::{Entity, attributes};

    /// The properties of an object.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Properties = Props;

    /// Reads a property by its code, in any case; `()` when it has no value. With an
    /// underscore behind the code: what it takes.
    ///
    /// # Errors
    /// When the type has no such property; the hint names the nearest.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert_eq(s.props["$NAME"], s.p.name);
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn get_property(props: &mut Props, code: ImmutableString) -> Result<Dynamic> {
        Ok(props.get(&code)?)
    }

    /// Changes a property, checked against its data type; `()` takes the value away. It takes
    /// a list where its data type is an array, or where it takes several values, as newer
    /// servers have it; JSON is a map, a list or a text.
    ///
    /// # Errors
    /// `invalid` when its data type refuses the value.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.p["$NAME"] = "BY4741";
    /// assert_eq(s.props.name, "BY4741");
    /// ```
    ///
    /// ```rhai
    /// let about = #{ code: "SIZES", label: "Sizes", description: "All.", dataType: "INTEGER" };
    /// about.multiValue = true;
    /// o.new_property_type(about).save();
    /// o.get_sample_type("YEAST").assign_property("SIZES");
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.p.sizes = [1, 2, 3];
    /// assert_eq(s.save().p.sizes, [1, 2, 3]);
    /// ```
    #[rhai_fn(index_set, return_raw)]
    pub fn set_property(
        props: &mut Props,
        code: ImmutableString,
        value: Dynamic,
    ) -> Result<()> {
        Ok(props.set(&code, &value)?)
    }

    /// All properties of the type by their codes in lower case, `()` for those without a
    /// value.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert("$name" in s.props.all());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn all(props: &mut Props) -> Result<Map> {
        Ok(props.all()?)
    }

    /// The properties that have a value.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert(s.props.all_nonempty().len() <= s.props.all().len());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn all_nonempty(props: &mut Props) -> Result<Map> {
        Ok(props.nonempty()?)
    }

    /// One property by its code.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert_eq(s.props.get("$name"), s.props.name);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get(props: &mut Props, code: ImmutableString) -> Result<Dynamic> {
        Ok(props.get(&code)?)
    }

    /// Several properties, by their codes as they were given.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert_eq(s.props.get(["$name"]), #{ "$name": s.props.name });
    /// ```
    #[rhai_fn(name = "get", return_raw, pure)]
    pub fn get_several(props: &mut Props, codes: Array) -> Result<Map> {
        let pair = |code: ImmutableString| Ok((code.as_str().into(), props.get(&code)?));
        codes.into_iter().map(|code| pair(code.to_string().into())).collect()
    }

    /// Two properties, by their codes as they were given.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert_eq(s.props.get("$name", "$NAME").len(), 2);
    /// ```
    #[rhai_fn(name = "get", return_raw, pure)]
    pub fn get_two(
        props: &mut Props,
        code: ImmutableString,
        other: ImmutableString,
    ) -> Result<Map> {
        get_several(props, vec![code.into(), other.into()])
    }

    /// Changes one property.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.props.set("$name", "BY4742");
    /// assert_eq(s.props.name, "BY4742");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn set(props: &mut Props, code: ImmutableString, value: Dynamic) -> Result<()> {
        Ok(props.set(&code, &value)?)
    }

    /// Changes the properties that are in the map.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.props.set(#{ "$name": "BY4743" });
    /// assert_eq(s.props.name, "BY4743");
    /// ```
    #[rhai_fn(name = "set", return_raw, pure)]
    pub fn set_several(props: &mut Props, values: Map) -> Result<()> {
        Ok(props.replace(&Dynamic::from_map(values))?)
    }

    /// Changes the properties that are in the map; the others stay.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// s.set_props(#{ "$name": "BY4743" });
    /// assert_eq(s.props.name, "BY4743");
    /// ```
    #[rhai_fn(name = "set_props", name = "set_properties", return_raw, pure)]
    pub fn set_props(record: &mut Entity, values: Map) -> Result<()> {
        Ok(attributes::set(record, "props", &Dynamic::from_map(values))?)
    }

    /// The properties as a text.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert(s.props.to_string().contains("$name"));
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", return_raw, pure)]
    pub fn to_text(props: &mut Props) -> Result<String> {
        let set = props.nonempty()?;
        let pairs = set.iter().map(|(name, value)| {
            format!("{name}: {}", crate::script::columns::text(value))
        });
        Ok(pairs.collect::<Vec<_>>().join(", "))
    }
}
