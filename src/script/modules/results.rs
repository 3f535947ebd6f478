use crate::script::{Entity, Results};
use rhai::plugin::*;
use rhai::{Dynamic, EvalAltResult, Module};

/// Loops over results, which fetch their pages on the way.
pub(super) fn iterator() -> Module {
    let mut module = Module::new();
    module.set_iter_result(TypeId::of::<Results>(), |results| {
        let results = results.try_cast::<Results>();
        let pages = results.into_iter().flat_map(|results| results.pages());
        Box::new(pages.map(|entity: Result<Entity, _>| {
            entity.map(Dynamic::from).map_err(Box::<EvalAltResult>::from)
        }))
    });
    module
}

/// What a search found.
#[export_module]
pub mod results {
    use rhai::{Array, Dynamic, FnPtr, INT, ImmutableString};

    use crate::script::error::Result;
    use crate::script::report::Table;
    use crate::script::value::count as count_of;
    use crate::script::{Entity, Results, ScriptError, columns, raw};

    /// What a search found: pages are fetched as they are looked at.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Found = Results;

    /// How many objects the search finds on the server.
    ///
    /// ```rhai
    /// assert(o.get_samples(#{ type: "YEAST", count: 2 }).total > 2);
    /// ```
    #[rhai_fn(get = "total", pure, return_raw)]
    pub fn total(results: &mut Results) -> Result<INT> {
        Ok(count_of(results.total()?))
    }

    /// How many objects the search finds on the server, as pyBIS calls it.
    ///
    /// ```rhai
    /// assert_eq(o.get_spaces().totalCount, o.get_spaces().total);
    /// ```
    #[rhai_fn(get = "totalCount", pure, return_raw)]
    pub fn total_count(results: &mut Results) -> Result<INT> {
        total(results)
    }

    /// How many objects there are to look at: `total`, within `start_with` and `count`.
    ///
    /// ```rhai
    /// assert_eq(o.get_samples(#{ type: "YEAST", count: 2 }).len(), 2);
    /// ```
    #[rhai_fn(name = "len", return_raw, pure)]
    pub fn len(results: &mut Results) -> Result<INT> {
        Ok(count_of(results.len()?))
    }

    /// Whether nothing was found.
    ///
    /// ```rhai
    /// assert(o.get_samples(#{ code: "NOWHERE" }).is_empty());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn is_empty(results: &mut Results) -> Result<bool> {
        Ok(results.len()? == 0)
    }

    /// The object at a place counted from 0, or from the end when negative.
    ///
    /// # Errors
    /// `not_found` when there are not so many.
    ///
    /// ```rhai
    /// let found = o.get_samples(#{ type: "YEAST", sort: "code" });
    /// assert(found[0].code < found[1].code);
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn get_index(results: &mut Results, index: INT) -> Result<Entity> {
        let place = match u64::try_from(index) {
            Ok(place) => Some(place),
            Err(_) => results.len()?.checked_sub(index.unsigned_abs()),
        };
        let found = match place {
            Some(place) => results.at(place)?,
            None => None,
        };
        Ok(found.ok_or_else(|| {
            let nouns = results.kind().spec().nouns();
            let message = match results.len() {
                Ok(0) => format!("no {nouns} were found"),
                Ok(len) => format!("there is no place {index} among {len} {nouns}"),
                Err(error) => return error,
            };
            ScriptError::not_found(message)
        })?)
    }

    /// The object with this permId, identifier or code.
    ///
    /// # Errors
    /// `not_found` when it is not among them.
    ///
    /// ```rhai
    /// assert_eq(o.get_spaces()["LAB"].code, "LAB");
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn get_named(results: &mut Results, name: ImmutableString) -> Result<Entity> {
        let found = results.named(&name)?;
        Ok(found.ok_or_else(|| {
            let nouns = results.kind().spec().nouns();
            ScriptError::not_found(format!("`{name}` is not among these {nouns}"))
        })?)
    }

    /// The objects at these places.
    ///
    /// ```rhai
    /// assert_eq(o.get_samples(#{ type: "YEAST" })[0..2].len(), 2);
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn get_range(
        results: &mut Results,
        range: std::ops::Range<INT>,
    ) -> Result<Array> {
        let places = range.filter_map(|place| u64::try_from(place).ok());
        let found = places.map_while(|place| results.at(place).transpose());
        found.map(|entity| Ok(Dynamic::from(entity?))).collect()
    }

    /// The first object; `()` when there is none.
    ///
    /// ```rhai
    /// assert_eq(o.get_samples(#{ code: "NOWHERE" }).first(), ());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn first(results: &mut Results) -> Result<Dynamic> {
        Ok(results.at(0)?.map_or(Dynamic::UNIT, Dynamic::from))
    }

    /// The objects for which the function gives `true`.
    ///
    /// ```rhai
    /// let dated = o.get_samples(#{ type: "YEAST" }).filter(|s| s.p.name != ());
    /// assert(dated.len() > 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn filter(
        context: NativeCallContext<'_>,
        results: &mut Results,
        test: FnPtr,
    ) -> Result<Array> {
        let mut kept = Array::new();
        for entity in results.pages() {
            let entity = Dynamic::from(entity?);
            if test.call_within_context::<bool>(&context, (entity.clone(),))? {
                kept.push(entity);
            }
        }
        Ok(kept)
    }

    /// What the function gives for each object.
    ///
    /// ```rhai
    /// assert("LAB" in o.get_spaces().map(|s| s.code));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn map(
        context: NativeCallContext<'_>,
        results: &mut Results,
        function: FnPtr,
    ) -> Result<Array> {
        let values = results.pages().map(|entity| {
            function.call_within_context::<Dynamic>(&context, (Dynamic::from(entity?),))
        });
        values.collect()
    }

    /// All objects as an array.
    ///
    /// ```rhai
    /// let yeasts = o.get_samples(#{ type: "YEAST" });
    /// assert_eq(yeasts.to_array().len(), yeasts.len());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn to_array(results: &mut Results) -> Result<Array> {
        Ok(results.to_vec()?.into_iter().map(Dynamic::from).collect())
    }

    /// The permIds of all objects.
    ///
    /// ```rhai
    /// assert("LAB" in o.get_spaces().ids());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn ids(results: &mut Results) -> Result<Array> {
        Ok(results.ids()?.into_iter().map(|id| id.text().to_owned().into()).collect())
    }

    /// Whether an object, or one with this name, is among them.
    ///
    /// ```rhai
    /// assert("LAB" in o.get_spaces());
    /// ```
    #[rhai_fn(name = "contains", return_raw, pure)]
    pub fn contains(results: &mut Results, name: ImmutableString) -> Result<bool> {
        Ok(results.named(&name)?.is_some())
    }

    /// A table of all objects: the columns of `attrs` and `props`, or the usual ones.
    ///
    /// ```rhai
    /// let table = o.get_samples(#{ type: "YEAST", props: "$NAME" }).df;
    /// assert("$NAME" in table.columns);
    /// ```
    #[rhai_fn(get = "df", pure, return_raw)]
    pub fn df(results: &mut Results) -> Result<Table> {
        Ok(columns::of_results(results)?)
    }

    /// All objects as an array, as pyBIS calls it.
    ///
    /// ```rhai
    /// assert_eq(o.get_spaces().objects.len(), o.get_spaces().len());
    /// ```
    #[rhai_fn(get = "objects", return_raw, pure)]
    pub fn objects(results: &mut Results) -> Result<Array> {
        to_array(results)
    }

    /// From the how many-th on they are looked at.
    ///
    /// ```rhai
    /// assert_eq(o.get_samples(#{ start_with: 2, count: 3 }).start_with, 2);
    /// ```
    #[rhai_fn(get = "start_with", pure)]
    pub fn start_with(results: &mut Results) -> INT {
        count_of(results.bounds().0)
    }

    /// At most how many are looked at; `()` when that is not limited.
    ///
    /// ```rhai
    /// assert_eq(o.get_samples(#{ start_with: 2, count: 3 }).count, 3);
    /// ```
    #[rhai_fn(get = "count", pure)]
    pub fn count(results: &mut Results) -> Dynamic {
        results.bounds().1.map_or(Dynamic::UNIT, |count| count_of(count).into())
    }

    /// Whether objects are at hand: they come when they are looked at.
    ///
    /// ```rhai
    /// assert(o.get_spaces().is_objects_initialised());
    /// ```
    #[rhai_fn(name = "is_objects_initialised", name = "is_df_initialised", pure)]
    pub fn is_initialised(results: &mut Results) -> bool {
        let _ = results;
        true
    }

    /// All objects as plain maps, as the server told them.
    ///
    /// ```rhai
    /// assert_eq(o.get_spaces(#{ code: "LAB" }).response[0].code, "LAB");
    /// ```
    #[rhai_fn(get = "response", return_raw, pure)]
    pub fn response(results: &mut Results) -> Result<Array> {
        let maps = results.pages().map(|entity| Ok(raw::map(&entity?.record()).into()));
        maps.collect()
    }

    /// A table of some columns: attributes by name, properties by code.
    ///
    /// ```rhai
    /// let table = o.get_samples(#{ type: "YEAST" })[["permId", "$NAME"]];
    /// assert_eq(table.columns, ["permId", "$NAME"]);
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn get_columns(results: &mut Results, names: Array) -> Result<Table> {
        Ok(columns::chosen(results, &names)?)
    }

    /// What was found, as a text.
    ///
    /// ```rhai
    /// assert(o.get_spaces().to_string().ends_with("spaces"));
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", return_raw, pure)]
    pub fn to_text(results: &mut Results) -> Result<String> {
        Ok(format!("{} {}", results.len()?, results.kind().spec().nouns()))
    }
}
