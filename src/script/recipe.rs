//! The header of a recipe: what can be known of a script without running it.
use rhai::{Dynamic, Engine, Map};

use super::{ErrorKind, Failure, Needs, nearest};

/// A script with a header.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// From the file's name; empty until somebody sets it.
    pub name: String,
    /// The lines that begin with `//!`, without that.
    pub doc: String,
    pub params: Vec<Param>,
    /// What it asks to be permitted.
    pub needs: Needs,
}

/// One parameter of a recipe.
#[derive(Clone, Debug)]
pub struct Param {
    pub name: String,
    pub ty: ParamType,
    pub help: String,
    pub default: Option<Dynamic>,
    pub required: bool,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamType {
    String,
    Integer,
    Real,
    Boolean,
    Date,
    List,
}

impl ParamType {
    /// With the words that headers use.
    pub const NAMES: &'static [(Self, &'static str)] = &[
        (Self::String, "string"),
        (Self::Integer, "integer"),
        (Self::Real, "real"),
        (Self::Boolean, "boolean"),
        (Self::Date, "date"),
        (Self::List, "list"),
    ];

    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    pub fn name(self) -> &'static str {
        let row = Self::NAMES.iter().find(|row| row.0 == self);
        row.expect("every type has a row").1
    }
}

impl Recipe {
    /// Reads doc and header of a script, without running it.
    pub fn read(source: &str) -> Result<Self, Failure> {
        let doc = doc_of(source);
        let header = header_of(source)?;
        let params = match header.get("params") {
            Some(params) => read_params(params)?,
            None => Vec::new(),
        };
        let needs = match header.get("needs") {
            Some(needs) => read_needs(needs)?,
            None => Needs::default(),
        };
        Ok(Self { name: String::new(), doc, params, needs })
    }

    /// What it does, in a line.
    pub fn summary(&self) -> &str {
        self.doc.lines().next().unwrap_or_default()
    }

    pub fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|param| param.name == name)
    }

    /// The values for `params`, each of its type; missing ones get their default or `()`.
    pub fn values(&self, given: &[(String, String)]) -> Result<Map, Failure> {
        let mut values: Map = self
            .params
            .iter()
            .map(|param| {
                let default = param.default.clone().unwrap_or(Dynamic::UNIT);
                (param.name.as_str().into(), default)
            })
            .collect();
        for (name, text) in given {
            let Some(param) = self.param(name) else { return Err(self.unknown(name)) };
            values.insert(name.as_str().into(), param.read(text)?);
        }
        let missing = self.params.iter().find(|param| {
            param.required && values.get(param.name.as_str()).is_none_or(Dynamic::is_unit)
        });
        match missing {
            Some(param) => Err(param.missing()),
            None => Ok(values),
        }
    }

    fn unknown(&self, name: &str) -> Failure {
        let known: Vec<&str> = self.params.iter().map(|p| p.name.as_str()).collect();
        let failure = Failure::new(ErrorKind::Usage, format!("no parameter `{name}`"));
        nearest::hint(name, &known).into_iter().fold(failure, Failure::hint)
    }
}

impl Param {
    /// A value as typed on the command line.
    pub fn read(&self, text: &str) -> Result<Dynamic, Failure> {
        let value = match self.ty {
            ParamType::String => Some(Dynamic::from(text.to_owned())),
            ParamType::Integer => text.parse::<rhai::INT>().ok().map(Dynamic::from),
            ParamType::Real => text.parse::<rhai::FLOAT>().ok().map(Dynamic::from),
            ParamType::Boolean => flag(text).map(Dynamic::from),
            ParamType::Date => is_date(text).then(|| Dynamic::from(text.to_owned())),
            ParamType::List => Some(list(text)),
        };
        value.ok_or_else(|| self.mistyped(text))
    }

    fn mistyped(&self, text: &str) -> Failure {
        let Self { name, ty, .. } = self;
        let message = format!("`{text}` is no {} for parameter `{name}`", ty.name());
        let failure = Failure::new(ErrorKind::Usage, message);
        match ty {
            ParamType::Date => failure.hint("write it as 2024-12-31"),
            ParamType::Boolean => failure.hint("write `true` or `false`"),
            ParamType::String
            | ParamType::Integer
            | ParamType::Real
            | ParamType::List => failure,
        }
    }

    fn missing(&self) -> Failure {
        let message = format!("parameter `{}` is missing", self.name);
        Failure::new(ErrorKind::Usage, message).hint(format!(
            "--{} VALUE: {}",
            self.name.replace('_', "-"),
            self.help
        ))
    }
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

fn is_date(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn list(text: &str) -> Dynamic {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    Dynamic::from_array(items.map(|item| Dynamic::from(item.to_owned())).collect())
}

fn doc_of(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<&str> =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n")
}

/// The constant `RECIPE`, from the syntax tree.
fn header_of(source: &str) -> Result<Map, Failure> {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(rhai::OptimizationLevel::None);
    engine.set_max_expr_depths(128, 64);
    super::engine::free_words(&mut engine);
    let ast = engine.compile(source).map_err(Failure::from)?;
    let found = ast.iter_literal_variables(true, false).find(|row| row.0 == "RECIPE");
    match found {
        Some((_, _, value)) => value
            .try_cast::<Map>()
            .ok_or_else(|| Failure::new(ErrorKind::Syntax, "`RECIPE` is no map")),
        None => Ok(Map::new()),
    }
}

fn read_needs(needs: &Dynamic) -> Result<Needs, Failure> {
    let map = needs.read_lock::<Map>().ok_or_else(|| header("`needs` is no map"))?;
    Needs::read(&map).map_err(|wrong| header(&format!("`needs`: {wrong}")))
}

fn read_params(params: &Dynamic) -> Result<Vec<Param>, Failure> {
    let params =
        params.clone().try_cast::<Map>().ok_or_else(|| header("`params` is no map"))?;
    params.iter().map(|(name, value)| read_param(name, value)).collect()
}

fn read_param(name: &str, value: &Dynamic) -> Result<Param, Failure> {
    let wrong = |what: &str| header(&format!("parameter `{name}`: {what}"));
    let map = value.clone().try_cast::<Map>().ok_or_else(|| wrong("is no map"))?;
    let text =
        |key: &str| map.get(key).and_then(|value| value.clone().into_string().ok());
    let ty = text("type").unwrap_or_else(|| "string".to_owned());
    let ty =
        ParamType::named(&ty).ok_or_else(|| wrong(&format!("unknown type `{ty}`")))?;
    Ok(Param {
        name: name.to_owned(),
        ty,
        help: text("help").unwrap_or_default(),
        default: map.get("default").cloned(),
        required: map.get("required").is_some_and(|flag| flag.as_bool() == Ok(true)),
    })
}

fn header(message: &str) -> Failure {
    Failure::new(ErrorKind::Syntax, format!("header `RECIPE`: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"//! Add a tag to every object that a search finds.
//!
//! More about it.

const RECIPE = #{
    params: #{
        space: #{ type: "string", help: "Only objects of this space" },
        type:  #{ type: "string", default: "*" },
        tag:   #{ type: "list", help: "The tags to add", required: true },
        since: #{ type: "date" },
        most:  #{ type: "integer", default: 10 },
    },
    needs: #{ write: ["sample.tags"], max_changes: 10000 },
};
o.get_samples(#{ space: params.space })
"#;

    fn given(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn a_header_is_read_without_running_the_script() {
        let recipe = Recipe::read(SOURCE).unwrap();
        assert_eq!(recipe.summary(), "Add a tag to every object that a search finds.");
        assert_eq!(recipe.params.len(), 5);
        assert_eq!(recipe.param("tag").unwrap().ty, ParamType::List);
        assert_eq!(recipe.needs.max_changes, Some(10000));
    }

    #[test]
    fn values_are_typed_and_have_defaults() {
        let recipe = Recipe::read(SOURCE).unwrap();
        let values = recipe.values(&given(&[("tag", "a, b"), ("since", "2024-01-02")]));
        let values = values.unwrap();
        assert_eq!(values["tag"].read_lock::<rhai::Array>().unwrap().len(), 2);
        assert_eq!(values["most"].as_int(), Ok(10));
        assert!(values["space"].is_unit());
    }

    #[test]
    fn unknown_missing_and_mistyped_parameters_are_told() {
        let recipe = Recipe::read(SOURCE).unwrap();
        let fails = |pairs: &[(&str, &str)]| recipe.values(&given(pairs)).unwrap_err();
        let unknown = fails(&[("tga", "x")]);
        assert_eq!(unknown.message, "no parameter `tga`");
        assert_eq!(unknown.hints, ["did you mean `tag`?"]);
        assert_eq!(fails(&[]).message, "parameter `tag` is missing");
        let mistyped = fails(&[("tag", "x"), ("most", "many")]);
        assert_eq!(mistyped.message, "`many` is no integer for parameter `most`");
    }

    #[test]
    fn a_script_without_a_header_is_a_recipe_without_parameters() {
        assert!(Recipe::read("print(1)").unwrap().params.is_empty());
    }
}
