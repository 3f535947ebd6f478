//! Files that their owner alone may read.
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use zeroize::Zeroizing;

use crate::cli::mistake::Mistake;

/// What is in the file; nothing where there is none.
///
/// # Errors
/// A file that others may read is refused.
pub(crate) fn read_private(file: &Path) -> anyhow::Result<Option<Zeroizing<String>>> {
    if !file.try_exists().unwrap_or(true) {
        return Ok(None);
    }
    if file.is_dir() {
        let message = format!("`{}` is a folder, where a secret is kept", file.display());
        return Err(Mistake::denied(message).hint("move it out of the way").into());
    }
    check_rights(file)?;
    let bytes = std::fs::read(file)
        .with_context(|| format!("cannot read `{}`", file.display()))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Mistake::denied(format!("`{}` holds no secret but garbage", file.display()))
            .hint("`rhobis logout` removes what is kept, `rhobis login` begins anew")
    })?;
    Ok(Some(Zeroizing::new(text)))
}

/// Whether nobody else can read or change the file.
#[cfg(unix)]
pub(crate) fn check_rights(file: &Path) -> Result<(), Mistake> {
    use std::os::unix::fs::PermissionsExt;
    let Ok(facts) = file.metadata() else { return Ok(()) };
    let mode = facts.permissions().mode() & 0o777;
    if mode.trailing_zeros() >= 6 {
        return Ok(());
    }
    let file = file.display();
    Err(Mistake::denied(format!(
        "`{file}` holds a secret, and others may read it (mode {mode:o})"
    ))
    .hint(format!(
        "`chmod 600 '{file}'` mends it; a secret that was read needs changing"
    )))
}

/// Rights are kept otherwise there.
#[cfg(not(unix))]
pub(crate) fn check_rights(_file: &Path) -> Result<(), Mistake> {
    Ok(())
}

/// Writes it in one step: a reader finds the old one or the new one.
pub(crate) fn write_private(file: &Path, text: &str) -> anyhow::Result<()> {
    let failed = || format!("cannot write `{}`", file.display());
    let folder = match file.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => Path::new("."),
    };
    make_private(folder).with_context(failed)?;
    let mut new = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    new.write_all(text.as_bytes()).with_context(failed)?;
    new.as_file().sync_all().with_context(failed)?;
    new.persist(file).with_context(failed)?;
    Ok(())
}

/// A folder that is made is made for its owner alone.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
