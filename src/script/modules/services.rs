use crate::script::error::Result;
use crate::script::{Session, services};
use rhai::plugin::*;
use rhai::{Array, FuncRegistration, Module};

/// Lists that the server keeps of what is no kind of objects: function, method, what it is.
const LISTS: &[(&str, &str, &str)] = &[
    (
        "get_query_databases",
        "searchQueryDatabases",
        "The data bases that queries may ask",
    ),
    (
        "get_custom_as_services",
        "searchCustomASServices",
        "The application server's services",
    ),
    ("get_aggregation_services", "searchAggregationServices", "The aggregation services"),
    ("get_reporting_services", "searchReportingServices", "The reporting services"),
    ("get_processing_services", "searchProcessingServices", "The processing services"),
    (
        "get_search_domain_services",
        "searchSearchDomainServices",
        "The search domain services",
    ),
    (
        "get_object_kind_modifications",
        "searchObjectKindModifications",
        "When objects of each kind were last made, changed or deleted",
    ),
    ("get_sessions", "searchSessionInformation", "The sessions that one may see"),
];

/// A function for each of the lists.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    for (name, method, what) in LISTS {
        let lines = [
            format!("/// {what}, as maps by the interface's own names."),
            "///".to_owned(),
            "/// ```rhai".to_owned(),
            format!("/// assert(o.{name}().len() >= 0);"),
            "/// ```".to_owned(),
        ];
        FuncRegistration::new(*name)
            .with_params_info(["session: &mut Openbis", "Result<Array>"])
            .with_purity(true)
            .with_comments(lines)
            .set_into_module(
                &mut module,
                move |session: &mut Session| -> Result<Array> {
                    Ok(services::objects(session, method, &[])?)
                },
            );
    }
    module
}

/// Services, queries and plugins that run on the server.
#[export_module]
pub mod services_of_server {
    use crate::script::error::Result;
    use crate::script::report::Table;
    use crate::script::services::{map, of_store, options};
    use crate::script::{Session, calling, services};
    use rhai::{Array, Dynamic, Map};

    /// Runs a service of the application server; what it gives.
    ///
    /// # Errors
    /// `not_found` when there is no such service.
    ///
    /// ```rhai
    /// try { o.execute_custom_as_service("nothing", #{}) }
    /// catch (e) { assert_eq(e.kind, "not_found"); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_custom_as_service(
        session: &mut Session,
        code: &str,
        parameters: Map,
    ) -> Result<Dynamic> {
        Ok(services::custom(session, code, parameters)?)
    }

    /// Runs a service of the data store server, of newer servers; what it gives.
    ///
    /// # Errors
    /// `refused` on servers that do not have it.
    ///
    /// ```rhai
    /// try { o.execute_custom_dss_service("nothing", #{}) } catch (e) { print(e); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_custom_dss_service(
        session: &mut Session,
        code: &str,
        parameters: Map,
    ) -> Result<Dynamic> {
        Ok(services::custom_dss(session, code, parameters)?)
    }

    /// Runs an aggregation service of a data store, `NAME` or `STORE:NAME`; a table.
    ///
    /// ```text
    /// o.execute_aggregation_service("DSS1:summary", #{ year: 2024 }).to_csv("a.csv");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_aggregation_service(
        session: &mut Session,
        service: &str,
        parameters: Map,
    ) -> Result<Table> {
        let params =
            [of_store(session, service)?, map([("parameters", parameters.into())])];
        Ok(services::table(session, "executeAggregationService", &params)?)
    }

    /// Runs a reporting service of a data store for data sets, by their codes; a table.
    ///
    /// ```text
    /// o.execute_reporting_service("DSS1:files-smart-view", ["20240101-1"]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_reporting_service(
        session: &mut Session,
        service: &str,
        datasets: Dynamic,
    ) -> Result<Table> {
        let params = [of_store(session, service)?, map([("dataSetCodes", datasets)])];
        Ok(services::table(session, "executeReportingService", &params)?)
    }

    /// Runs a processing service of a data store for data sets, by their codes.
    ///
    /// ```text
    /// o.execute_processing_service("DSS1:copy", ["20240101-1"], #{});
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_processing_service(
        session: &mut Session,
        service: &str,
        datasets: Dynamic,
        parameters: Map,
    ) -> Result<()> {
        let options =
            map([("dataSetCodes", datasets), ("parameters", parameters.into())]);
        let params = [of_store(session, service)?, options];
        drop(calling::call(session, "executeProcessingService", &params)?);
        Ok(())
    }

    /// Searches by a search domain service, such as sequences by their likeness; maps.
    ///
    /// ```text
    /// o.execute_search_domain_service("ACGT", #{ preferred: "blast" });
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_search_domain_service(
        session: &mut Session,
        text: &str,
        given: Map,
    ) -> Result<Array> {
        let known =
            [("preferred", "preferredSearchDomain"), ("parameters", "parameters")];
        let mut options = options(given, &known)?;
        options.insert("searchString".into(), text.into());
        let method = "executeSearchDomainService";
        Ok(services::objects(session, method, &[options.into()])?)
    }

    /// Runs a query by its name or number, with parameters; a table.
    ///
    /// # Errors
    /// `not_found` when there is no such query.
    ///
    /// ```rhai
    /// try { o.execute_query("NOTHING", #{}) } catch (e) { assert_eq(e.kind, "not_found"); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_query(
        session: &mut Session,
        query: Dynamic,
        parameters: Map,
    ) -> Result<Table> {
        let params = [query, map([("parameters", parameters.into())])];
        Ok(services::table(session, "executeQuery", &params)?)
    }

    /// Runs a query without parameters; a table.
    ///
    /// ```rhai
    /// try { o.execute_query("NOTHING") } catch (e) { assert_eq(e.kind, "not_found"); }
    /// ```
    #[rhai_fn(name = "execute_query", return_raw, pure)]
    pub fn execute_query_plainly(session: &mut Session, query: Dynamic) -> Result<Table> {
        execute_query(session, query, Map::new())
    }

    /// Asks a `database` by SQL, with `parameters`; a table.
    ///
    /// # Errors
    /// `refused` or `unauthorized` when the server will not.
    ///
    /// ```rhai
    /// try { o.execute_sql("select 1", #{ database: "1" }) } catch (e) { print(e); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_sql(session: &mut Session, sql: &str, given: Map) -> Result<Table> {
        let known = [("database", "databaseId"), ("parameters", "parameters")];
        let options = options(given, &known)?;
        Ok(services::table(session, "executeSql", &[sql.into(), options.into()])?)
    }

    /// What a plugin makes of an `object`: the value of a dynamic property, or the fault that
    /// a validation finds, `()` where there is none. `script` is tried in place of its own,
    /// `is_new` tells a validation that the object is made just now.
    ///
    /// ```rhai
    /// let p = o.get_plugins()[0];
    /// try { o.evaluate_plugin(p, #{ object: o.get_samples()[0] }) } catch (e) { print(e); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn evaluate_plugin(
        session: &mut Session,
        plugin: Dynamic,
        given: Map,
    ) -> Result<Dynamic> {
        Ok(services::evaluate(session, &plugin, given)?)
    }

    /// What one may do with objects: lists of `UPDATE`, `DELETE` … by their permIds.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "YEAST" })[0];
    /// assert("UPDATE" in o.get_rights([s])[s.permId]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_rights(session: &mut Session, objects: Dynamic) -> Result<Map> {
        Ok(services::rights(session, objects)?)
    }

    /// Finds collections, samples, data sets and materials that contain these words, wherever:
    /// maps with `objectKind`, `objectPermId`, `objectIdentifier`, `match` and `score`.
    ///
    /// ```rhai
    /// assert(o.search_globally("yeast").len() > 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn search_globally(session: &mut Session, words: &str) -> Result<Array> {
        search_globally_with(session, words, Map::new())
    }

    /// Finds what contains these words, with `count`, `start_with`, and `kinds`: a list of
    /// `EXPERIMENT`, `SAMPLE`, `DATA_SET`, `MATERIAL`.
    ///
    /// ```rhai
    /// let found = o.search_globally("yeast", #{ kinds: ["SAMPLE"], count: 2 });
    /// assert_eq(found.len(), 2);
    /// ```
    #[rhai_fn(name = "search_globally", return_raw, pure)]
    pub fn search_globally_with(
        session: &mut Session,
        words: &str,
        given: Map,
    ) -> Result<Array> {
        Ok(services::globally(session, words, given)?)
    }

    /// Carries out operations by their classes, all or none: maps with `@type`. Of changes
    /// nothing is in the journal: `o.transaction` does the same with it.
    ///
    /// ```rhai
    /// let done = o.execute_operations([
    ///     #{ "@type": "SearchSpacesOperation", criteria: #{}, fetchOptions: #{} },
    /// ]);
    /// assert_eq(done.results.len(), 1);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_operations(
        session: &mut Session,
        operations: Array,
    ) -> Result<Dynamic> {
        let options = map([("@type", "SynchronousOperationExecutionOptions".into())]);
        execute_operations_with(session, operations, options)
    }

    /// Carries out operations, with options by their class: with
    /// `AsynchronousOperationExecutionOptions` the answer names the execution, which
    /// `get_operation_execution` shows.
    ///
    /// ```rhai
    /// let later = #{ "@type": "AsynchronousOperationExecutionOptions" };
    /// let search = #{ "@type": "SearchSpacesOperation", criteria: #{}, fetchOptions: #{} };
    /// let begun = o.execute_operations([search], later);
    /// print(o.get_operation_execution(begun.executionId).state);
    /// ```
    #[rhai_fn(name = "execute_operations", return_raw, pure)]
    pub fn execute_operations_with(
        session: &mut Session,
        operations: Array,
        options: Dynamic,
    ) -> Result<Dynamic> {
        let params = [operations.into(), options];
        Ok(calling::call_plainly(session, "executeOperations", &params)?)
    }

    /// Imports what lies in the session workspace, on newer servers: maps by the interface's
    /// own names.
    ///
    /// # Errors
    /// `refused` on servers that do not have it.
    ///
    /// ```rhai
    /// let data = #{ "@type": "ImportData", format: "EXCEL" };
    /// try { o.execute_import(data, #{}) } catch (e) { print(e); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_import(
        session: &mut Session,
        data: Dynamic,
        options: Dynamic,
    ) -> Result<Dynamic> {
        Ok(calling::call_plainly(session, "executeImport", &[data, options])?)
    }

    /// Exports objects, on newer servers: maps by the interface's own names.
    ///
    /// # Errors
    /// `refused` on servers that do not have it.
    ///
    /// ```rhai
    /// try { o.execute_export(#{}, #{}) } catch (e) { print(e); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn execute_export(
        session: &mut Session,
        data: Dynamic,
        options: Dynamic,
    ) -> Result<Dynamic> {
        Ok(calling::call_plainly(session, "executeExport", &[data, options])?)
    }

    /// What the server tells everybody, without a session.
    ///
    /// ```rhai
    /// assert("authentication-service" in o.get_server_public_information());
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_server_public_information(session: &mut Session) -> Result<Dynamic> {
        Ok(calling::call_plainly(session, "getServerPublicInformation", &[])?)
    }
}
