use serde_json::{Map, Value as Json, json};

use super::write::{FIELD_UPDATE, Writer};
use super::{Misfit, simple};
use crate::model::Argument;
use crate::wire::bean::{Api, Class, Field, Flow, Shape, contract_of};

impl Writer {
    /// An object by its fields. Without `@type` it is of the declared class, or of the only
    /// one that may stand there.
    pub(super) fn object(
        &mut self,
        declared: Option<&'static str>,
        members: &[(String, Argument)],
    ) -> Result<Json, Misfit> {
        let named = members.iter().find(|(key, _)| key == "@type");
        let class = match named {
            Some((_, Argument::Text(name))) => self.class_named(declared, name)?,
            Some(_) => return Err(Misfit::new("`@type` takes the name of a class")),
            None => self.only_class(declared.unwrap_or_default(), members)?,
        };
        let mut written = Map::new();
        written.insert("@type".to_owned(), json!(class.name));
        for (name, given) in members.iter().filter(|(name, _)| name != "@type") {
            let field = field(class, name)?;
            self.enter(name);
            self.note_newer(class, field);
            written.insert(field.name.to_owned(), self.write(&field.ty, given)?);
            self.leave();
        }
        if class.name == FIELD_UPDATE && !has(members, "isModified") {
            written.insert("isModified".to_owned(), json!(true));
        }
        Ok(written.into())
    }

    /// The class of this full or simple name that may stand here.
    fn class_named(
        &self,
        declared: Option<&'static str>,
        name: &str,
    ) -> Result<&'static Class, Misfit> {
        let Some(declared) = declared else {
            return self.contract.class(name).ok_or_else(|| {
                Misfit::new(format!("no class `{name}`"))
                    .expected("its full name: `as.dto.space.id.SpacePermId`")
            });
        };
        let fitting = self.classes(declared);
        let is = |class: &&Class| class.name == name || simple(class.name) == name;
        if let Some(class) = fitting.iter().copied().find(is) {
            return Ok(class);
        }
        let message = format!("`{}` takes no `{name}`", self.path());
        let known = fitting.iter().map(|class| simple(class.name).to_owned()).collect();
        Err(Misfit::unknown(message, name, known))
    }

    /// The declared class, or the only one below it that has all these fields.
    fn only_class(
        &self,
        declared: &str,
        members: &[(String, Argument)],
    ) -> Result<&'static Class, Misfit> {
        let own = self.contract.class(declared);
        if let Some(class) = own.filter(|class| class.shape == Shape::Class) {
            return Ok(class);
        }
        let classes = self.classes(declared);
        let fits =
            |class: &&&Class| members.iter().all(|(name, _)| class.field(name).is_some());
        let fitting: Vec<&&Class> = classes.iter().filter(fits).collect();
        if let [only] = fitting.as_slice() {
            return Ok(only);
        }
        let known: Vec<String> =
            classes.iter().map(|class| simple(class.name).to_owned()).collect();
        let message = format!("`{}` needs `@type`: what class it is of", self.path());
        Err(Misfit::new(message).expected(shortened(&known)))
    }

    fn note_newer(&mut self, class: &Class, field: &Field) {
        let old = contract_of(Api::Of2023).class(class.name);
        let known = old.filter(|class| !class.newer).and_then(|c| c.field(field.name));
        if self.newer.is_none() && known.is_none_or(|field| field.newer) {
            self.newer = Some(format!("`{}` of a {}", field.name, simple(class.name)));
        }
    }
}

fn field(class: &'static Class, name: &str) -> Result<&'static Field, Misfit> {
    let taken = || class.fields.iter().filter(|field| field.flow != Flow::Out);
    if let Some(field) = taken().find(|field| field.name == name) {
        return Ok(field);
    }
    let message = format!("a {} has no field `{name}`", simple(class.name));
    let known = taken().map(|field| field.name.to_owned()).collect();
    Err(Misfit::unknown(message, name, known))
}

fn has(members: &[(String, Argument)], name: &str) -> bool {
    members.iter().any(|(key, _)| key == name)
}

/// The first of many names.
fn shortened(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown =
        names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        format!("one of {shown} …")
    } else {
        format!("one of {shown}")
    }
}
