use rhai::plugin::*;

/// Small files that are kept with projects, collections and samples.
#[export_module]
pub mod attachments {
    use rhai::{Array, Dynamic, ImmutableString, Map};

    use crate::model::Value;
    use crate::script::error::Result;
    use crate::script::{Entity, attaching, attributes, fetches, files};

    /// The attachments of the object: file name, title, description, version.
    ///
    /// ```rhai
    /// for a in o.get_projects()[0].get_attachments() { print(a.fileName); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_attachments(record: &mut Entity) -> Result<Array> {
        let Some(Value::Many(links)) = record.value(attaching::field(record)?)? else {
            return Ok(Array::new());
        };
        let shown = ["fileName", "title", "description", "version", "registrationDate"];
        let parts = links.iter().map(|link| {
            let part = Entity::linked(record.session(), link);
            let map: Result<Map> = shown
                .iter()
                .map(|name| Ok(((*name).into(), attributes::get(&part, name)?)))
                .collect();
            Ok(Dynamic::from_map(map?))
        });
        parts.collect()
    }

    /// Writes the latest versions of all attachments into a folder below the working
    /// folder; the paths.
    ///
    /// ```rhai
    /// o.get_projects()[0].download_attachments("attachments");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn download_attachments(record: &mut Entity, folder: &str) -> Result<Array> {
        let (name, id) = (attaching::field(record)?, record.id()?);
        let mut fetch = fetches::only(record.kind(), name);
        fetch.add(name).add("content");
        let found = record.session().records(&[id], &fetch)?.into_iter().next().flatten();
        let Some(found) = found else {
            return Err(record.session().missing(record.kind(), &record.label()).into());
        };
        let host = record.session().host();
        let mut paths = Array::new();
        for attachment in crate::script::type_sheet::linked(&found, name) {
            let Ok(Some(Value::Bytes(content))) = attachment.get("content") else {
                continue;
            };
            let file = files::safe_name(attachment.text("fileName").unwrap_or_default());
            let path = format!("{}/{file}", folder.trim_end_matches('/'));
            files::write(host, &path, content)?;
            paths.push(path.into());
        }
        Ok(paths)
    }

    /// All versions of an attachment, the latest first: file name, title, version, who made it.
    ///
    /// ```rhai
    /// o.get_spaces().df.to_csv("spaces.csv");
    /// let p = o.get_project("/LAB/STRESS");
    /// p.add_attachment("spaces.csv");
    /// p.save();
    /// assert_eq(p.get_attachment_versions("spaces.csv")[0].version, 1);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_attachment_versions(record: &mut Entity, file: &str) -> Result<Array> {
        let versions = attaching::versions(record, file, false)?;
        let shown = ["fileName", "title", "description", "version", "registrationDate"];
        let map = |part: &Entity| -> Result<Dynamic> {
            let mut map = Map::new();
            for name in shown {
                map.insert(name.into(), attributes::get(part, name)?);
            }
            Ok(Dynamic::from_map(map))
        };
        versions.iter().map(map).collect()
    }

    /// Writes one version of an attachment into a folder below the working folder; the path.
    ///
    /// # Errors
    /// `not_found` when there is no such attachment or version.
    ///
    /// ```rhai
    /// let p = o.get_projects()[0];
    /// try { p.download_attachment("notes.txt", 1, "old"); }
    /// catch (e) { assert_eq(e.kind, "not_found"); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn download_attachment(
        record: &mut Entity,
        file: &str,
        version: rhai::INT,
        folder: &str,
    ) -> Result<String> {
        let wanted = Some(Value::Integer(version));
        for part in attaching::versions(record, file, true)? {
            if part.value("version")? != wanted {
                continue;
            }
            if let Some(Value::Bytes(content)) = part.value("content")? {
                let name = files::safe_name(file);
                let path = format!("{}/{name}", folder.trim_end_matches('/'));
                files::write(record.session().host(), &path, &content)?;
                return Ok(path);
            }
        }
        let message = format!("no attachment `{file}` of version {version}");
        Err(crate::script::ScriptError::not_found(message).into())
    }

    /// Writes the latest versions of all attachments into the folder `attachments` below the
    /// working folder; the paths.
    ///
    /// ```rhai
    /// o.get_projects()[0].download_attachments();
    /// ```
    #[rhai_fn(name = "download_attachments", return_raw, pure)]
    pub fn download_all_attachments(record: &mut Entity) -> Result<Array> {
        download_attachments(record, "attachments")
    }

    /// Adds a file below the working folder as an attachment. `save()` sends it.
    ///
    /// ```rhai
    /// o.get_spaces().df.to_csv("spaces.csv");
    /// let p = o.get_projects()[0];
    /// p.add_attachment("spaces.csv");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn add_attachment(record: &mut Entity, path: &str) -> Result<Entity> {
        add_attachment_with(record, path, Map::new())
    }

    /// Adds a file with `title` and `description`. `save()` sends it.
    ///
    /// ```rhai
    /// o.get_spaces().df.to_csv("spaces.csv");
    /// o.get_projects()[0].add_attachment("spaces.csv", #{ title: "All spaces" });
    /// ```
    #[rhai_fn(name = "add_attachment", return_raw, pure)]
    pub fn add_attachment_with(
        record: &mut Entity,
        path: &str,
        about: Map,
    ) -> Result<Entity> {
        attaching::add(record, path, &about)?;
        Ok(record.clone())
    }

    /// Takes an attachment away, by its file name. `save()` sends it.
    ///
    /// ```rhai
    /// o.get_projects()[0].del_attachment("old.txt");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn del_attachment(record: &mut Entity, file: ImmutableString) -> Result<Entity> {
        attaching::remove(record, &file)?;
        Ok(record.clone())
    }
}
