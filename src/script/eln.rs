//! Where the electronic lab notebook shows an object.
use super::{Entity, ScriptError, value};
use crate::model::{Kind, Value};

/// A kind, its name in the notebook's menu, the page, and the field that the page goes by.
type Page = (Kind, &'static str, &'static str, &'static str);

const PAGES: &[Page] = &[
    (Kind::Space, "SPACE", "showSpacePage", "code"),
    (Kind::Project, "PROJECT", "showProjectPageFromPermId", "permId"),
    (Kind::Experiment, "EXPERIMENT", "showExperimentPageFromIdentifier", "identifier"),
    (Kind::Sample, "SAMPLE", "showViewSamplePageFromPermId", "permId"),
    (Kind::DataSet, "DATASET", "showViewDataSetPageFromPermId", "permId"),
];

/// The address of an object's page.
pub(super) fn page(entity: &Entity) -> Result<String, ScriptError> {
    let kind = entity.kind();
    let Some((_, word, view, field)) = PAGES.iter().find(|row| row.0 == kind) else {
        let noun = value::a(kind);
        return Err(ScriptError::invalid(format!("{noun} has no page in the notebook")));
    };
    let id = entity.id()?;
    let Some(Value::Text(named)) = entity.value(field)? else {
        return Err(ScriptError::invalid(format!("its `{field}` is not known")));
    };
    let menu = format!("{{\"type\":\"{word}\",\"id\":\"{}\"}}", id.text());
    let shown = match kind == Kind::Experiment {
        true => format!("[\"{named}\",false]"),
        false => named,
    };
    let (menu, shown) = (escaped(&menu), escaped(&shown));
    let base = entity.session().client().url().trim_end_matches('/').to_owned();
    Ok(format!(
        "{base}/openbis/webapp/eln-lims/?menuUniqueId={menu}&viewName={view}&viewData={shown}"
    ))
}

/// As it may stand in the query of an address.
fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_slashes_are_escaped() {
        assert_eq!(escaped("[\"/A/B\",false]"), "%5B%22%2FA%2FB%22%2Cfalse%5D");
    }
}
