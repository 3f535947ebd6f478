//! Exports of objects as spreadsheets.
use super::Asked;
use crate::sandbox::fault::{failed, null_pointer, refused};
use crate::sandbox::plain::{Ways, address, chosen, workbook, zipped_sheet};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};
use crate::wire::crates::Wanted;

const NO_TYPES: &str = "Types are not exported along.";

pub(super) fn execute(
    work: &Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let data = asked.view(1).ok_or_else(null_pointer)?;
    let options = asked.view(2).ok_or_else(null_pointer)?;
    check_formats(options)?;
    let wanted = wanted(data)?;
    let ways = Ways {
        above: options.flag("withLevelsAbove"),
        below: options.flag("withLevelsBelow"),
        parents: options.flag("withObjectsAndDataSetsParents"),
        children: options.flag("withObjectsAndDataSetsChildren"),
        other_spaces: options.flag("withObjectsAndDataSetsOtherSpaces"),
    };
    let objects = chosen(work, &wanted, &ways).map_err(refused)?;
    let sheet = workbook(work, &objects).map_err(|error| failed(error.to_string()))?;
    let (form, content) = match options.flag("zipSingleFiles") {
        true => ("zip", zipped_sheet(&sheet).map_err(|error| failed(error.to_string()))?),
        false => ("xlsx", sheet),
    };
    let name = asked.sandbox.downloads.add(work.user(), form, content);
    let base = asked.sandbox.address().unwrap_or_default();
    let bean = out.add("as.dto.exporter.ExportResult");
    out.set(bean, "downloadURL", address(base, asked.text(0).unwrap_or_default(), &name));
    let mut warnings = Vec::new();
    if options.flag("withReferredTypes") || options.flag("withImportCompatibility") {
        warnings.push(NO_TYPES.into());
    }
    out.set(bean, "warnings", Node::List(warnings));
    Ok(Node::Bean(bean))
}

/// Spreadsheets are made, and nothing else.
fn check_formats(options: View<'_>) -> Result<(), Fault> {
    let formats = options.list("formats").iter();
    let names: Vec<&str> = formats
        .filter_map(|format| match format {
            Node::Text(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    match names.iter().find(|name| **name != "XLSX") {
        Some(other) => {
            Err(refused(format!("This server exports XLSX only, not {other}.")))
        }
        None if names.is_empty() => Err(refused("No export format was specified.")),
        None => Ok(()),
    }
}

fn wanted(data: View<'_>) -> Result<Vec<Wanted>, Fault> {
    let one = |id: View<'_>| {
        let kind = id.text("exportableKind").ok_or_else(null_pointer)?;
        let perm_id = id.text("permId").ok_or_else(null_pointer)?;
        Ok(Wanted { kind: kind.to_owned(), perm_id: perm_id.to_owned() })
    };
    data.inners("permIds").map(one).collect()
}
