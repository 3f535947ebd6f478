//! What scripts can call, one file per topic.
mod archive;
mod attachments;
mod calls;
mod cells;
mod collections;
mod conditions;
mod console;
mod crates;
mod deletion;
mod ensuring;
mod env;
mod errors;
mod facts;
mod file_server;
mod following;
mod log;
mod masterdata;
mod nouns;
mod past;
mod paths;
mod pointers;
mod properties;
mod record;
mod relations;
mod resilience;
mod results;
mod roles;
mod saved_tokens;
mod server;
mod services;
mod session;
mod sheets;
mod tables;
mod time;
mod tokens;
mod transactions;

use rhai::{Dynamic, Engine, Module, NativeCallContext, exported_module};

use super::{Host, ScriptError, Session};

/// Puts every topic into the engine.
pub(super) fn register(engine: &mut Engine, host: &Host) {
    let session = Session::new(host, host.session.clone());
    engine.set_default_tag(Dynamic::from(session.clone()));
    let topics = [
        exported_module!(archive::archive),
        exported_module!(attachments::attachments),
        exported_module!(calls::calls),
        exported_module!(cells::cells),
        exported_module!(collections::collections),
        exported_module!(conditions::conditions),
        exported_module!(console::console),
        exported_module!(crates::crates),
        exported_module!(deletion::deletion),
        exported_module!(errors::errors),
        exported_module!(facts::facts),
        exported_module!(file_server::file_server),
        exported_module!(past::past),
        exported_module!(properties::properties),
        exported_module!(record::record),
        exported_module!(relations::relations),
        exported_module!(resilience::resilience),
        exported_module!(results::results),
        exported_module!(roles::roles),
        exported_module!(saved_tokens::saved),
        exported_module!(server::server),
        exported_module!(services::services_of_server),
        exported_module!(session::session),
        exported_module!(sheets::sheets),
        exported_module!(tables::tables),
        exported_module!(time::time),
        exported_module!(tokens::tokens),
        exported_module!(masterdata::masterdata),
        exported_module!(transactions::transactions),
        collections::module(),
        ensuring::module(),
        following::module(),
        nouns::module(),
        pointers::module(),
        relations::module(),
        services::module(),
        results::iterator(),
        variables(host, &session),
    ];
    for topic in topics {
        engine.register_global_module(topic.into());
    }
    engine.register_static_module("env", exported_module!(env::env).into());
    engine.register_static_module("files", exported_module!(paths::files).into());
    engine.register_static_module("log", exported_module!(log::log).into());
}

/// `o` and `params`, which functions of a script see as well.
fn variables(host: &Host, session: &Session) -> Module {
    let mut module = Module::new();
    module.set_var("o", session.clone());
    module.set_var("params", host.params.clone());
    module
}

/// The session that a script began with.
pub(super) fn session_of(
    context: &NativeCallContext<'_>,
) -> Result<Session, ScriptError> {
    let tag = context.tag().and_then(|tag| tag.clone().try_cast::<Session>());
    tag.ok_or_else(|| ScriptError::invalid("no session is at hand"))
}
