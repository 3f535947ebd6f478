use rhai::plugin::*;

/// Files of samples and collections on the file server, which newer openBIS has.
#[export_module]
pub mod file_server {
    use rhai::{Array, Blob, INT};

    use crate::script::error::Result;
    use crate::script::{Entity, owned_files};

    /// What lies in the topmost folder of a sample or collection: `path`, `name`,
    /// `directory`, `size`, `lastModifiedTime`.
    ///
    /// # Errors
    /// `refused` where the server has no such files.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// for file in series.list_files() { print(`${file.path} ${file.size}`); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn list_files(record: &mut Entity) -> Result<Array> {
        list_files_in(record, "/")
    }

    /// What lies in a folder.
    ///
    /// # Errors
    /// `not_found` when there is no such folder; `unauthorized` when one may not see it.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// assert_eq(series.list_files("/plan").map(|file| file.name), ["layout.csv", "old"]);
    /// ```
    #[rhai_fn(name = "list_files", return_raw, pure)]
    pub fn list_files_in(record: &mut Entity, path: &str) -> Result<Array> {
        list_all_files_in(record, path, false)
    }

    /// What lies in a folder; with `true` in the folders below it too.
    ///
    /// # Errors
    /// `not_found` when there is no such folder; `unauthorized` when one may not see it.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// let files = series.list_files("/", true).filter(|file| !file.directory);
    /// assert_eq(files.len(), 3);
    /// ```
    #[rhai_fn(name = "list_files", return_raw, pure)]
    pub fn list_all_files_in(
        record: &mut Entity,
        path: &str,
        recursively: bool,
    ) -> Result<Array> {
        Ok(owned_files::list(record, path, recursively)?)
    }

    /// A file as text.
    ///
    /// # Errors
    /// `not_found` when there is no such file; `invalid` when it is no text; `limit` beyond
    /// 64 MB.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// print(series.read_file("/readme.txt")); // list_files() names them
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn read_file(record: &mut Entity, path: &str) -> Result<String> {
        Ok(owned_files::text(path, owned_files::read(record, path)?)?)
    }

    /// A file as bytes.
    ///
    /// # Errors
    /// `not_found` when there is no such file; `limit` beyond 64 MB.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// let size = series.list_files()[1].size;
    /// assert_eq(series.read_bytes("/readme.txt").len(), size);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn read_bytes(record: &mut Entity, path: &str) -> Result<Blob> {
        Ok(owned_files::read(record, path)?)
    }

    /// At most so many bytes (`limit`) of a file, from `offset` on.
    ///
    /// # Errors
    /// `not_found` when there is no such file; `limit` beyond 64 MB.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// assert(series.list_files().len() > 0);
    /// assert_eq(series.read_bytes("/readme.txt", 0, 6).as_string(), "Plates");
    /// ```
    #[rhai_fn(name = "read_bytes", return_raw, pure)]
    pub fn read_some_bytes(
        record: &mut Entity,
        path: &str,
        offset: INT,
        limit: INT,
    ) -> Result<Blob> {
        Ok(owned_files::read_part(record, path, (offset, limit))?)
    }

    /// Writes a file below the working folder; where it is then. Until it is whole it is
    /// called `NAME.part`.
    ///
    /// # Errors
    /// `not_found` when there is no such file; `conflict` when it changes meanwhile; `denied`
    /// outside of the working folder.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// series.download_file("/plan/layout.csv", "layout.csv"); // of list_files("/plan")
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn download_file(record: &mut Entity, path: &str, to: &str) -> Result<String> {
        Ok(owned_files::download(record, path, to)?)
    }
}
