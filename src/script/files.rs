//! Files of scripts: where they may be, and never half written.
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::{ErrorKind, Host, ScriptError};

/// Where a path of a script leads, if it may go there.
pub(super) fn place(host: &Host, path: &str) -> Result<PathBuf, ScriptError> {
    host.desk.file(&*host.console, &host.folder, path)
}

/// Writes a file whole, or not at all.
pub(super) fn write(
    host: &Host,
    path: &str,
    content: &[u8],
) -> Result<PathBuf, ScriptError> {
    let target = place(host, path)?;
    let failed = |error: std::io::Error| {
        ScriptError::new(ErrorKind::File, format!("`{path}` cannot be written: {error}"))
    };
    let parent = target.parent().unwrap_or(&host.folder);
    std::fs::create_dir_all(parent).map_err(failed)?;
    let mut part = tempfile::NamedTempFile::new_in(parent).map_err(failed)?;
    part.write_all(content).map_err(failed)?;
    part.persist(&target).map_err(|error| failed(error.error))?;
    Ok(target)
}

/// So much is in memory of a file that comes.
const PIECE: usize = 1 << 20;

/// A file that comes piece by piece: `NAME.part` until all of it is there.
pub(super) struct Part {
    file: std::fs::File,
    path: PathBuf,
    target: PathBuf,
}

impl Part {
    pub(super) fn begin(host: &Host, path: &str) -> Result<Self, ScriptError> {
        let target = place(host, path)?;
        if target.is_dir() || path.ends_with('/') {
            let message = format!("`{path}` is a folder: the file needs a name");
            return Err(ScriptError::new(ErrorKind::File, message));
        }
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = target.with_file_name(name);
        let parent = target.parent().unwrap_or(&host.folder);
        // One that is left over is not written into: it may be a link that leads out.
        let _ = std::fs::remove_file(&part);
        let file = std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::File::create_new(&part))
            .map_err(|error| unwritable(&part, &error))?;
        Ok(Self { file, path: part, target })
    }

    pub(super) fn add(&mut self, piece: &[u8]) -> Result<(), ScriptError> {
        self.file.write_all(piece).map_err(|error| unwritable(&self.path, &error))
    }

    /// Takes all that comes, a piece at a time, and gives it its name; where it is. `what` it
    /// is is told where it breaks off.
    pub(super) fn fill(
        mut self,
        content: &mut dyn Read,
        what: &str,
    ) -> Result<String, ScriptError> {
        let mut piece = vec![0; PIECE];
        loop {
            let read = content.read(&mut piece).map_err(|error| {
                let message = format!("the {what} did not come to its end: {error}");
                ScriptError::new(ErrorKind::Unreachable, message)
            })?;
            if read == 0 {
                return Ok(self.finish()?.display().to_string());
            }
            self.add(&piece[..read])?;
        }
    }

    /// Gives it its name.
    pub(super) fn finish(self) -> Result<PathBuf, ScriptError> {
        let done =
            self.file.sync_all().and_then(|()| std::fs::rename(&self.path, &self.target));
        done.map_err(|error| unwritable(&self.target, &error))?;
        Ok(self.target)
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> ScriptError {
    let message = format!("`{}` cannot be written: {error}", path.display());
    ScriptError::new(ErrorKind::File, message)
}

/// Reads a file whole.
pub(super) fn read(host: &Host, path: &str) -> Result<Vec<u8>, ScriptError> {
    let target = place(host, path)?;
    std::fs::read(target).map_err(|error| {
        ScriptError::new(ErrorKind::File, format!("`{path}` cannot be read: {error}"))
    })
}

/// A name from elsewhere as the name of a file here.
pub(super) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let tame = |c: char| if c.is_control() || ":*?\"<>|".contains(c) { '_' } else { c };
    let safe: String = last.chars().map(tame).collect();
    match safe.trim() {
        "" | "." | ".." => "unnamed".to_owned(),
        safe => safe.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_elsewhere_are_made_safe() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name(".."), "unnamed");
        assert_eq!(safe_name("a:b.txt"), "a_b.txt");
    }
}
