use crate::cli::exit::Exit;
use crate::cli::script::Script;
use crate::cli::terms::Terms;
use crate::cli::world::World;

/// Evaluate an expression and print its value
#[derive(clap::Args, Debug)]
pub(crate) struct Eval {
    /// An expression or some statements; the last value is printed
    expression: String,
}

impl Eval {
    pub(crate) fn new(expression: String) -> Self {
        Self { expression }
    }

    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let script = Script { name: "expression".to_owned(), source: self.expression };
        script.run(world, rhai::Map::new(), &Terms::typed())
    }
}
