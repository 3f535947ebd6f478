//! Where something would be that an identifier names, though it is not there.
use super::Lookup;
use super::identifier::{find, home_space, sample_name, space_of};
use crate::model::Kind;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::rights::{Place, place};
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// The place of a project, experiment or sample to be.
///
/// # Errors
/// Where space or project are not there.
pub(crate) fn of(work: &Work<'_>, kind: Kind, text: &str) -> Result<Place, Fault> {
    let unknown = |what: &str| {
        let noun = kind.spec().name.to_lowercase();
        refused(format!("Unknown {what} in {noun} identifier '{text}'."))
    };
    let (space, project) = match kind {
        Kind::Sample => sample_places(text)?,
        _ => places(text)?,
    };
    if let Some(project) = project {
        let found = find(work, Kind::Project, &project, Lookup::Reference)?;
        let found = found.ok_or_else(|| unknown("project"))?;
        return Ok(place(&work.store, work.object(found)?));
    }
    let Some(code) = space else { return Ok(Place::Server) };
    let found = space_named(work, &code)?;
    Ok(Place::Space(found.ok_or_else(|| unknown("space"))?))
}

fn space_named(work: &Work<'_>, code: &str) -> Result<Option<Number>, Fault> {
    match code {
        "" => home_space(work).map(Some),
        code => Ok(space_of(work, code)),
    }
}

/// The code of the space, and the identifier of the project within it.
type Places = (Option<String>, Option<String>);

fn places(text: &str) -> Result<Places, Fault> {
    match text.to_uppercase().split('/').collect::<Vec<_>>()[..] {
        ["", space, _] => Ok((Some(space.to_owned()), None)),
        ["", space, project, _] => Ok((None, Some(format!("/{space}/{project}")))),
        _ => Err(failed("PermId cannot be null")),
    }
}

fn sample_places(text: &str) -> Result<Places, Fault> {
    let upper = text.to_uppercase();
    let name =
        sample_name(&upper).map_err(|message| failed(message.replace(&upper, text)))?;
    let space = name.space.map(str::to_owned);
    let project = name.project.zip(name.space);
    Ok((space, project.map(|(project, space)| format!("/{space}/{project}"))))
}
