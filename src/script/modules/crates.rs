use rhai::plugin::*;

/// Exports as RO-Crate and as spreadsheets, which newer openBIS has.
#[export_module]
pub mod crates {
    use std::time::Duration;

    use rhai::{INT, Map};

    use crate::script::crates::{self, CrateExport};
    use crate::script::error::Result;
    use crate::script::value::list;
    use crate::script::{ScriptError, Session, exports};

    /// An export that was begun.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Export = CrateExport;

    /// Begins an export of spaces, projects, collections, samples and data sets as RO-Crate.
    ///
    /// # Errors
    /// `refused` where the server makes none.
    ///
    /// ```rhai
    /// let strains = o.get_samples(#{ type: "YEAST", count: 3 });
    /// o.export_ro_crate(strains).download("strains.zip");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn export_ro_crate(
        session: &mut Session,
        objects: Dynamic,
    ) -> Result<CrateExport> {
        export_ro_crate_with(session, objects, Map::new())
    }

    /// The same with options: `zip` (`false` for the description alone), `with_levels_below`,
    /// `with_levels_above`, `with_parents`, `with_children`, `with_other_spaces`,
    /// `import_compatible`, `metadata_pdf`, `metadata_xlsx`, `dataset_data`, `afs_data`; `url`
    /// where the service is not at the usual place.
    ///
    /// # Errors
    /// `refused` where the server makes none; `invalid` for what does not go into a crate.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// let job = o.export_ro_crate([series], #{ zip: false, with_levels_below: true });
    /// job.download("series.json");
    /// ```
    #[rhai_fn(name = "export_ro_crate", return_raw, pure)]
    pub fn export_ro_crate_with(
        session: &mut Session,
        objects: Dynamic,
        options: Map,
    ) -> Result<CrateExport> {
        Ok(crates::begin(session, &list(&objects)?, &options)?)
    }

    /// Exports spaces, projects, collections, samples and data sets as a spreadsheet below the
    /// working folder; where it is then.
    ///
    /// # Errors
    /// `refused` where the server exports nothing; `denied` outside of the working folder.
    ///
    /// ```rhai
    /// let strains = o.get_samples(#{ type: "YEAST", count: 3 });
    /// o.export_xlsx(strains, "strains.xlsx");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn export_xlsx(
        session: &mut Session,
        objects: Dynamic,
        path: &str,
    ) -> Result<String> {
        export_xlsx_with(session, objects, path, Map::new())
    }

    /// The same with options: `zip`, `with_referred_types`, `import_compatible`,
    /// `with_levels_below`, `with_levels_above`, `with_parents`, `with_children`,
    /// `with_other_spaces`.
    ///
    /// # Errors
    /// `refused` where the server exports nothing; `denied` outside of the working folder.
    ///
    /// ```rhai
    /// let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
    /// o.export_xlsx([series], "series.xlsx", #{ with_levels_below: true });
    /// ```
    #[rhai_fn(name = "export_xlsx", return_raw, pure)]
    pub fn export_xlsx_with(
        session: &mut Session,
        objects: Dynamic,
        path: &str,
        options: Map,
    ) -> Result<String> {
        Ok(exports::sheet(session, &list(&objects)?, (path, &options))?)
    }

    /// The id of the export.
    ///
    /// ```rhai
    /// print(o.export_ro_crate([o.get_samples()[0]]).jobId);
    /// ```
    #[rhai_fn(get = "jobId", pure)]
    pub fn job_id(export: &mut CrateExport) -> String {
        export.id().to_owned()
    }

    /// How far it is: `COMPLETED`, `FAILED`, or a word for being under way.
    ///
    /// ```rhai
    /// print(o.export_ro_crate([o.get_samples()[0]]).check_status());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn check_status(export: &mut CrateExport) -> Result<String> {
        Ok(export.status()?)
    }

    /// Waits until the crate is there.
    ///
    /// # Errors
    /// `refused` when it could not be made.
    ///
    /// ```rhai
    /// let job = o.export_ro_crate([o.get_samples()[0]]);
    /// job.wait();
    /// assert_eq(job.check_status(), "COMPLETED");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn wait(export: &mut CrateExport) -> Result<()> {
        Ok(export.wait(None)?)
    }

    /// Waits at most so many seconds.
    ///
    /// # Errors
    /// `timeout` when it is not there by then; `refused` when it could not be made.
    ///
    /// ```rhai
    /// o.export_ro_crate([o.get_samples()[0]]).wait(600);
    /// ```
    #[rhai_fn(name = "wait", return_raw, pure)]
    pub fn wait_for(export: &mut CrateExport, seconds: INT) -> Result<()> {
        let most = u64::try_from(seconds)
            .map_err(|_| ScriptError::invalid("`seconds` cannot be negative"))?;
        Ok(export.wait(Some(Duration::from_secs(most)))?)
    }

    /// Waits until the crate is there and writes it below the working folder; where it is
    /// then. Until it is whole it is called `NAME.part`.
    ///
    /// # Errors
    /// `refused` when it could not be made; `denied` outside of the working folder.
    ///
    /// ```rhai
    /// o.export_ro_crate([o.get_samples()[0]]).download("sample.zip");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn download(export: &mut CrateExport, path: &str) -> Result<String> {
        Ok(export.download(path)?)
    }

    /// What is shown of it.
    ///
    /// ```rhai
    /// print(o.export_ro_crate([o.get_samples()[0]]));
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", pure)]
    pub fn shown(export: &mut CrateExport) -> String {
        export.to_string()
    }
}
