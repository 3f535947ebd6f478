//! Materials: of the whole server, named by code and type.
use super::{entity, guard, limits, properties, stamps, targets};
use crate::model::{DataType, Kind};
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, Place};
use crate::sandbox::store::{Number, Object, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// The kinds whose properties may name a material.
const HOLDERS: &[Kind] = &[Kind::Sample, Kind::Experiment, Kind::DataSet, Kind::Material];

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    let mut made = Vec::new();
    for &creation in creations {
        made.push(create_one(work, creation)?);
    }
    // Only now can they be named: no material refers to another one of the same call.
    let mut numbers = Vec::with_capacity(made.len());
    for (number, of, code) in made {
        check_unique(work, &code, of)?;
        work.store.set(number, "code", Slot::from(code));
        properties::check_mandatory(work, number)?;
        numbers.push(number);
    }
    Ok(numbers)
}

/// A material that lacks its code, its type and the code.
fn create_one(
    work: &mut Work<'_>,
    creation: View<'_>,
) -> Result<(Number, Number, String), Fault> {
    let code = limits::code(creation.text("code"))?;
    let of = entity::type_of(work, Kind::MaterialType, creation)?;
    let text = format!("{code} ({})", work.object(of)?.code());
    let named = ("MaterialPermId", &*text);
    work.rights.check(Action::Create, Kind::Material, Place::Server, named)?;
    let number = stamps::register(work, Kind::Material, vec![("type", Slot::One(of))]);
    entity::dress(work, number, creation)?;
    Ok((number, of, code))
}

fn check_unique(work: &Work<'_>, code: &str, of: Number) -> Result<(), Fault> {
    let mut same = work.store.holding(Kind::Material, "code", code);
    if same.any(|other| other.one("type") == Some(of)) {
        return Err(refused(
            "Material already exists in the database and needs to be unique.",
        ));
    }
    Ok(())
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (number, update) in targets(work, Kind::Material, updates)? {
        entity::redress(work, number, update)?;
    }
    Ok(())
}

/// Deletes materials that no property names.
pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &number in numbers {
        guard::touch(work, Action::Delete, number)?;
        let name = ids::perm_id(&work.store, number);
        if is_named(work, &name) {
            return Err(refused(format!(
                "Material '{name}' is being used. Delete all connected data  first. To \
                 find out which exactly objects are connected to this object go to its \
                 Detail view or use Search."
            )));
        }
        work.store.remove(number);
    }
    Ok(())
}

fn is_named(work: &Work<'_>, name: &str) -> bool {
    let holders = HOLDERS.iter().flat_map(|&kind| work.store.all(kind));
    holders.into_iter().any(|holder| names(work, holder, name))
}

fn names(work: &Work<'_>, holder: &Object, name: &str) -> bool {
    let values = holder.map("properties").into_iter().flatten();
    values.into_iter().any(|(code, value)| {
        let found = work.store.find(Kind::PropertyType, "code", code);
        let data_type = found.and_then(|found| found.text("dataType"));
        value == name && data_type == Some(DataType::Material.name())
    })
}
