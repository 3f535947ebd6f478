use rhai::plugin::*;

/// Every method of openBIS by its own name.
#[export_module]
pub mod calls {
    use rhai::{Array, Dynamic, ImmutableString};

    use crate::script::error::Result;
    use crate::script::{Session, calling};
    use crate::wire;

    /// Calls any method of the interface by its name, with the parameters behind the session
    /// token. Ids are objects or texts, objects are maps by the interface's own names; `@type`
    /// is needed only where several classes may stand. Fetch options and criteria at the end
    /// may be left out. Gives objects, or maps for what is no kind of its own; ids as texts,
    /// times as such.
    ///
    /// `dss.` before the name means the data store server, where both have the method.
    ///
    /// What changes openBIS is a change as any other: it is written down, counted, and held to
    /// the header of a recipe (`needs: #{ write: ["call.updateSamples"] }`). A plan lists it
    /// with what it is given, and gives `()`. What it did is not known, so that `undo` leaves
    /// it: `save()`, `delete()` … do the same and can be taken back.
    ///
    /// # Errors
    /// `invalid` when there is no such method, and when a parameter does not fit it: nothing
    /// is sent then, and in a transaction for what changes something. `refused` for what only
    /// newer servers have.
    ///
    /// ```rhai
    /// let found = o.call("searchSpaces", [#{}, #{ projects: true }]);
    /// assert(found.objects.len() > 0);
    /// assert_eq(o.call("getSpaces", [["LAB"]])["LAB"].code, "LAB");
    /// ```
    #[rhai_fn(name = "call_", return_raw, pure)]
    pub fn call(session: &mut Session, method: &str, params: Array) -> Result<Dynamic> {
        Ok(calling::call(session, method, &params)?)
    }

    /// Calls a method without parameters of its own.
    ///
    /// ```rhai
    /// assert_eq(o.call("getMajorVersion"), 3);
    /// ```
    #[rhai_fn(name = "call_", return_raw, pure)]
    pub fn call_bare(session: &mut Session, method: &str) -> Result<Dynamic> {
        Ok(calling::call(session, method, &[])?)
    }

    /// Calls any method as `call` does; gives maps by the interface's own names even for
    /// objects, with everything that the server told.
    ///
    /// ```rhai
    /// let space = o.call_raw("getSpaces", [["LAB"]])["LAB"];
    /// assert_eq(space["@type"], "as.dto.space.Space");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn call_raw(
        session: &mut Session,
        method: &str,
        params: Array,
    ) -> Result<Dynamic> {
        Ok(calling::call_plainly(session, method, &params)?)
    }

    /// The names of all methods that can be called.
    ///
    /// ```rhai
    /// assert("searchSpaces" in o.methods());
    /// ```
    #[rhai_fn(pure)]
    pub fn methods(session: &mut Session) -> Array {
        let _ = session;
        let names = wire::method_names().into_iter();
        names.map(|name| ImmutableString::from(name).into()).collect()
    }
}
