//! External data management systems: places outside openBIS where linked files are.
use super::{changes, guard, linked_data, stamps, wording};
use crate::model::Kind;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::ids;
use crate::sandbox::rights::Action;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let required = |name: &str, title: &str| {
        let text = creation.text(name).filter(|text| !text.is_empty());
        text.ok_or_else(|| refused(format!("{title} is required")))
    };
    guard::create(work, Kind::ExternalDms, creation.text("code").unwrap_or_default())?;
    let code = required("code", "Code")?;
    let address = required("address", "Address")?;
    let kind = required("addressType", "Type")?;
    check_address(kind, address)?;
    let code = legal_code(code)?;
    if work.store.find(Kind::ExternalDms, "code", &code).is_some() {
        return Err(refused(
            "External data management system already exists in the database and needs to be \
             unique.",
        ));
    }
    let mut all = super::fields::given(creation, &["label", "address", "addressType"]);
    all.push(("code", Slot::Text(code)));
    all.push(("urlTemplate", Slot::from(address)));
    all.push(("openbis", Slot::Flag(kind == "OPENBIS")));
    Ok(stamps::register(work, Kind::ExternalDms, all))
}

/// A bad code is only noticed when the data base is written.
fn legal_code(code: &str) -> Result<String, Fault> {
    const CLASS: &str =
        "ch.systemsx.cisd.openbis.generic.shared.dto.ExternalDataManagementSystemPE";
    let rule = "Given code '%s' contains illegal characters (allowed: A-Z, a-z, 0-9 and _, \
                -, .)";
    wording::checked_code(code).map_err(|_| {
        failed(format!(
            "Validation failed for classes [{CLASS}] during persist time for groups \
             [javax.validation.groups.Default, ]\nList of constraint \
             violations:[\n\tConstraintViolationImpl{{interpolatedMessage='{rule}', \
             propertyPath=code, rootBeanClass=class {CLASS}, messageTemplate='{rule}'}}\n]"
        ))
    })
}

/// Folders are named by their host and path.
fn check_address(kind: &str, address: &str) -> Result<(), Fault> {
    let is_folder = |(host, path): (&str, &str)| !host.is_empty() && !path.is_empty();
    if kind != "FILE_SYSTEM" || address.split_once(':').is_some_and(is_folder) {
        return Ok(());
    }
    Err(refused(format!("Invalid address: {address}")))
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for &update in updates {
        let Some(id) = update.inner("externalDmsId") else {
            return Err(refused("External data management system id cannot be null."));
        };
        let number = ids::require(work, Kind::ExternalDms, id)?;
        guard::touch(work, Action::Update, number)?;
        changes::text(work, number, update, "label");
        match changes::value(update, "address") {
            Some(Node::Text(address)) => {
                let kind = work.object(number)?.text("addressType").unwrap_or_default();
                check_address(kind, address)?;
                for field in ["address", "urlTemplate"] {
                    work.store.set(number, field, Slot::from(address.as_str()));
                }
            }
            Some(_) => return Err(refused("Address is required")),
            None => {}
        }
    }
    Ok(())
}

/// Systems go even while links lead to them, whose copies go too.
pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &number in numbers {
        guard::touch(work, Action::Delete, number)?;
        linked_data::forget(work, number)?;
        work.store.remove(number);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_needs_its_host_and_an_url_nothing() {
        assert!(check_address("FILE_SYSTEM", "host:/data").is_ok());
        assert!(check_address("FILE_SYSTEM", "/data").is_err());
        assert!(check_address("URL", "https://example.org/").is_ok());
    }
}
