use crate::script::Entity;
use rhai::Dynamic;
use rhai::plugin::*;

/// Changes that are made together, or not at all.
#[export_module]
pub mod transactions {
    use super::entities;

    use rhai::{Dynamic, FnPtr, INT, ImmutableString, Map, NativeCallContext};

    use crate::script::changing::transaction::within;
    use crate::script::error::Result;
    use crate::script::reporting::asynchronous;
    use crate::script::value::count;
    use crate::script::{ScriptError, Session, Transaction as Changes};

    /// Changes that are collected, to be made by `commit()`.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Transaction = Changes;

    /// Makes all changes of a function together, in one call: all of them, or none. New
    /// objects may be named by others as soon as they are saved in it; what the function
    /// gives is given back.
    ///
    /// # Errors
    /// Those of the function, and of the server: then nothing has changed. `invalid` for a
    /// transaction within a transaction.
    ///
    /// ```rhai
    /// o.transaction(|| {
    ///     let space = o.new_space("TEAM").save();
    ///     let project = o.new_project(space, "HEAT").save();
    ///     o.new_collection("DEFAULT_EXPERIMENT", "RUN_1", project).save();
    /// });
    /// assert_eq(o.get_space("TEAM").get_collections().total, 1);
    /// ```
    #[rhai_fn(return_raw)]
    pub fn transaction(
        context: NativeCallContext<'_>,
        session: Session,
        changes: FnPtr,
    ) -> Result<Dynamic> {
        within(&session, || changes.call_within_context(&context, ()))
    }

    /// The same, with options: with `asynchronous: true` openBIS carries out the changes after
    /// it has answered, while it is asked how far it is.
    ///
    /// ```rhai
    /// o.transaction(#{ asynchronous: true }, || o.new_tag("later").save());
    /// assert_eq(o.get_tag("later").code, "later");
    /// ```
    #[rhai_fn(name = "transaction", return_raw)]
    pub fn transaction_with(
        context: NativeCallContext<'_>,
        session: Session,
        mut options: Map,
        changes: FnPtr,
    ) -> Result<Dynamic> {
        let later = asynchronous(&mut options)?;
        if let Some(other) = options.keys().next() {
            let error = ScriptError::invalid(format!("there is no option `{other}`"));
            return Err(error.hint("there is `asynchronous`").into());
        }
        let desk = session.host().desk.clone();
        desk.asynchronously(later, || {
            within(&session, || changes.call_within_context(&context, ()))
        })
    }

    /// Collects changes, to be made together by `commit()`.
    ///
    /// ```rhai
    /// let t = o.new_transaction();
    /// t.add(o.new_tag("one"));
    /// t.add(o.new_tag("two"));
    /// assert_eq(t.commit(), 2);
    /// ```
    #[rhai_fn(pure)]
    pub fn new_transaction(session: &mut Session) -> Changes {
        Changes::new(session)
    }

    /// Collects changes of these objects, to be made together by `commit()`.
    ///
    /// ```rhai
    /// let t = o.new_transaction([o.new_tag("one"), o.new_tag("two")]);
    /// assert_eq(t.commit(), 2);
    /// ```
    #[rhai_fn(name = "new_transaction", return_raw, pure)]
    pub fn new_transaction_of(
        session: &mut Session,
        records: Dynamic,
    ) -> Result<Changes> {
        let transaction = Changes::new(session);
        transaction.add(entities(&records)?);
        Ok(transaction)
    }

    /// Collects changes of two objects, to be made together by `commit()`.
    ///
    /// ```rhai
    /// assert_eq(o.new_transaction(o.new_tag("one"), o.new_tag("two")).commit(), 2);
    /// ```
    #[rhai_fn(name = "new_transaction", return_raw, pure)]
    pub fn new_transaction_of_two(
        session: &mut Session,
        one: Dynamic,
        two: Dynamic,
    ) -> Result<Changes> {
        let transaction = new_transaction_of(session, one)?;
        transaction.add(entities(&two)?);
        Ok(transaction)
    }

    /// Adds an object, or a list of them: new ones, changed ones, and ones that are marked
    /// to be deleted. A new one may be named by others from then on.
    ///
    /// ```rhai
    /// let t = o.new_transaction();
    /// let parent = o.new_sample("YEAST", #{ space: "LAB", props: #{ "$name": "P" } });
    /// let child = o.new_sample("YEAST", #{ space: "LAB", props: #{ "$name": "C" } });
    /// t.add([parent, child]);
    /// child.parents = [parent];
    /// t.commit();
    /// assert_eq(child.parents, [parent]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn add(transaction: &mut Changes, records: Dynamic) -> Result<Changes> {
        transaction.add(entities(&records)?);
        Ok(transaction.clone())
    }

    /// Makes the changes of all objects that were added, in one call: all of them, or none;
    /// how many objects were changed. Done twice, it changes nothing more.
    ///
    /// # Errors
    /// Those of `save()`; then nothing has changed, and it may be tried again.
    ///
    /// ```rhai
    /// let t = o.new_transaction(o.new_tag("one"));
    /// assert_eq(t.commit(), 1);
    /// assert_eq(t.commit(), 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn commit(transaction: &mut Changes) -> Result<INT> {
        Ok(count(transaction.commit()? as u64))
    }

    /// Why the objects are deleted that are marked so.
    ///
    /// ```rhai
    /// let t = o.new_transaction();
    /// t.reason = "only an example";
    /// assert_eq(t.reason, "only an example");
    /// ```
    #[rhai_fn(get = "reason", pure)]
    pub fn reason(transaction: &mut Changes) -> String {
        transaction.reason()
    }

    /// Says why the objects are deleted that are marked so.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "OLIGO" })[0];
    /// s.mark_to_be_deleted();
    /// let t = o.new_transaction(s);
    /// t.reason = "only an example";
    /// t.commit();
    /// assert_eq(o.get_sample_opt(s.permId), ());
    /// ```
    #[rhai_fn(set = "reason")]
    pub fn set_reason(transaction: &mut Changes, reason: ImmutableString) {
        transaction.set_reason(&reason);
    }
}

/// One object or several.
fn entities(given: &Dynamic) -> crate::script::error::Result<Vec<Entity>> {
    Ok(crate::script::value::entities(given)?)
}
