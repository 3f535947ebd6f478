//! Identifiers: `/SPACE/PROJECT/CODE` and its shorter forms, written and read.
use super::Lookup;
use crate::model::Kind;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::store::{Number, Object, Store};
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// The identifier of a space, project, experiment or sample.
pub(crate) fn of(store: &Store, object: &Object) -> String {
    let prefix = |field: &str| {
        let holder = object.one(field).and_then(|number| store.get(number));
        holder.map(|holder| of(store, holder)).unwrap_or_default()
    };
    match object.kind {
        Kind::Project => format!("{}/{}", prefix("space"), object.code()),
        Kind::Experiment => format!("{}/{}", prefix("project"), object.code()),
        Kind::Sample => {
            let in_project = object.one("project").and(object.one("space")).is_some();
            let place = if in_project { "project" } else { "space" };
            let container = object.one("container").and_then(|number| store.get(number));
            match container {
                Some(container) => {
                    format!("{}/{}:{}", prefix(place), container.code(), object.code())
                }
                None => format!("{}/{}", prefix(place), object.code()),
            }
        }
        _ => format!("/{}", object.code()),
    }
}

/// How the trash names an object: a component without its container.
pub(crate) fn in_trash(store: &Store, object: &Object) -> String {
    let text = of(store, object);
    match (text.rsplit_once('/'), object.one("container")) {
        (Some((place, _)), Some(_)) => format!("{place}/{}", object.code()),
        _ => text,
    }
}

/// The object that an identifier names.
pub(crate) fn find(
    work: &Work<'_>,
    kind: Kind,
    text: &str,
    lookup: Lookup,
) -> Result<Option<Number>, Fault> {
    match kind {
        Kind::Project => project(work, text, lookup),
        Kind::Experiment => experiment(work, text),
        Kind::Sample => sample(work, text),
        _ => Ok(None),
    }
}

fn project(work: &Work<'_>, text: &str, lookup: Lookup) -> Result<Option<Number>, Fault> {
    let upper = match lookup {
        Lookup::Get => text.to_uppercase(),
        Lookup::Reference => text.to_owned(),
    };
    match upper.split('/').collect::<Vec<_>>()[..] {
        ["", space, code] => Ok(space_of(work, space).and_then(|space| {
            let mut found = work.store.holding(Kind::Project, "code", code);
            found.find(|project| project.one("space") == Some(space)).map(|p| p.number)
        })),
        _ if lookup == Lookup::Reference => Ok(None),
        ["", _] | [_] => Err(incomplete(text)),
        _ => Err(too_many_tokens(text)),
    }
}

fn experiment(work: &Work<'_>, text: &str) -> Result<Option<Number>, Fault> {
    match text.split('/').collect::<Vec<_>>()[..] {
        ["", space, project_code, code] => {
            let place = format!("/{space}/{project_code}");
            let project = project(work, &place, Lookup::Reference)?;
            let mut found = work.store.holding(Kind::Experiment, "code", code);
            let found = found
                .find(|found| found.one("project") == project && found.trashed.is_none());
            Ok(found.map(|experiment| experiment.number))
        }
        ["", _] | ["", _, _] | [_] => Err(incomplete(text)),
        [_, _] => Ok(None),
        _ => Err(too_many_tokens(text)),
    }
}

fn incomplete(text: &str) -> Fault {
    refused(format!("Illegal identifier '{text}': identifier is incomplete."))
}

fn too_many_tokens(text: &str) -> Fault {
    refused(format!("Illegal identifier '{text}': too many tokens found."))
}

pub(super) fn space_of(work: &Work<'_>, code: &str) -> Option<Number> {
    work.store.find(Kind::Space, "code", code).map(|space| space.number)
}

/// A sample's identifier taken apart.
pub(super) struct SampleName<'t> {
    /// Empty for the home space.
    pub(super) space: Option<&'t str>,
    pub(super) project: Option<&'t str>,
    container: Option<&'t str>,
    code: &'t str,
}

fn sample(work: &Work<'_>, text: &str) -> Result<Option<Number>, Fault> {
    let upper = text.to_uppercase();
    let name =
        sample_name(&upper).map_err(|message| failed(message.replace(&upper, text)))?;
    let space = match name.space {
        None => None,
        Some("") => Some(home_space(work)?),
        Some(code) => match space_of(work, code) {
            Some(space) => Some(space),
            None => return Ok(None),
        },
    };
    let is_there = |sample: &&std::sync::Arc<Object>| {
        let code_of = |field| {
            let holder = sample.one(field).and_then(|number| work.store.get(number));
            holder.map(|holder| holder.code())
        };
        sample.trashed.is_none()
            && sample.one("space") == space
            && code_of("project") == name.project
            && code_of("container") == name.container
    };
    let found = work.store.holding(Kind::Sample, "code", name.code).find(is_there);
    Ok(found.map(|sample| sample.number))
}

pub(super) fn home_space(work: &Work<'_>) -> Result<Number, Fault> {
    let home = work.store.get(work.caller).and_then(|person| person.one("space"));
    home.ok_or_else(|| failed("Space code can not be an empty string."))
}

pub(super) fn sample_name(text: &str) -> Result<SampleName<'_>, String> {
    if text.is_empty() || text == "NULL" {
        return Err("Unspecified sample identifier.".to_owned());
    }
    if !text.starts_with('/') {
        return Err(format!("Sample identifier has to start with a '/': {text}"));
    }
    let mut parts: Vec<&str> = text[1..].split('/').collect();
    if parts.len() > 1 && parts.last() == Some(&"") {
        parts.pop();
    }
    let (space, project, code) = match parts[..] {
        [""] => return Err(format!("Sample identifier don't contain any codes: {text}")),
        [code] => (None, None, code),
        [space, code] => (Some(space), None, code),
        [_, "", _] => return Err("Project code can not be an empty string.".to_owned()),
        [space, project, code] => (Some(space), Some(project), code),
        _ => {
            return Err(format!(
                "Sample identifier can not contain more than three '/': {text}"
            ));
        }
    };
    let (container, code) = component(text, code)?;
    Ok(SampleName { space, project, container, code })
}

fn component<'t>(
    text: &str,
    code: &'t str,
) -> Result<(Option<&'t str>, &'t str), String> {
    if code.starts_with(':') || code.ends_with(':') {
        return Err(format!("Sample code starts or ends with ':': {text}"));
    }
    if code.matches(':').count() > 1 {
        return Err(format!("Sample code can not contain more than one ':': {text}"));
    }
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    if !code.chars().all(allowed) {
        return Err(format!(
            "Sample code containing other characters than letters, numbers, '_', '-' and '.': {code}"
        ));
    }
    Ok(code
        .split_once(':')
        .map_or((None, code), |(container, code)| (Some(container), code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_identifier_tells_space_project_container_and_code() {
        let name = sample_name("/LAB/P/BOX:A1").unwrap();
        let parts = (name.space, name.project, name.container, name.code);
        assert_eq!(parts, (Some("LAB"), Some("P"), Some("BOX"), "A1"));
    }

    #[test]
    fn an_empty_project_is_named_as_the_fault() {
        let fault = sample_name("/LAB//S1").err();
        assert_eq!(fault.as_deref(), Some("Project code can not be an empty string."));
    }
}
