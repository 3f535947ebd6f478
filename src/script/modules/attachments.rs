use crate::model::{Edit, Record};
use crate::script::error::Result;
use crate::script::{Entity, ErrorKind, ScriptError};
use rhai::plugin::*;

/// Small files that are kept with projects, collections and samples.
#[export_module]
pub mod attachments {
    use super::{edit, field};
    use rhai::{Array, Dynamic, ImmutableString, Map};

    use crate::model::{Kind, Record, Value};
    use crate::script::error::Result;
    use crate::script::value::text;
    use crate::script::{Entity, ScriptError, attributes, fetches, files};

    /// The attachments of the object: file name, title, description, version.
    ///
    /// ```rhai
    /// for a in o.get_projects()[0].get_attachments() { print(a.fileName); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_attachments(record: &mut Entity) -> Result<Array> {
        let Some(Value::Many(links)) = record.value(field(record)?)? else {
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
        let (name, id) = (field(record)?, record.id()?);
        let mut fetch = fetches::only(record.kind(), name);
        fetch.add(name).add("content");
        let found = record.session().records(&[id], &fetch)?.into_iter().next().flatten();
        let Some(found) = found else {
            return Err(record.session().missing(record.kind(), &record.label()).into());
        };
        let root = &record.session().host().folder;
        let mut paths = Array::new();
        for attachment in crate::script::type_sheet::linked(&found, name) {
            let Ok(Some(Value::Bytes(content))) = attachment.get("content") else {
                continue;
            };
            let file = files::safe_name(attachment.text("fileName").unwrap_or_default());
            let path = format!("{}/{file}", folder.trim_end_matches('/'));
            files::write(root, &path, content)?;
            paths.push(path.into());
        }
        Ok(paths)
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
        let field = field(record)?;
        let content = files::read(&record.session().host().folder, path)?;
        let mut part = Record::new(Kind::Attachment);
        let mut put = |name: &str, value: Value| part.set(name, value, None);
        put("fileName", Value::Text(files::safe_name(path)))
            .map_err(ScriptError::from)?;
        put("content", Value::Bytes(content)).map_err(ScriptError::from)?;
        for name in ["title", "description"] {
            if let Some(text) = about.get(name).and_then(text) {
                put(name, Value::Text(text)).map_err(ScriptError::from)?;
            }
        }
        edit(record, field, Some(part), None)?;
        Ok(record.clone())
    }

    /// Takes an attachment away, by its file name. `save()` sends it.
    ///
    /// ```rhai
    /// o.get_projects()[0].del_attachment("old.txt");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn del_attachment(record: &mut Entity, file: ImmutableString) -> Result<Entity> {
        let field = field(record)?;
        edit(record, field, None, Some(file.to_string()))?;
        Ok(record.clone())
    }
}

fn edit(
    record: &Entity,
    field: &'static str,
    more: Option<Record>,
    fewer: Option<String>,
) -> Result<()> {
    let changed = record.with(|record| {
        let (mut add, mut remove) = match record.edits().get(field) {
            Some(Edit::Parts { add, remove }) => (add.clone(), remove.clone()),
            Some(_) | None => (Vec::new(), Vec::new()),
        };
        add.extend(more);
        remove.extend(fewer);
        record.edit(field, Edit::Parts { add, remove })
    });
    Ok(changed.map_err(ScriptError::from)?)
}

fn field(record: &Entity) -> Result<&'static str> {
    let spec = record.kind().spec();
    let field = spec.field("attachments").map(|field| field.name);
    Ok(field.ok_or_else(|| {
        let message = format!("a {} has no attachments", spec.noun());
        ScriptError::new(ErrorKind::Script, message)
    })?)
}
