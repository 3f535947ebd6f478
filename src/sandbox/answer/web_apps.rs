//! The settings that web applications keep with a person.
use std::collections::BTreeSet;

use super::{Answerer, field};
use crate::sandbox::store::{Object, web_app_key};
use crate::wire::bean::{Node, View};

const OPTIONS: &str = "as.dto.webapp.fetchoptions.WebAppSettingsFetchOptions";

impl Answerer<'_> {
    /// Sets the settings of all applications, or of those that the fetch options name. Only
    /// administrators are told those of others.
    pub(super) fn set_web_apps(
        &mut self,
        bean: usize,
        person: &Object,
        (options, copy): (View<'_>, usize),
    ) {
        let all = options.flag("allWebAppSettings");
        let copies = self.graph.view(copy).map("webAppSettings").to_vec();
        let may = self.rights.is_admin() || self.rights.is_of(person.number);
        if !may || (!all && copies.is_empty()) {
            return;
        }
        let mut told = Vec::new();
        for app in apps(person) {
            let given = copies.iter().find(|row| row.0 == app).map(|row| row.1.clone());
            let shown = match (all, given) {
                (true, _) => Node::Bean(self.all_settings()),
                (false, Some(shown)) => shown,
                (false, None) => continue,
            };
            let one = self.web_app(person, &app, shown);
            told.push((app, Node::Bean(one)));
        }
        self.graph.set(bean, "webAppSettings", Node::Map(told));
    }

    fn all_settings(&mut self) -> usize {
        let options = self.graph.add(OPTIONS);
        self.graph.set(options, "cacheMode", "NO_CACHE");
        self.graph.set(options, "allSettings", true);
        options
    }

    fn web_app(&mut self, person: &Object, app: &str, shown: Node) -> usize {
        let options = match shown {
            Node::Bean(number) => self.graph.view(number),
            _ => return self.graph.add("as.dto.webapp.WebAppSettings"),
        };
        let all = options.flag("allSettings");
        let wanted = options.list("settings").to_vec();
        let bean = self.graph.add("as.dto.webapp.WebAppSettings");
        self.graph.set(bean, "fetchOptions", shown);
        self.graph.set(bean, "webAppId", app);
        if !all && wanted.is_empty() {
            return bean;
        }
        let mut settings = Vec::new();
        for (name, value) in settings_of(person, app) {
            if all || wanted.contains(&Node::from(name)) {
                let one = self.graph.add("as.dto.webapp.WebAppSetting");
                self.graph.set(one, "name", name);
                self.graph.set(one, "value", field::text(value));
                settings.push((name.to_owned(), Node::Bean(one)));
            }
        }
        self.graph.set(bean, "settings", Node::Map(settings));
        bean
    }
}

/// The applications that keep something with a person.
fn apps(person: &Object) -> BTreeSet<String> {
    let keys = person.map("webAppSettings").into_iter().flatten().map(|row| row.0);
    keys.filter_map(|key| key.split_once('\0')).map(|key| key.0.to_owned()).collect()
}

fn settings_of<'p>(
    person: &'p Object,
    app: &str,
) -> impl Iterator<Item = (&'p str, &'p str)> {
    let start = web_app_key(app, "");
    let all = person.map("webAppSettings").into_iter().flatten();
    all.filter_map(move |(key, value)| Some((key.strip_prefix(&start)?, value.as_str())))
}
