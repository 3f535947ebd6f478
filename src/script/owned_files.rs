//! Files of samples and collections on the file server of newer openBIS.
use rhai::{Array, Dynamic, INT, Map};

use super::files::Part;
use super::{Entity, ErrorKind, Moment, ScriptError, calling, value};
use crate::client::{Client, Error, PIECE};
use crate::model::{Id, IdForm, Kind};
use crate::wire::files::Listed;

/// The most that is read at once: what is longer belongs into a file.
const AT_ONCE: u64 = 64 << 20;

/// What owns the files: one session, one permId.
struct Owner<'e> {
    entity: &'e Entity,
    client: &'e Client,
    perm_id: String,
}

/// What lies in a folder, as scripts see it.
pub(super) fn list(
    entity: &Entity,
    path: &str,
    deep: bool,
) -> Result<Array, ScriptError> {
    let found = Owner::of(entity)?.list(&rooted(path), deep)?;
    Ok(found.iter().map(shown).map(Dynamic::from_map).collect())
}

/// The whole of a file.
pub(super) fn read(entity: &Entity, path: &str) -> Result<Vec<u8>, ScriptError> {
    let owner = Owner::of(entity)?;
    let file = owner.file(path)?;
    if file.size > AT_ONCE {
        let message = format!("`{}` has {} bytes", file.path, file.size);
        let error = ScriptError::new(ErrorKind::Limit, message);
        return Err(error.hint("`download_file(path, \"name\")` writes it into a file"));
    }
    let mut content = Vec::new();
    owner.pieces(&file, |piece| {
        content.extend_from_slice(piece);
        Ok(())
    })?;
    Ok(content)
}

/// So many bytes of a file from there on.
pub(super) fn read_part(
    entity: &Entity,
    path: &str,
    (offset, limit): (INT, INT),
) -> Result<Vec<u8>, ScriptError> {
    let owner = Owner::of(entity)?;
    let file = owner.file(path)?;
    let number = |name: &str, given: INT| {
        let message = format!("`{name}` cannot be negative");
        u64::try_from(given).map_err(|_| ScriptError::invalid(message))
    };
    let (from, most) = (number("offset", offset)?, number("limit", limit)?);
    if most > AT_ONCE {
        let message = format!("`limit` can be {AT_ONCE} at most");
        return Err(ScriptError::new(ErrorKind::Limit, message));
    }
    let end = file.size.min(from.saturating_add(most));
    let mut content = Vec::new();
    owner.range(&file, (from, end), |piece| {
        content.extend_from_slice(piece);
        Ok(())
    })?;
    Ok(content)
}

/// Writes a file below the working folder; where it is.
pub(super) fn download(
    entity: &Entity,
    path: &str,
    to: &str,
) -> Result<String, ScriptError> {
    let owner = Owner::of(entity)?;
    let file = owner.file(path)?;
    let mut part = Part::begin(entity.session().host(), to)?;
    owner.pieces(&file, |piece| part.add(piece))?;
    Ok(part.finish()?.display().to_string())
}

/// As text, where it is one.
pub(super) fn text(path: &str, content: Vec<u8>) -> Result<String, ScriptError> {
    String::from_utf8(content).map_err(|_| {
        ScriptError::invalid(format!("`{path}` is no text"))
            .hint("`read_bytes(path)` gives its bytes")
    })
}

impl<'e> Owner<'e> {
    fn of(entity: &'e Entity) -> Result<Self, ScriptError> {
        if !matches!(entity.kind(), Kind::Sample | Kind::Experiment) {
            let message =
                format!("{} has no files of that sort", value::a(entity.kind()));
            return Err(
                ScriptError::invalid(message).hint("samples and collections have")
            );
        }
        if !entity.session().is_newer()? {
            return Err(calling::not_there(entity.session(), "files of objects")?);
        }
        let perm_id = perm_id(entity)?;
        Ok(Self { entity, client: entity.session().client(), perm_id })
    }

    fn list(&self, path: &str, deep: bool) -> Result<Vec<Listed>, ScriptError> {
        match self.client.list_files(&self.perm_id, path, deep) {
            Ok(found) => Ok(found),
            // Where no file was ever written there is no folder either.
            Err(error) if path == "/" && error.is_not_found() => Ok(Vec::new()),
            Err(error) => Err(self.failed(path, error)),
        }
    }

    /// A file, as its folder has it: the end of a file is not asked for beyond it.
    fn file(&self, path: &str) -> Result<Listed, ScriptError> {
        let path = rooted(path);
        let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
        let listed = self.list(if folder.is_empty() { "/" } else { folder }, false);
        let found = match listed {
            Ok(listed) => listed.into_iter().find(|it| it.path == path),
            Err(error) if error.kind == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        match found {
            Some(found) if found.is_folder => {
                let error = ScriptError::invalid(format!("`{path}` is a folder"));
                Err(error.hint(format!("`list_files(\"{path}\")` shows what is in it")))
            }
            Some(found) => Ok(found),
            None => Err(self.missing(&path)),
        }
    }

    fn pieces(
        &self,
        file: &Listed,
        take: impl FnMut(&[u8]) -> Result<(), ScriptError>,
    ) -> Result<(), ScriptError> {
        self.range(file, (0, file.size), take)
    }

    /// The bytes from one place to another, piece by piece.
    fn range(
        &self,
        file: &Listed,
        (mut from, end): (u64, u64),
        mut take: impl FnMut(&[u8]) -> Result<(), ScriptError>,
    ) -> Result<(), ScriptError> {
        while from < end {
            let wanted = PIECE.min(end - from);
            let piece = self.client.read_file(&self.perm_id, &file.path, (from, wanted));
            let piece = piece.map_err(|error| self.failed(&file.path, error))?;
            if piece.len() as u64 != wanted {
                let message = format!("`{}` was changed while it was read", file.path);
                return Err(ScriptError::new(ErrorKind::Conflict, message));
            }
            take(&piece)?;
            from += wanted;
        }
        Ok(())
    }

    fn failed(&self, path: &str, error: Error) -> ScriptError {
        if error.is_not_found() { self.missing(path) } else { error.into() }
    }

    fn missing(&self, path: &str) -> ScriptError {
        let (noun, label) = (value::called(self.entity.kind()), self.entity.label());
        ScriptError::not_found(format!("no file `{path}` of {noun} `{label}`"))
    }
}

fn perm_id(entity: &Entity) -> Result<String, ScriptError> {
    let id: Id = entity.id()?;
    if matches!(id.form(), IdForm::PermId(_)) {
        return Ok(id.text().to_owned());
    }
    match entity.value("permId")? {
        Some(crate::model::Value::Text(text)) => Ok(text),
        Some(_) | None => Err(ScriptError::invalid("the object is not saved yet")),
    }
}

/// `a/b` as `/a/b`.
fn rooted(path: &str) -> String {
    format!("/{}", path.trim().trim_matches('/'))
}

fn shown(file: &Listed) -> Map {
    let modified =
        file.modified.map_or(Dynamic::UNIT, |time| Dynamic::from(Moment::from(time)));
    let facts = [
        ("path", file.path.clone().into()),
        ("name", file.name.clone().into()),
        ("directory", file.is_folder.into()),
        ("size", value::count(file.size).into()),
        ("lastModifiedTime", modified),
        ("owner", file.owner.clone().into()),
    ];
    facts.into_iter().map(|(name, fact)| (name.into(), fact)).collect()
}
