use std::collections::{BTreeSet, HashMap};

use rhai::{Engine, FuncInfo};

use crate::model::Kind;
use crate::script::attribute_names;

/// Everything that can be named at the prompt.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Functions that can be called; those of topics with `topic::` before them.
    pub(super) functions: Vec<Function>,
    /// What can stand behind a dot and is no function.
    pub(super) attributes: BTreeSet<String>,
    pub(super) recipes: Vec<String>,
    pub(super) variables: Vec<String>,
    /// Of what type the objects in variables are.
    pub(super) types: HashMap<String, (Kind, String)>,
}

/// A function as the prompt knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Function {
    pub(super) name: String,
    /// Its name and parameters.
    pub(super) signature: String,
    /// The first line of its doc.
    pub(super) summary: String,
}

impl Names {
    pub(super) fn new(engine: &Engine, recipes: Vec<String>) -> Self {
        let mut functions =
            engine.collect_fn_metadata(None, |info| Some(function(&info)), true);
        functions.sort();
        functions.dedup();
        let getters = functions.iter().filter_map(|one| one.name.strip_prefix("get$"));
        let mut attributes: BTreeSet<String> = getters.map(str::to_owned).collect();
        attributes.extend(Kind::ALL.iter().flat_map(|kind| attribute_names(*kind)));
        functions.retain(Function::can_be_called);
        let (variables, types) = Default::default();
        Self { functions, attributes, recipes, variables, types }
    }
}

impl Function {
    /// Operators and getters have other characters in their names.
    fn can_be_called(&self) -> bool {
        self.name.chars().all(|c| c.is_alphanumeric() || "_:".contains(c))
    }
}

fn function(info: &FuncInfo<'_>) -> Function {
    let metadata = info.metadata;
    let name = match info.namespace.as_str() {
        "" => metadata.name.to_string(),
        namespace => format!("{namespace}::{}", metadata.name),
    };
    let lines = metadata.comments.iter().flat_map(|comment| comment.lines());
    let mut lines =
        lines.map(|line| line.trim_start_matches(['/', '!', '*', ' ']).trim());
    let summary = lines.find(|line| !line.is_empty()).unwrap_or_default().to_owned();
    let params = metadata.params_info.join(", ");
    Function { signature: format!("{name}({params})"), name, summary }
}
