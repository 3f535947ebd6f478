//! What web applications keep with a person: values by application and name.
use std::collections::BTreeMap;

use super::changes::{self, Step};
use crate::sandbox::fault::{denied, refused};
use crate::sandbox::store::{NULL, Number, Slot, web_app_key};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// Changes the settings that an update names: one's own, or as an administrator.
pub(super) fn update(
    work: &mut Work<'_>,
    person: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let apps = update.map("webAppSettings");
    if apps.is_empty() {
        return Ok(());
    }
    let object = work.object(person)?;
    if person != work.caller && !work.rights.is_admin() {
        return Err(denied("PersonPermId", object.text("userId").unwrap_or_default()));
    }
    let mut settings = object.map("webAppSettings").cloned().unwrap_or_default();
    for (app, node) in apps {
        let steps = update.view_of(node).map(changes::steps_of).unwrap_or_default();
        for step in steps {
            carry_out(&mut settings, app, step, update)?;
        }
    }
    work.store.set(person, "webAppSettings", Slot::Map(settings));
    Ok(())
}

fn carry_out(
    settings: &mut BTreeMap<String, String>,
    app: &str,
    step: Step<'_>,
    update: View<'_>,
) -> Result<(), Fault> {
    let items = match step {
        Step::Remove(names) => {
            for name in names {
                if let Node::Text(name) = name {
                    settings.remove(&web_app_key(app, name));
                }
            }
            return Ok(());
        }
        Step::Set(items) => {
            let start = web_app_key(app, "");
            settings.retain(|key, _| !key.starts_with(&start));
            items
        }
        Step::Add(items) => items,
    };
    for creation in items.iter().filter_map(|item| update.view_of(item)) {
        let Some(name) = creation.text("name") else {
            return Err(refused("Web app setting name cannot be null"));
        };
        let value = creation.text("value").unwrap_or(NULL);
        settings.insert(web_app_key(app, name), value.to_owned());
    }
    Ok(())
}
