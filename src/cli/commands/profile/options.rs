use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command};

use crate::cli::global::Global;
use crate::cli::settings::{Form, SETTINGS, Setting};

/// An option for every setting, but for those that are global options already.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) given: Vec<(&'static Setting, String)>,
}

/// What `--pin` alone says.
pub(super) const SHOWN: &str = "shown";

impl clap::Args for Options {
    fn augment_args(command: Command) -> Command {
        let own = SETTINGS.iter().filter(|setting| !Global::has(setting.key));
        command.next_help_heading("Settings").args(own.map(option))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Options {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut options = Self::default();
        options.update_from_arg_matches(matches)?;
        Ok(options)
    }

    fn update_from_arg_matches(
        &mut self,
        matches: &ArgMatches,
    ) -> Result<(), clap::Error> {
        for setting in SETTINGS {
            let text = matches.try_get_one::<String>(setting.key).ok().flatten();
            let Some(text) = text else { continue };
            let is_asked = setting.form == Form::Fingerprint && text == SHOWN;
            if !is_asked && let Err(why) = setting.form.check(text) {
                let option = setting.option();
                let message = format!("`{text}` is no value of `--{option}`: {why}\n");
                return Err(clap::Error::raw(ErrorKind::ValueValidation, message));
            }
            self.given.push((setting, text.clone()));
        }
        Ok(())
    }
}

fn option(setting: &'static Setting) -> Arg {
    let arg = Arg::new(setting.key)
        .long(setting.option())
        .help(setting.summary)
        .value_name(match setting.form {
            Form::Text => "TEXT",
            Form::Address => "URL",
            Form::Flag => "true|false",
            Form::Count => "NUMBER",
            Form::Period => "TIME",
            Form::File => "FILE",
            Form::Files => "PATHS",
            Form::Names => "NAMES",
            Form::Fingerprint => "SHA256",
            Form::Output => "FORMAT",
            Form::Store => "STORE",
        });
    match setting.form {
        Form::Flag => arg.num_args(0..=1).default_missing_value("true"),
        Form::Fingerprint => arg.num_args(0..=1).default_missing_value(SHOWN).help(
            "the one certificate to trust; without a value, the one that is shown now",
        ),
        Form::Text
        | Form::Address
        | Form::Count
        | Form::Period
        | Form::File
        | Form::Files
        | Form::Names
        | Form::Output
        | Form::Store => arg,
    }
}
