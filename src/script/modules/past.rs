use crate::script::ScriptError;
use rhai::plugin::*;

/// What became of objects, and what is known of them besides.
#[export_module]
pub mod past {
    use super::no_request;
    use rhai::{Array, Dynamic, INT, Map};

    use crate::script::error::Result;
    use crate::script::{Entity, Session, access_tokens, linking, past, tracing};

    /// What became of the object: maps with `what` (`property` or `relation`), `name`, `value`,
    /// `validFrom`, `validTo` (`()` while it holds) and `author`.
    ///
    /// # Errors
    /// `invalid` for kinds of which the server keeps no history.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert(s.get_history().some(|entry| entry.what == "property"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_history(record: &mut Entity) -> Result<Array> {
        Ok(past::history(record, None)?)
    }

    /// What became of its `properties`, `parents`, `children`, `experiment`, `space` ….
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert(s.get_history("properties").all(|entry| entry.what == "property"));
    /// ```
    #[rhai_fn(name = "get_history", return_raw, pure)]
    pub fn get_history_of(record: &mut Entity, what: &str) -> Result<Array> {
        Ok(past::history(record, Some(what))?)
    }

    /// All that the object was made from, and what that was made from, each once, by a search
    /// for each generation.
    ///
    /// ```rhai
    /// for s in o.get_samples(#{ type: "YEAST" })[0].get_ancestors() { print(s); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_ancestors(record: &mut Entity) -> Result<Array> {
        Ok(tracing::trace(record, "children", None)?)
    }

    /// The same, so many generations far at most.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert_eq(s.get_ancestors(1).len(), s.get_parents().len());
    /// ```
    #[rhai_fn(name = "get_ancestors", return_raw, pure)]
    pub fn get_near_ancestors(record: &mut Entity, generations: INT) -> Result<Array> {
        Ok(tracing::trace(record, "children", Some(generations))?)
    }

    /// All that was made from the object, and from that, each once, by a search for each
    /// generation.
    ///
    /// ```rhai
    /// for s in o.get_samples(#{ type: "YEAST" })[0].get_descendants() { print(s); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_descendants(record: &mut Entity) -> Result<Array> {
        Ok(tracing::trace(record, "parents", None)?)
    }

    /// The same, so many generations far at most.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert_eq(s.get_descendants(1).len(), s.get_children().len());
    /// ```
    #[rhai_fn(name = "get_descendants", return_raw, pure)]
    pub fn get_near_descendants(record: &mut Entity, generations: INT) -> Result<Array> {
        Ok(tracing::trace(record, "parents", Some(generations))?)
    }

    /// An own personal access token of this name that holds beyond the server's time of
    /// warning, or else a new one.
    ///
    /// ```rhai
    /// let t = o.get_or_create_personal_access_token("nightly");
    /// assert_eq(o.get_or_create_personal_access_token("nightly").permId, t.permId);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_or_create_personal_access_token(
        session: &mut Session,
        name: &str,
    ) -> Result<Entity> {
        Ok(access_tokens::get_or_create(session, name, &Map::new())?)
    }

    /// The same, a new one from `validFrom` to `validTo`; with `force` always a new one.
    ///
    /// ```rhai
    /// let to = now() + 86400;
    /// let t = o.get_or_create_personal_access_token("nightly", #{ validTo: to });
    /// assert(t.validToDate <= to);
    /// ```
    #[rhai_fn(name = "get_or_create_personal_access_token", return_raw, pure)]
    pub fn get_or_create_with(
        session: &mut Session,
        name: &str,
        options: Map,
    ) -> Result<Entity> {
        Ok(access_tokens::get_or_create(session, name, &options)?)
    }

    /// A new token of the same name that holds from now on for as long as this one did.
    ///
    /// ```rhai
    /// let t = o.get_or_create_personal_access_token("nightly");
    /// assert(t.renew().permId != t.permId);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn renew(record: &mut Entity) -> Result<Entity> {
        renew_with(record, Map::new())
    }

    /// The same, from `validFrom` to `validTo`.
    ///
    /// ```rhai
    /// let t = o.get_or_create_personal_access_token("nightly");
    /// t.renew(#{ validTo: now() + 3600 });
    /// ```
    #[rhai_fn(name = "renew", return_raw, pure)]
    pub fn renew_with(record: &mut Entity, options: Map) -> Result<Entity> {
        Ok(access_tokens::renew(record, &options)?)
    }

    /// Makes a place outside openBIS where linked files are, at once; type `OPENBIS`, `URL` or
    /// `FILE_SYSTEM`.
    ///
    /// ```rhai
    /// let d = o.create_external_data_management_system("NAS", "Our NAS", "nas:/data", "FILE_SYSTEM");
    /// assert_eq(d.address, "nas:/data");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn create_external_data_management_system(
        session: &mut Session,
        code: &str,
        label: &str,
        address: &str,
        address_type: &str,
    ) -> Result<Entity> {
        let about = [
            ("code".into(), code.into()),
            ("label".into(), label.into()),
            ("address".into(), address.into()),
            ("addressType".into(), address_type.into()),
        ];
        Ok(linking::create_dms(session, about.into())?)
    }

    /// Makes a place in a file system where linked files are, at once.
    ///
    /// ```rhai
    /// o.create_external_data_management_system("NAS", "Our NAS", "nas:/data");
    /// ```
    #[rhai_fn(name = "create_external_data_management_system", return_raw, pure)]
    pub fn create_file_system(
        session: &mut Session,
        code: &str,
        label: &str,
        address: &str,
    ) -> Result<Entity> {
        let kind = "FILE_SYSTEM";
        create_external_data_management_system(session, code, label, address, kind)
    }

    /// Makes a data set that is linked to files in a git repository, at once: `type`, `path`,
    /// `commit_id`, `repository_id`, `dms`, and `sample` or `experiment`; `properties`,
    /// `parents`, `data_set_code`, `contents`. It is not in the journal.
    ///
    /// ```rhai
    /// o.create_external_data_management_system("NAS", "Our NAS", "nas:/data");
    /// let d = o.new_git_data_set(#{
    ///     type: "RAW_DATA", path: "/repo", commit_id: "abc", repository_id: "r1", dms: "NAS",
    ///     experiment: o.get_collections(#{ type: "DEFAULT_EXPERIMENT" })[0],
    /// });
    /// assert_eq(d.kind, "LINK");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn new_git_data_set(session: &mut Session, about: Map) -> Result<Entity> {
        Ok(linking::create(session, about)?)
    }

    /// Adds a place where the files of a linked data set are, at once.
    ///
    /// ```rhai
    /// o.create_external_data_management_system("NAS", "Our NAS", "nas:/data");
    /// let d = o.new_git_data_set(#{
    ///     type: "RAW_DATA", path: "/repo", commit_id: "abc", repository_id: "r1", dms: "NAS",
    ///     experiment: o.get_collections(#{ type: "DEFAULT_EXPERIMENT" })[0],
    /// });
    /// o.new_content_copy("/copy", "abc", "r2", "NAS", d);
    /// assert_eq(d.linkedData.contentCopies.len(), 2);
    /// ```
    #[rhai_fn(return_raw, pure)]
    #[expect(clippy::too_many_arguments, reason = "as pyBIS has them, by position")]
    pub fn new_content_copy(
        session: &mut Session,
        path: &str,
        commit_id: &str,
        repository_id: &str,
        dms: Dynamic,
        dataset: Dynamic,
    ) -> Result<()> {
        let copy = [
            ("path".into(), path.into()),
            ("commit_id".into(), commit_id.into()),
            ("repository_id".into(), repository_id.into()),
            ("dms".into(), dms),
        ];
        Ok(linking::add_copy(session, &dataset, copy.into())?)
    }

    /// Takes a place where the files of a linked data set are away, at once: one of its
    /// `linkedData.contentCopies`.
    ///
    /// ```rhai
    /// o.create_external_data_management_system("NAS", "Our NAS", "nas:/data");
    /// let d = o.new_git_data_set(#{
    ///     type: "RAW_DATA", path: "/repo", commit_id: "abc", repository_id: "r1", dms: "NAS",
    ///     experiment: o.get_collections(#{ type: "DEFAULT_EXPERIMENT" })[0],
    /// });
    /// o.delete_content_copy(d, d.linkedData.contentCopies[0]);
    /// assert_eq(d.linkedData.contentCopies, []);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn delete_content_copy(
        session: &mut Session,
        dataset: Dynamic,
        copy: Dynamic,
    ) -> Result<()> {
        Ok(linking::remove_copy(session, &dataset, &copy)?)
    }

    /// No server is known that takes such a request: `unarchive()` brings files back.
    ///
    /// # Errors
    /// `refused`, always.
    ///
    /// ```rhai
    /// try { o.get_datasets()[0].request_unarchiving(); }
    /// catch (e) { assert_eq(e.kind, "refused"); }
    /// ```
    #[rhai_fn(
        name = "request_unarchiving",
        name = "revoke_request_unarchiving",
        return_raw,
        pure
    )]
    pub fn request_unarchiving(record: &mut Entity) -> Result<()> {
        let _ = record;
        Err(no_request().into())
    }

    /// No server is known that takes such a request: `unarchive_datasets()` brings files back.
    ///
    /// # Errors
    /// `refused`, always.
    ///
    /// ```rhai
    /// try { o.request_unarchiving(o.get_datasets()); }
    /// catch (e) { assert_eq(e.kind, "refused"); }
    /// ```
    #[rhai_fn(
        name = "request_unarchiving",
        name = "revoke_request_unarchiving",
        return_raw,
        pure
    )]
    pub fn request_unarchiving_of(
        session: &mut Session,
        datasets: Dynamic,
    ) -> Result<()> {
        let _ = (session, datasets);
        Err(no_request().into())
    }
}

fn no_request() -> ScriptError {
    let message = "openBIS takes no request to unarchive";
    let error = ScriptError::new(crate::script::ErrorKind::Refused, message);
    error.hint("`unarchive()` and `unarchive_datasets()` bring files back")
}
