use std::collections::HashMap;

use rhai::{AST, Dynamic, Engine, Scope};

use crate::model::Kind;
use crate::script::{self, Failure, Host};

/// Variables and functions that live on from one input to the next.
pub(super) struct Session {
    engine: Engine,
    scope: Scope<'static>,
    functions: AST,
}

impl Session {
    pub(super) fn new(host: &Host) -> Self {
        let engine = script::engine(host);
        Self { engine, scope: script::scope(host), functions: AST::empty() }
    }

    /// Runs the input; what its last expression gives.
    pub(super) fn evaluate(&mut self, input: &str) -> Result<Dynamic, Failure> {
        let ast = self.engine.compile_with_scope(&self.scope, input)?;
        self.functions += ast.clone_functions_only();
        let ast = self.functions.merge(&ast);
        script::run(&self.engine, &mut self.scope, &ast)
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The names of the variables, the last one first; each once.
    pub(super) fn variables(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, ..) in self.scope.iter_raw() {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Of what type the objects are that variables hold.
    pub(super) fn types(&self) -> HashMap<String, (Kind, String)> {
        let typed = |name: String| {
            let ty = script::type_of(self.scope.get(&name)?)?;
            Some((name, ty))
        };
        self.variables().into_iter().filter_map(typed).collect()
    }

    /// The variables with their types.
    pub(super) fn typed(&self) -> Vec<(String, String)> {
        let typed = |name: String| {
            let ty = self.scope.get(&name).map_or("", Dynamic::type_name);
            let ty = self.engine.map_type_name(ty).to_owned();
            (name, ty)
        };
        self.variables().into_iter().map(typed).collect()
    }
}
