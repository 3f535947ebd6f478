use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use super::Error;

/// Does something while holding a lock on the file, which is made where it is missing.
/// Refused while another process holds it; the lock of a process that died is free.
pub fn alone<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let file = File::options().create(true).append(true).open(path).map_err(failed)?;
    let mut lock = fd_lock::RwLock::new(file);
    let guard = match lock.try_write() {
        Ok(guard) => guard,
        Err(error) if error.kind() == ErrorKind::WouldBlock => {
            return Err(Error::Locked { path: path.to_owned() });
        }
        Err(error) => return Err(failed(error)),
    };
    let done = work();
    drop(guard);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_scheduler_can_hold_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("schedule.lock");
        alone(&path, || {
            let second = alone(&path, || Ok(()));
            assert!(matches!(second, Err(Error::Locked { .. })));
            Ok(())
        })
        .unwrap();
        alone(&path, || Ok(())).unwrap();
    }
}
