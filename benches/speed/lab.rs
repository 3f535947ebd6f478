use std::path::Path;
use std::sync::Arc;

use rhobis::client::{Answer, Error, Http, Timeouts, Transport};
use rhobis::model::Timestamp;
use rhobis::sandbox::{Sandbox, Seed, Settings, StoppedClock};

const SPACE: &str = r#"{"@type":"as.dto.space.id.SpacePermId","permId":"DEFAULT"}"#;
const TYPE: &str = r#"{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"CELL","entityKind":"SAMPLE"}"#;

/// The sandbox in the process.
struct InProcess(Sandbox);

impl Transport for InProcess {
    fn url(&self) -> &'static str {
        "sandbox"
    }

    fn carry(&self, _: &str, request: &str) -> Result<Answer, Error> {
        let answer = self.0.answer("application-server", request);
        Ok(Answer { status: answer.status, body: answer.body })
    }
}

/// A sandbox with samples, and its administrator.
pub(crate) struct Lab {
    sandbox: Arc<dyn Transport>,
    token: String,
    created: Vec<String>,
}

impl Lab {
    pub(crate) fn open(seed: Seed, data: Option<&Path>) -> Self {
        let settings = Settings {
            seed,
            users: vec![("admin".to_owned(), "pw".to_owned())],
            any_password: false,
            anonymous_user: None,
            dialect: rhobis::wire::bean::Dialect::default(),
            data: data.map(Path::to_owned),
            clock: Arc::new(StoppedClock::at(Timestamp(1_700_000_000_000))),
        };
        let sandbox = Sandbox::open(settings).expect("a sandbox");
        Self::by(Arc::new(InProcess(sandbox)))
    }

    /// One that listens there.
    pub(crate) fn at(url: &str) -> Self {
        let http = Http::new(url, Timeouts::default()).expect("an address");
        Self::by(Arc::new(http))
    }

    fn by(sandbox: Arc<dyn Transport>) -> Self {
        Self { sandbox, token: String::new(), created: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.created.len()
    }

    pub(crate) fn login(&mut self) {
        let body = self.ask("login", r#""admin","pw""#);
        let token = body.split('"').find(|part| part.starts_with("admin-"));
        token.expect("a token").clone_into(&mut self.token);
    }

    /// Another one at the same sandbox.
    pub(crate) fn visitor(&self) -> Self {
        let mut visitor = Self::by(Arc::clone(&self.sandbox));
        visitor.login();
        visitor
    }

    /// A sample type with five properties.
    pub(crate) fn types(&mut self) {
        self.login();
        let types: Vec<String> = property_types()
            .map(|(code, data_type)| {
                format!(
                    r#"{{"@type":"as.dto.property.create.PropertyTypeCreation","code":"{code}","label":"{code}","description":"{code}","dataType":"{data_type}"}}"#
                )
            })
            .collect();
        self.call("createPropertyTypes", &format!("[{}]", types.join(",")));
        let assigned: Vec<String> = property_types()
            .map(|(code, _)| {
                format!(
                    r#"{{"@type":"as.dto.property.create.PropertyAssignmentCreation","propertyTypeId":{{"@type":"as.dto.property.id.PropertyTypePermId","permId":"{code}"}}}}"#
                )
            })
            .collect();
        let assigned = assigned.join(",");
        self.call(
            "createSampleTypes",
            &format!(
                r#"[{{"@type":"as.dto.sample.create.SampleTypeCreation","code":"CELL","generatedCodePrefix":"C","propertyAssignments":[{assigned}]}}]"#
            ),
        );
    }

    /// Makes so many samples with properties.
    pub(crate) fn create(&mut self, count: usize) {
        let first = self.len();
        self.create_named("S", first..first + count);
    }

    pub(crate) fn create_named(&mut self, prefix: &str, numbers: std::ops::Range<usize>) {
        let creations: Vec<String> =
            numbers.map(|number| creation(prefix, number)).collect();
        let body = self.call("createSamples", &format!("[{}]", creations.join(",")));
        let ids = body.split(r#""permId":""#).skip(1);
        self.created
            .extend(ids.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }

    /// All samples, up to 10,000, with type and properties.
    pub(crate) fn list(&mut self) {
        let body = self.call("searchSamples", &search("", r#","count":10000"#));
        assert_eq!(body.matches(r#""@type":"as.dto.sample.Sample""#).count(), 10_000);
    }

    pub(crate) fn get_all(&mut self) {
        let ids = self.created.iter().take(10_000).map(|perm_id| {
            format!(r#"{{"@type":"as.dto.sample.id.SamplePermId","permId":"{perm_id}"}}"#)
        });
        let ids: Vec<String> = ids.collect();
        let body =
            self.call("getSamples", &format!("[{}],{}", ids.join(","), options("")));
        assert_eq!(body.matches(r#""@type":"as.dto.sample.Sample""#).count(), 10_000);
    }

    pub(crate) fn by_code(&mut self) {
        self.finds(1, r#"{"@type":"as.dto.common.search.CodeSearchCriteria","fieldName":"code","fieldType":"ATTRIBUTE","fieldValue":{"@type":"as.dto.common.search.StringEqualToValue","value":"S5000"}}"#);
    }

    pub(crate) fn by_value(&mut self) {
        self.finds(1, &value("StringEqualToValue", "cell number 5000"));
    }

    pub(crate) fn by_beginning(&mut self) {
        self.finds(11, &value("StringStartsWithValue", "cell number 5000"));
    }

    pub(crate) fn page(&mut self) {
        let space = format!(
            r#"{{"@type":"as.dto.space.search.SpaceSearchCriteria","criteria":[{{"@type":"as.dto.common.search.IdSearchCriteria","id":{SPACE}}}]}}"#
        );
        let sort = r#","from":500,"count":20,"sort":{"@type":"as.dto.sample.fetchoptions.SampleSortOptions","sortings":[{"@type":"as.dto.common.fetchoptions.Sorting","field":"CODE","order":{"@type":"as.dto.common.fetchoptions.SortOrder","asc":true}}]}"#;
        let body = self.call("searchSamples", &search(&space, sort));
        assert_eq!(body.matches(r#""@type":"as.dto.sample.Sample""#).count(), 20);
    }

    pub(crate) fn globally(&mut self) {
        let body = self.call("searchGlobally", r#"{"@type":"as.dto.global.search.GlobalSearchCriteria","criteria":[{"@type":"as.dto.global.search.GlobalSearchTextCriteria","fieldName":"anything","fieldType":"ANY_FIELD","fieldValue":{"@type":"as.dto.common.search.StringContainsValue","value":"number 77777"}}]},{"@type":"as.dto.global.fetchoptions.GlobalSearchObjectFetchOptions","match":{"@type":"as.dto.global.fetchoptions.MatchFetchOptions"}}"#);
        assert!(body.contains("cell number 77777"), "{body}");
    }

    /// Gives one of the samples another name.
    pub(crate) fn rename(&mut self, name: &str) {
        let perm_id = self.created.last().expect("a sample");
        let update = format!(
            r#"[{{"@type":"as.dto.sample.update.SampleUpdate","sampleId":{{"@type":"as.dto.sample.id.SamplePermId","permId":"{perm_id}"}},"properties":{{"NAME":"{name}"}}}}]"#
        );
        self.call("updateSamples", &update);
    }

    /// Deletes its samples for good.
    pub(crate) fn delete(&mut self) {
        let ids: Vec<String> = self
            .created
            .drain(..)
            .map(|id| {
                format!(r#"{{"@type":"as.dto.sample.id.SamplePermId","permId":"{id}"}}"#)
            })
            .collect();
        let body = self.call("deleteSamples", &format!(r#"[{}],{{"@type":"as.dto.sample.delete.SampleDeletionOptions","reason":"done"}}"#, ids.join(",")));
        let id = body
            .split(r#""techId":"#)
            .nth(1)
            .and_then(|rest| rest.split([',', '}']).next());
        let id = id.expect("a deletion");
        self.call(
            "confirmDeletions",
            &format!(
                r#"[{{"@type":"as.dto.deletion.id.DeletionTechId","techId":{id}}}]"#
            ),
        );
    }

    fn finds(&mut self, count: usize, criteria: &str) {
        let body = self.call("searchSamples", &search(criteria, ""));
        assert!(
            body.contains(&format!(r#""totalCount":{count}}}"#)),
            "{}",
            &body[body.len() - 99..]
        );
    }

    fn call(&self, method: &str, params: &str) -> String {
        self.ask(method, &format!("\"{}\",{params}", self.token))
    }

    fn ask(&self, method: &str, params: &str) -> String {
        let request = format!(
            r#"{{"jsonrpc":"2.0","id":"1","method":"{method}","params":[{params}]}}"#
        );
        let body = self.sandbox.carry("AS", &request).expect("an answer").body;
        assert!(
            !body.contains(r#""error":"#),
            "{method}: {}",
            &body[..body.len().min(500)]
        );
        body
    }
}

fn property_types() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        ("NAME", "VARCHAR"),
        ("NOTES", "MULTILINE_VARCHAR"),
        ("SIZE", "INTEGER"),
        ("WEIGHT", "REAL"),
        ("READY", "BOOLEAN"),
    ]
    .into_iter()
}

fn creation(prefix: &str, number: usize) -> String {
    format!(
        r#"{{"@type":"as.dto.sample.create.SampleCreation","code":"{prefix}{number}","typeId":{TYPE},"spaceId":{SPACE},"properties":{{"NAME":"cell number {number}","NOTES":"grown on a plate, looked at every day","SIZE":"{number}","WEIGHT":"{number}.5","READY":"true"}}}}"#
    )
}

fn options(paging: &str) -> String {
    format!(
        r#"{{"@type":"as.dto.sample.fetchoptions.SampleFetchOptions","type":{{"@type":"as.dto.sample.fetchoptions.SampleTypeFetchOptions"}},"properties":{{"@type":"as.dto.property.fetchoptions.PropertyFetchOptions"}}{paging}}}"#
    )
}

fn search(criteria: &str, paging: &str) -> String {
    format!(
        r#"{{"@type":"as.dto.sample.search.SampleSearchCriteria","criteria":[{criteria}]}},{}"#,
        options(paging)
    )
}

fn value(class: &str, text: &str) -> String {
    format!(
        r#"{{"@type":"as.dto.common.search.StringPropertySearchCriteria","fieldName":"NAME","fieldType":"PROPERTY","fieldValue":{{"@type":"as.dto.common.search.{class}","value":"{text}"}}}}"#
    )
}
