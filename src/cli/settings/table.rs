use super::Form;

/// One thing that can be set: a key of a profile, and a variable of the environment.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) key: &'static str,
    pub(crate) form: Form,
    /// What is taken where nothing is said.
    pub(crate) default: Option<&'static str>,
    /// Variables besides `RHOBIS_KEY`.
    pub(crate) variables: &'static [&'static str],
    /// Variables that are not about us alone: what a profile says goes before them.
    pub(crate) usual: &'static [&'static str],
    pub(crate) summary: &'static str,
}

impl Setting {
    pub(crate) fn named(key: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// The names of the variables that say it, the first one that is set first.
    pub(crate) fn variables(&self) -> impl Iterator<Item = String> {
        let own = format!("RHOBIS_{}", self.key.to_uppercase());
        std::iter::once(own).chain(self.variables.iter().map(|name| (*name).to_owned()))
    }

    /// Every variable that is looked at.
    pub(crate) fn all_variables(&self) -> impl Iterator<Item = String> {
        self.variables().chain(self.usual.iter().map(|name| (*name).to_owned()))
    }

    /// The option of `profile add`.
    pub(crate) fn option(&self) -> String {
        self.key.replace('_', "-")
    }

    const fn new(key: &'static str, form: Form, summary: &'static str) -> Self {
        Self { key, form, default: None, variables: &[], usual: &[], summary }
    }

    const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    const fn usual(self, usual: &'static [&'static str]) -> Self {
        Self { usual, ..self }
    }

    const fn variables_too(self, variables: &'static [&'static str]) -> Self {
        Self { variables, ..self }
    }
}

/// All settings, in the order in which people think of them.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting::new("url", Form::Address, "where the openBIS is, with the path before it")
        .variables_too(&["OPENBIS_URL", "OPENBIS_HOST"]),
    Setting::new("user", Form::Text, "who one is there")
        .variables_too(&["OPENBIS_USERNAME"]),
    Setting::new("password_command", Form::Text, "a command that prints the password"),
    Setting::new("password_env", Form::Text, "the variable that holds the password"),
    Setting::new("password_file", Form::File, "a file of mode 600 with the password"),
    Setting::new("keyring", Form::Flag, "the platform's keyring has the password"),
    Setting::new("anonymous", Form::Flag, "come without a name").default("false"),
    Setting::new("token_store", Form::Store, "where tokens are kept").default("auto"),
    Setting::new("ca_file", Form::File, "a PEM file with authorities to trust besides"),
    Setting::new("pin", Form::Fingerprint, "the one certificate to trust: its SHA-256"),
    Setting::new(
        "client_certificate",
        Form::File,
        "a PEM file with a certificate of ours",
    ),
    Setting::new("client_key", Form::File, "its private key, if in a file of its own"),
    Setting::new("proxy", Form::Address, "the proxy to go through, or `none`").usual(&[
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ]),
    Setting::new("no_proxy", Form::Text, "hosts that are reached without the proxy")
        .usual(&["NO_PROXY", "no_proxy"]),
    Setting::new("connect_timeout", Form::Period, "how long a connection may take")
        .default("10s"),
    Setting::new("read_timeout", Form::Period, "how long nothing may come of an answer")
        .default("2m"),
    Setting::new("timeout", Form::Period, "how long a call may take in all")
        .default("10m"),
    Setting::new("retries", Form::Count, "how often a call is repeated that may be")
        .default("4"),
    Setting::new(
        "max_wait",
        Form::Period,
        "how long a server that is away is waited for",
    )
    .default("2m"),
    Setting::new("max_parallel", Form::Count, "how many calls there are at once at most")
        .default("8"),
    Setting::new("max_rate", Form::Count, "how many calls there are a second at most"),
    Setting::new("cache", Form::Flag, "types and terms are kept for completion")
        .default("true"),
    Setting::new("read_only", Form::Flag, "nothing may be changed").default("false"),
    Setting::new("production", Form::Flag, "people's work is there: ask more often")
        .default("false"),
    Setting::new("max_changes", Form::Count, "how many changes a run may make")
        .default("100"),
    Setting::new("max_delete", Form::Count, "how many objects a run may delete"),
    Setting::new(
        "allow_files",
        Form::Files,
        "what scripts may use beside the working folder",
    ),
    Setting::new("allow_hosts", Form::Names, "servers that scripts may talk to besides"),
    Setting::new("allow_environment", Form::Names, "variables that scripts may read"),
    Setting::new("output", Form::Output, "how values are written").default("table"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_of_its_form() {
        for setting in SETTINGS {
            if let Some(default) = setting.default {
                assert_eq!(setting.form.check(default), Ok(()), "{}", setting.key);
            }
        }
    }

    #[test]
    fn no_key_and_no_variable_stands_there_twice() {
        let mut names: Vec<String> =
            SETTINGS.iter().flat_map(Setting::all_variables).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
