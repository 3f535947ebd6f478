use rhai::plugin::*;

/// Types and their properties, vocabularies and their terms.
#[export_module]
pub mod masterdata {
    use rhai::{Dynamic, INT, ImmutableString, Map};

    use crate::model::Kind;
    use crate::script::error::Result;
    use crate::script::{Entity, Session, asking, assigning, services, terms, value};

    /// Gives a type a property, at once: its code, or the property type.
    ///
    /// # Errors
    /// `not_found` when there is no such property type.
    ///
    /// ```rhai
    /// let t = o.get_sample_type("YEAST");
    /// t.assign_property("DESCRIPTION");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn assign_property(record: &mut Entity, property: Dynamic) -> Result<Entity> {
        assign_property_with(record, property, Map::new())
    }

    /// Gives a type a property, at once, with `section`, `ordinal`, `mandatory`, `plugin`,
    /// `initialValueForExistingEntities`, `showInEditView`, `showRawValueInForms`, and on newer
    /// servers `unique`; of one that it has already these are changed.
    ///
    /// ```rhai
    /// let t = o.new_sample_type("PLATE", "PLA").save();
    /// t.assign_property("$NAME", #{ section: "General", mandatory: true });
    /// assert_eq(o.get_sample_type("PLATE").get_property_assignments()[0].mandatory, true);
    /// ```
    #[rhai_fn(name = "assign_property", return_raw, pure)]
    pub fn assign_property_with(
        record: &mut Entity,
        property: Dynamic,
        options: Map,
    ) -> Result<Entity> {
        assigning::assign(record, &property, &options)?;
        Ok(record.clone())
    }

    /// Takes a property away from a type, at once.
    ///
    /// # Errors
    /// `not_found` when the type does not have it, `refused` while objects have values of it.
    ///
    /// ```rhai
    /// let t = o.new_sample_type("PLATE", "PLA").save();
    /// t.assign_property("$NAME");
    /// t.revoke_property("$NAME");
    /// assert_eq(t.get_property_assignments().len(), 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn revoke_property(record: &mut Entity, property: Dynamic) -> Result<Entity> {
        revoke_property_by_force(record, property, false)
    }

    /// Takes a property away from a type, at once; by `force` together with all its values.
    ///
    /// ```rhai
    /// let t = o.new_sample_type("PLATE", "PLA").save();
    /// t.assign_property("$NAME");
    /// t.revoke_property("$NAME", true);
    /// ```
    #[rhai_fn(name = "revoke_property", return_raw, pure)]
    pub fn revoke_property_by_force(
        record: &mut Entity,
        property: Dynamic,
        force: bool,
    ) -> Result<Entity> {
        assigning::revoke(record, &property, force)?;
        Ok(record.clone())
    }

    /// Takes a property away from a type, with options: `force`.
    ///
    /// ```rhai
    /// let t = o.new_sample_type("PLATE", "PLA").save();
    /// t.assign_property("$NAME");
    /// t.revoke_property("$NAME", #{ force: true });
    /// ```
    #[rhai_fn(name = "revoke_property", return_raw, pure)]
    pub fn revoke_property_with(
        record: &mut Entity,
        property: Dynamic,
        options: Map,
    ) -> Result<Entity> {
        let force = value::flag(&options, "force", false)?;
        revoke_property_by_force(record, property, force)
    }

    /// Puts a property before all others of the type, at once.
    ///
    /// ```rhai
    /// let t = o.new_sample_type("PLATE", "PLA").save();
    /// t.assign_property("NOTES").assign_property("DESCRIPTION");
    /// t.move_property_to_top("DESCRIPTION");
    /// assert_eq(o.get_sample_type("PLATE").codes()[0], "description");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn move_property_to_top(
        record: &mut Entity,
        property: Dynamic,
    ) -> Result<Entity> {
        assigning::move_behind(record, &property, None)?;
        Ok(record.clone())
    }

    /// Puts a property behind another one of the type, at once.
    ///
    /// ```rhai
    /// let t = o.new_sample_type("PLATE", "PLA").save();
    /// t.assign_property("NOTES").assign_property("DESCRIPTION");
    /// t.move_property_after("NOTES", "DESCRIPTION");
    /// assert_eq(o.get_sample_type("PLATE").codes()[1], "notes");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn move_property_after(
        record: &mut Entity,
        property: Dynamic,
        other: Dynamic,
    ) -> Result<Entity> {
        assigning::move_behind(record, &property, Some(&other))?;
        Ok(record.clone())
    }

    /// The number of the next object of the type, as the electronic lab notebook counts.
    ///
    /// # Errors
    /// `not_found` where the server has no notebook.
    ///
    /// ```rhai
    /// let n = o.get_sample_type("YEAST").get_next_sequence();
    /// assert(n > 1);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_next_sequence(record: &mut Entity) -> Result<INT> {
        Ok(services::next_sequence(record)?)
    }

    /// The code of the next object of the type, as the electronic lab notebook makes it.
    ///
    /// # Errors
    /// `not_found` where the server has no notebook.
    ///
    /// ```rhai
    /// let t = o.get_sample_type("YEAST");
    /// assert_eq(t.get_next_code(), `YEA${t.get_next_sequence()}`);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_next_code(record: &mut Entity) -> Result<String> {
        let number = services::next_sequence(record)?;
        let prefix = record.record().text("generatedCodePrefix").map(str::to_owned);
        Ok(format!("{}{number}", prefix.unwrap_or_default()))
    }

    /// Adds a term to a vocabulary; at once where the vocabulary is saved. The term.
    ///
    /// ```rhai
    /// let v = o.new_vocabulary("COLOURS", ["RED"]).save();
    /// v.add_term("BLUE");
    /// assert_eq(v.get_terms().len(), 2);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn add_term(record: &mut Entity, code: Dynamic) -> Result<Entity> {
        Ok(terms::add(record, &code, Map::new())?)
    }

    /// Adds a term with a label, or with `label` and `description` in a map.
    ///
    /// ```rhai
    /// let v = o.new_vocabulary("COLOURS", ["RED"]).save();
    /// assert_eq(v.add_term("BLUE", "blue").label, "blue");
    /// ```
    #[rhai_fn(name = "add_term", return_raw, pure)]
    pub fn add_term_with(
        record: &mut Entity,
        code: Dynamic,
        label: Dynamic,
    ) -> Result<Entity> {
        let about = match label.read_lock::<Map>() {
            Some(map) => map.clone(),
            None => [("label".into(), label.clone())].into(),
        };
        Ok(terms::add(record, &code, about)?)
    }

    /// Adds a term with a label and a description.
    ///
    /// ```rhai
    /// let v = o.new_vocabulary("COLOURS", ["RED"]).save();
    /// v.add_term("BLUE", "blue", "As the sky is.");
    /// ```
    #[rhai_fn(name = "add_term", return_raw, pure)]
    pub fn add_term_described(
        record: &mut Entity,
        code: Dynamic,
        label: Dynamic,
        description: Dynamic,
    ) -> Result<Entity> {
        let about = [("label".into(), label), ("description".into(), description)];
        Ok(terms::add(record, &code, about.into())?)
    }

    /// Puts the term before all others of its vocabulary, at once. (openBIS only puts terms
    /// behind others: those before it are put behind it, in one call.)
    ///
    /// ```rhai
    /// let v = o.new_vocabulary("COLOURS", ["RED"]).save();
    /// v.add_term("BLUE");
    /// o.get_term("BLUE", "COLOURS").move_to_top().save();
    /// assert_eq(v.get_terms().to_array().map(|t| t.code), ["BLUE", "RED"]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn move_to_top(record: &mut Entity) -> Result<Entity> {
        terms::move_to_top(record)?;
        Ok(record.clone())
    }

    /// Puts the term behind another one of its vocabulary. `save()` sends it.
    ///
    /// # Errors
    /// `not_found` when the vocabulary has no such term.
    ///
    /// ```rhai
    /// let v = o.new_vocabulary("COLOURS", ["RED"]).save();
    /// v.add_term("BLUE");
    /// v.add_term("GREY");
    /// o.get_term("RED", "COLOURS").move_after_term("BLUE").save();
    /// assert_eq(v.get_terms().to_array().map(|t| t.code), ["BLUE", "RED", "GREY"]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn move_after_term(record: &mut Entity, code: ImmutableString) -> Result<Entity> {
        terms::move_behind(record, &code)?;
        Ok(record.clone())
    }

    /// Searches for semantic annotations, as `get_semantic_annotations` does.
    ///
    /// ```rhai
    /// assert_eq(o.search_semantic_annotations(#{ entityType: "YEAST" }).len(), 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn search_semantic_annotations(
        session: &mut Session,
        search: Dynamic,
    ) -> Result<Dynamic> {
        Ok(asking::search(session, Kind::SemanticAnnotation, vec![search])?)
    }

    /// One type of samples, collections, data sets or materials: `get_entity_type("sample",
    /// "YEAST")`.
    ///
    /// ```rhai
    /// assert_eq(o.get_entity_type("sample", "YEAST").code, "YEAST");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_entity_type(
        session: &mut Session,
        entity: &str,
        code: Dynamic,
    ) -> Result<Dynamic> {
        Ok(asking::get(session, asking::type_named(entity)?, &code)?)
    }

    /// The types of samples, collections, data sets or materials.
    ///
    /// ```rhai
    /// assert("YEAST" in o.get_entity_types("sample"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_entity_types(session: &mut Session, entity: &str) -> Result<Dynamic> {
        let all = Dynamic::from_map(Map::new());
        Ok(asking::search(session, asking::type_named(entity)?, vec![all])?)
    }

    /// Says what a sample type means, in the terms of an ontology, at once: `predicate…` and
    /// `descriptor…` with `OntologyId`, `OntologyVersion` and `AccessionId`.
    ///
    /// ```rhai
    /// let meaning = #{};
    /// for part in ["predicate", "descriptor"] {
    ///     meaning[part + "OntologyId"] = "po";
    ///     meaning[part + "OntologyVersion"] = "1";
    ///     meaning[part + "AccessionId"] = "PO:1";
    /// }
    /// let t = o.get_sample_type("YEAST");
    /// t.add_semantic_annotation(meaning);
    /// assert_eq(t.get_semantic_annotations().len(), 1);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn add_semantic_annotation(record: &mut Entity, meaning: Map) -> Result<Entity> {
        Ok(terms::annotate(record, meaning)?)
    }

    /// What has been said of the meaning of a sample type or a property type.
    ///
    /// ```rhai
    /// assert_eq(o.get_sample_type("YEAST").get_semantic_annotations().len(), 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_semantic_annotations(record: &mut Entity) -> Result<rhai::Array> {
        let found = terms::annotations(record)?;
        Ok(found.into_iter().map(Dynamic::from).collect())
    }
}
