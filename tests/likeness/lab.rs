use std::sync::Arc;

use rhobis::model::{Kind, Timestamp};
use rhobis::sandbox::{Sandbox, Seed, Settings, StoppedClock};
use serde_json::Value;

/// The demo lab with one of each of the things that it has not by itself.
pub(crate) struct Lab {
    sandbox: Sandbox,
    token: String,
}

/// What is made, each by a method and its parameters behind the token.
const MADE: &[(&str, &str)] = &[
    (
        "createSamples",
        r#"[{"@type":"as.dto.sample.create.SampleCreation","code":"GONE","typeId":{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"UNKNOWN","entityKind":"SAMPLE"},"spaceId":{"@type":"as.dto.space.id.SpacePermId","permId":"DEFAULT"}},{"@type":"as.dto.sample.create.SampleCreation","code":"KEPT","typeId":{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"UNKNOWN","entityKind":"SAMPLE"},"spaceId":{"@type":"as.dto.space.id.SpacePermId","permId":"DEFAULT"}}]"#,
    ),
    (
        "deleteSamples",
        r#"[{"@type":"as.dto.sample.id.SampleIdentifier","identifier":"/DEFAULT/GONE"}],{"@type":"as.dto.sample.delete.SampleDeletionOptions","reason":"done"}"#,
    ),
    (
        "createAuthorizationGroups",
        r#"[{"@type":"as.dto.authorizationgroup.create.AuthorizationGroupCreation","code":"ALL","userIds":[{"@type":"as.dto.person.id.PersonPermId","permId":"admin"}]}]"#,
    ),
    (
        "createPersonalAccessTokens",
        r#"[{"@type":"as.dto.pat.create.PersonalAccessTokenCreation","sessionName":"nightly","validFromDate":1700000000000,"validToDate":4102444800000}]"#,
    ),
    (
        "createMaterialTypes",
        r#"[{"@type":"as.dto.material.create.MaterialTypeCreation","code":"CHEMICAL"}]"#,
    ),
    (
        "createMaterials",
        r#"[{"@type":"as.dto.material.create.MaterialCreation","code":"SALT","typeId":{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"CHEMICAL","entityKind":"MATERIAL"}}]"#,
    ),
    (
        "createSemanticAnnotations",
        r#"[{"@type":"as.dto.semanticannotation.create.SemanticAnnotationCreation","predicateOntologyId":"p","predicateOntologyVersion":"1","predicateAccessionId":"pa","descriptorOntologyId":"d","descriptorOntologyVersion":"1","descriptorAccessionId":"da","entityTypeId":{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"UNKNOWN","entityKind":"SAMPLE"}}]"#,
    ),
    (
        "createExternalDataManagementSystems",
        r#"[{"@type":"as.dto.externaldms.create.ExternalDmsCreation","code":"SHELF","label":"a shelf","addressType":"URL","address":"http://example.org/${code}"}]"#,
    ),
    (
        "executeOperations",
        r#"[{"@type":"as.dto.sample.create.CreateSamplesOperation","creations":[{"@type":"as.dto.sample.create.SampleCreation","code":"OPERATED","typeId":{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"UNKNOWN","entityKind":"SAMPLE"},"spaceId":{"@type":"as.dto.space.id.SpacePermId","permId":"DEFAULT"}}]},{"@type":"as.dto.sample.update.UpdateSamplesOperation","updates":[{"@type":"as.dto.sample.update.SampleUpdate","sampleId":{"@type":"as.dto.sample.id.SampleIdentifier","identifier":"/DEFAULT/KEPT"}}]},{"@type":"as.dto.space.create.CreateSpacesOperation","creations":[{"@type":"as.dto.space.create.SpaceCreation","code":"NEW"}]},{"@type":"as.dto.space.search.SearchSpacesOperation","criteria":{"@type":"as.dto.space.search.SpaceSearchCriteria"},"fetchOptions":{"@type":"as.dto.space.fetchoptions.SpaceFetchOptions"}}],{"@type":"as.dto.operation.SynchronousOperationExecutionOptions","executionId":{"@type":"as.dto.operation.id.OperationExecutionPermId","permId":"0ec00000-0000-4000-8000-000000000033"},"notification":{"@type":"as.dto.operation.OperationExecutionEmailNotification","emails":["lab@example.org"]}}"#,
    ),
    ("createSpaces", r#"[{"@type":"as.dto.space.create.SpaceCreation","code":"LEFT"}]"#),
    (
        "deleteSpaces",
        r#"[{"@type":"as.dto.space.id.SpacePermId","permId":"LEFT"}],{"@type":"as.dto.space.delete.SpaceDeletionOptions","reason":"done"}"#,
    ),
    (
        "executeOperations",
        r#"[],{"@type":"as.dto.operation.AsynchronousOperationExecutionOptions"}"#,
    ),
];

/// What is asked for beside searches.
const ASKED: &[(&str, &str)] = &[
    ("getSessionInformation", ""),
    ("getServerInformation", ""),
    ("createPermIdStrings", "2"),
    (
        "getRights",
        r#"[{"@type":"as.dto.sample.id.SampleIdentifier","identifier":"/DEFAULT/KEPT"}],{"@type":"as.dto.rights.fetchoptions.RightsFetchOptions"}"#,
    ),
    (
        "searchCustomASServices",
        r#"{"@type":"as.dto.service.search.CustomASServiceSearchCriteria"},{"@type":"as.dto.service.fetchoptions.CustomASServiceFetchOptions"}"#,
    ),
    (
        "searchGlobally",
        r#"{"@type":"as.dto.global.search.GlobalSearchCriteria","criteria":[{"@type":"as.dto.global.search.GlobalSearchTextCriteria","fieldValue":{"@type":"as.dto.common.search.StringContainsValue","value":"KEPT"}}]},{"@type":"as.dto.global.fetchoptions.GlobalSearchObjectFetchOptions","match":{"@type":"as.dto.global.fetchoptions.MatchFetchOptions"},"sample":{"@type":"as.dto.sample.fetchoptions.SampleFetchOptions"}}"#,
    ),
];

impl Lab {
    pub(crate) fn open() -> Self {
        let settings = Settings {
            seed: Seed::Demo,
            users: vec![("admin".to_owned(), "pw".to_owned())],
            any_password: false,
            anonymous_user: None,
            dialect: rhobis::wire::bean::Dialect::default(),
            data: None,
            clock: Arc::new(StoppedClock::at(Timestamp(1_700_000_000_000))),
        };
        let sandbox = Sandbox::open(settings).unwrap();
        let mut lab = Self { sandbox, token: String::new() };
        let answer = lab.ask("login", r#""admin","pw""#);
        answer["result"].as_str().unwrap().clone_into(&mut lab.token);
        lab
    }

    /// The answers to everything that is no search.
    pub(crate) fn singles(&self) -> Vec<Value> {
        let all = MADE.iter().chain(ASKED);
        all.map(|(method, params)| self.call(method, params)).collect()
    }

    pub(crate) fn search(&self, kind: Kind, options: &str) -> Value {
        let spec = kind.spec();
        let (package, name) = (spec.package, spec.name);
        let criteria =
            format!(r#"{{"@type":"as.dto.{package}.search.{name}SearchCriteria"}}"#);
        let method = format!("search{}", spec.plural);
        self.call(&method, &format!("{criteria},{options}"))
    }

    fn call(&self, method: &str, params: &str) -> Value {
        let comma = if params.is_empty() { "" } else { "," };
        let answer = self.ask(method, &format!("\"{}\"{comma}{params}", self.token));
        assert!(answer.get("result").is_some(), "{method} {params}: {answer}");
        answer
    }

    fn ask(&self, method: &str, params: &str) -> Value {
        let request = format!(
            r#"{{"jsonrpc":"2.0","id":"1","method":"{method}","params":[{params}]}}"#
        );
        let answer = self.sandbox.answer("application-server", &request);
        serde_json::from_str(&answer.body).unwrap()
    }
}
