use crate::model::Kind;
use crate::script::error::Result;
use crate::script::{Entity, Results, ScriptError, search};
use rhai::plugin::*;
use rhai::{Array, Dynamic, Map};
use rhai::{EvalAltResult, Module};

/// Loops over results, which fetch their pages on the way.
pub(super) fn iterator() -> Module {
    let mut module = Module::new();
    module.set_iter_result(TypeId::of::<Results>(), |results| {
        let results = results.try_cast::<Results>();
        let pages = results.into_iter().flat_map(|results| results.pages());
        Box::new(pages.map(|entity: std::result::Result<Entity, _>| {
            entity.map(Dynamic::from).map_err(Box::<EvalAltResult>::from)
        }))
    });
    module
}

/// What a search found.
#[export_module]
pub mod results {
    use super::{held, relatives};
    use rhai::{Array, Dynamic, FnPtr, INT, ImmutableString};

    use crate::model::Kind;
    use crate::script::error::Result;
    use crate::script::report::Table;
    use crate::script::value::count;
    use crate::script::{Entity, Results, ScriptError, columns};

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
        Ok(count(results.total()?))
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
        Ok(count(results.len()?))
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

    /// What all of these were made from, by one search.
    ///
    /// ```rhai
    /// let parents = o.get_samples(#{ type: "EXPERIMENTAL_STEP" }).get_parents();
    /// assert(parents.total >= 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_parents(results: &mut Results) -> Result<Results> {
        relatives(results, results.kind(), "children")
    }

    /// What was made from any of these, by one search.
    ///
    /// ```rhai
    /// let children = o.get_samples(#{ type: "YEAST" }).get_children();
    /// assert(children.total >= 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_children(results: &mut Results) -> Result<Results> {
        relatives(results, results.kind(), "parents")
    }

    /// The samples in any of these collections, by one search.
    ///
    /// ```rhai
    /// let samples = o.get_collections(#{ space: "LAB" }).get_samples();
    /// assert(samples.total >= 0);
    /// ```
    #[rhai_fn(name = "get_samples", name = "get_objects", return_raw, pure)]
    pub fn get_samples(results: &mut Results) -> Result<Results> {
        held(results, Kind::Sample)
    }

    /// The data sets of any of these, by one search.
    ///
    /// ```rhai
    /// let datasets = o.get_samples(#{ type: "EXPERIMENTAL_STEP" }).get_datasets();
    /// assert(datasets.total >= 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_datasets(results: &mut Results) -> Result<Results> {
        held(results, Kind::DataSet)
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

/// What is held by these: the search is for all of them at once.
fn held(results: &Results, wanted: Kind) -> Result<Results> {
    let holder = results.kind().spec().noun();
    let known = crate::script::attributes::field(wanted, holder);
    if known.is_none() || results.kind() == wanted {
        let message = format!("a {holder} has no {}", wanted.spec().nouns());
        return Err(ScriptError::invalid(message).into());
    }
    let ids: Array = results.to_vec()?.into_iter().map(Dynamic::from).collect();
    if ids.is_empty() {
        let none = search::results(results.session(), wanted, &Map::new())?;
        return Ok(none.within(0, Some(0)));
    }
    let args: Map = [(holder.into(), Dynamic::from_array(ids))].into();
    Ok(search::results(results.session(), wanted, &args)?)
}

fn relatives(results: &Results, kind: Kind, back: &'static str) -> Result<Results> {
    if kind.spec().field(back).is_none() {
        let nouns = kind.spec().nouns();
        let message = format!("{nouns} have no parents or children");
        return Err(ScriptError::invalid(message).into());
    }
    Ok(results.relatives(kind, back)?)
}
