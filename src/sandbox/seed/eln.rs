//! The masterdata of the ELN-LIMS and life-sciences plug-ins: see `eln.toml`.
use serde::Deserialize;

use super::super::Error;
use super::super::store::{Number, Slot};
use super::ground::{Ground, Place, Properties};
use crate::model::Kind;

const TABLE: &str = include_str!("eln.toml");

#[derive(Deserialize)]
struct Table {
    vocabulary: Vec<Vocabulary>,
    property: Vec<Property>,
    plugin: Vec<Plugin>,
    sample_type: Vec<EntityType>,
    experiment_type: Vec<EntityType>,
    data_set_type: Vec<EntityType>,
    space: Vec<Space>,
    project: Vec<Project>,
    collection: Vec<Entity>,
    sample: Vec<Entity>,
}

#[derive(Deserialize)]
struct Vocabulary {
    code: String,
    description: Option<String>,
    terms: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Property {
    code: String,
    #[serde(rename = "type")]
    data_type: String,
    label: String,
    description: String,
    vocabulary: Option<String>,
    widget: Option<String>,
}

#[derive(Deserialize)]
struct Plugin {
    name: String,
    #[serde(rename = "type")]
    plugin_type: String,
}

#[derive(Deserialize)]
struct EntityType {
    code: String,
    description: Option<String>,
    prefix: Option<String>,
    #[serde(default)]
    generated: bool,
    checked_by: Option<String>,
    properties: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Space {
    code: String,
    description: String,
}

#[derive(Deserialize)]
struct Project {
    identifier: String,
    description: String,
}

#[derive(Deserialize)]
struct Entity {
    identifier: String,
    #[serde(rename = "type")]
    of_type: String,
    collection: Option<String>,
    properties: Properties,
}

pub(super) fn plant(ground: &mut Ground<'_>) -> Result<(), Error> {
    let table: Table =
        toml::from_str(TABLE).map_err(|error| Error::Unreadable(error.to_string()))?;
    table.vocabulary.iter().for_each(|it| vocabulary(ground, it));
    table.property.iter().for_each(|it| property(ground, it));
    table.plugin.iter().for_each(|it| plugin(ground, it));
    for (kind, types) in [
        (Kind::SampleType, &table.sample_type),
        (Kind::ExperimentType, &table.experiment_type),
        (Kind::DataSetType, &table.data_set_type),
    ] {
        for it in types {
            entity_type(ground, kind, it);
        }
    }
    for space in &table.space {
        ground.space(&space.code, Some(&space.description));
    }
    for project in &table.project {
        ground.project(&project.identifier, Some(&project.description));
    }
    table.collection.into_iter().for_each(|it| collection(ground, it));
    table.sample.into_iter().for_each(|it| sample(ground, it));
    Ok(())
}

fn vocabulary(ground: &mut Ground<'_>, row: &Vocabulary) {
    let vocabulary = ground.add(
        Kind::Vocabulary,
        [
            ("code", row.code.as_str().into()),
            ("managedInternally", row.code.starts_with('$').into()),
            ("chosenFromList", false.into()),
        ],
    );
    ground.optional(vocabulary, "description", row.description.as_deref());
    for (ordinal, term) in (1..).zip(&row.terms) {
        let mut words = term.iter();
        let code = words.next().map(String::as_str).unwrap_or_default();
        let number = ground.add(
            Kind::VocabularyTerm,
            [
                ("code", code.into()),
                ("vocabulary", vocabulary.into()),
                ("ordinal", Slot::Integer(ordinal)),
                ("official", true.into()),
            ],
        );
        ground.optional(number, "label", words.next().map(String::as_str));
        ground.optional(number, "description", words.next().map(String::as_str));
    }
}

fn property(ground: &mut Ground<'_>, row: &Property) {
    let number = ground.add(
        Kind::PropertyType,
        [
            ("code", row.code.as_str().into()),
            ("label", row.label.as_str().into()),
            ("description", row.description.as_str().into()),
            ("dataType", row.data_type.as_str().into()),
            ("managedInternally", row.code.starts_with('$').into()),
        ],
    );
    let vocabulary =
        row.vocabulary.as_deref().and_then(|code| ground.coded(Kind::Vocabulary, code));
    ground.optional(number, "vocabulary", vocabulary);
    if let Some(widget) = &row.widget {
        let meta = [("custom_widget".to_owned(), widget.clone())];
        ground.store.set(number, "metaData", Slot::Map(meta.into()));
    }
}

fn plugin(ground: &mut Ground<'_>, row: &Plugin) {
    ground.add(
        Kind::Plugin,
        [
            ("name", row.name.as_str().into()),
            ("pluginType", row.plugin_type.as_str().into()),
            ("pluginKind", "JYTHON".into()),
            ("script", "".into()),
            ("available", true.into()),
        ],
    );
}

fn plugin_named(ground: &Ground<'_>, name: &str) -> Option<Number> {
    ground.store.find(Kind::Plugin, "name", name).map(|plugin| plugin.number)
}

fn entity_type(ground: &mut Ground<'_>, kind: Kind, row: &EntityType) {
    let number = ground.add(kind, [("code", row.code.as_str().into())]);
    ground.optional(number, "description", row.description.as_deref());
    let checked_by =
        row.checked_by.as_deref().and_then(|name| plugin_named(ground, name));
    ground.optional(number, "validationPlugin", checked_by);
    if let Some(prefix) = &row.prefix {
        let facts = [
            ("generatedCodePrefix", prefix.as_str().into()),
            ("autoGeneratedCode", row.generated.into()),
            ("listable", true.into()),
            ("showParents", true.into()),
        ];
        for (field, slot) in facts {
            ground.store.set(number, field, slot);
        }
    }
    for (ordinal, words) in (1..).zip(&row.properties) {
        assignment(ground, number, ordinal, words);
    }
}

/// One property of a type: code, section, and what differs from the rule.
fn assignment(ground: &mut Ground<'_>, holder: Number, ordinal: i64, words: &[String]) {
    let [code, section, rest @ ..] = words else { return };
    let Some(property) = ground.coded(Kind::PropertyType, code) else { return };
    let is = |word: &str| rest.iter().any(|it| it == word);
    let number = ground.add(
        Kind::PropertyAssignment,
        [
            ("entityType", holder.into()),
            ("propertyType", property.into()),
            ("ordinal", Slot::Integer(ordinal)),
            ("mandatory", is("mandatory").into()),
            ("showInEditView", (!is("hidden")).into()),
            ("showRawValueInForms", false.into()),
        ],
    );
    ground.optional(number, "section", (section != "-").then_some(section.as_str()));
    let computed_by = rest.iter().find_map(|word| word.strip_prefix("by "));
    let computed_by = computed_by.and_then(|name| plugin_named(ground, name));
    ground.optional(number, "plugin", computed_by);
}

fn collection(ground: &mut Ground<'_>, row: Entity) {
    let (within, code) = row.identifier.rsplit_once('/').unwrap_or_default();
    ground.collection(Place { code, entity_type: &row.of_type, within }, row.properties);
}

fn sample(ground: &mut Ground<'_>, row: Entity) {
    let (within, code) = row.identifier.rsplit_once('/').unwrap_or_default();
    let within = row.collection.as_deref().unwrap_or(within);
    ground.sample(Place { code, entity_type: &row.of_type, within }, row.properties);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_and_vocabulary_that_is_named_is_in_the_table() {
        let table: Table = toml::from_str(TABLE).unwrap();
        let known: Vec<&str> = table.property.iter().map(|it| it.code.as_str()).collect();
        for row in [&table.sample_type, &table.experiment_type, &table.data_set_type] {
            for words in row.iter().flat_map(|it| &it.properties) {
                assert!(known.contains(&words[0].as_str()), "{}", words[0]);
            }
        }
        for vocabulary in table.property.iter().filter_map(|it| it.vocabulary.as_deref())
        {
            assert!(
                table.vocabulary.iter().any(|it| it.code == vocabulary),
                "{vocabulary}"
            );
        }
    }
}
