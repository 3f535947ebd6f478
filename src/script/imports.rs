//! `import "shared/names" as names;`: modules that are built in, and files.
use std::sync::Arc;

use rhai::{Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared};

use super::{ErrorKind, Host, ScriptError, files};

/// Gives the text of a module that is built in, by its name.
pub type BuiltIn = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Finds modules: first those built in, then `NAME.rhai` below the working folder.
pub struct Imports {
    host: Host,
    built_in: Option<BuiltIn>,
}

impl Imports {
    pub fn new(host: &Host, built_in: Option<BuiltIn>) -> Self {
        Self { host: host.clone(), built_in }
    }

    fn source(&self, name: &str) -> Result<String, ScriptError> {
        if let Some(source) = self.built_in.as_ref().and_then(|find| find(name)) {
            return Ok(source);
        }
        let path = format!("{}.rhai", name.strip_suffix(".rhai").unwrap_or(name));
        let target = files::place(&self.host, &path)?;
        if !target.is_file() {
            let message = format!("no module `{name}`");
            let error = ScriptError::new(ErrorKind::NotFound, message);
            return Err(
                error.hint(format!("there is no `{path}` below the working folder"))
            );
        }
        let bytes = files::read(&self.host, &path)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl ModuleResolver for Imports {
    fn resolve(
        &self,
        engine: &Engine,
        _source: Option<&str>,
        path: &str,
        position: Position,
    ) -> Result<Shared<Module>, Box<EvalAltResult>> {
        let failed = |error: Box<EvalAltResult>| {
            EvalAltResult::ErrorInModule(path.to_owned(), error, position)
        };
        let source = self.source(path).map_err(|error| {
            let mut error = Box::<EvalAltResult>::from(error);
            error.set_position(position);
            error
        })?;
        let ast = engine.compile_with_scope(&super::engine::known(), &source);
        let ast = ast.map_err(|error| failed(error.into()))?;
        let module = Module::eval_ast_as_new(Scope::new(), &ast, engine);
        Ok(module.map_err(failed)?.into())
    }
}
