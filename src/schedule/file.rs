//! Reads `schedule.toml`. Every mistake in it is reported at once, with its place.
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use chrono_tz::Tz;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::keys::{Keys, Problems};
use super::{Cron, Job, Problem, Script, period};

/// The jobs of a schedule file; `folder` is the one it lies in, from which its scripts
/// are named.
pub fn read(text: &str, folder: &Path) -> Result<Vec<Job>, Vec<Problem>> {
    let mut problems = Problems::new(text);
    let jobs = match DeTable::parse(text) {
        Ok(table) => jobs(table, folder, &mut problems),
        Err(error) => {
            problems.add(error.span().unwrap_or_default(), first_line(error.message()));
            Vec::new()
        }
    };
    let found = problems.found();
    if found.is_empty() { Ok(jobs) } else { Err(found) }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("this is no TOML").to_owned()
}

fn jobs(table: Spanned<DeTable<'_>>, folder: &Path, problems: &mut Problems) -> Vec<Job> {
    let whole = table.span();
    let mut keys = Keys::new(table.into_inner(), whole);
    let list = keys.array("job", problems);
    keys.finish(problems);
    let mut jobs: Vec<Job> = Vec::new();
    for item in list.into_iter().flatten() {
        let span = item.span();
        let DeValue::Table(table) = item.into_inner() else {
            problems.add(span, "a job is a table: `[[job]]`");
            continue;
        };
        let Some(job) = job(table, &span, folder, problems) else { continue };
        if jobs.iter().any(|other| other.name == job.name) {
            problems.add(span, format!("there are two jobs of the name `{}`", job.name));
            continue;
        }
        jobs.push(job);
    }
    jobs
}

fn job(
    table: DeTable<'_>,
    span: &std::ops::Range<usize>,
    folder: &Path,
    problems: &mut Problems,
) -> Option<Job> {
    let mut keys = Keys::new(table, span.clone());
    let name = keys.required("name", problems);
    let script = script(&mut keys, folder, problems);
    let cron = keys.parsed("cron", problems, |text| {
        Cron::from_str(text).map_err(|error| error.to_string())
    });
    if cron.is_none() && !keys.had("cron") {
        problems.add(span.clone(), "the job has no `cron`");
    }
    let zone = keys.parsed("timezone", problems, time_zone);
    let profile = keys.text("profile", problems);
    let timeout = keys.parsed("timeout", problems, |text| {
        let millis = period::millis(text).and_then(|millis| u64::try_from(millis).ok());
        millis
            .map(Duration::from_millis)
            .ok_or_else(|| format!("`{text}` is no period such as `90s` or `15m`"))
    });
    let params = params(&mut keys, problems);
    keys.finish(problems);
    Some(Job {
        name: name?,
        script: script?,
        params,
        cron: cron?,
        zone: zone.unwrap_or(Tz::UTC),
        profile,
        timeout,
    })
}

fn script(keys: &mut Keys<'_>, folder: &Path, problems: &mut Problems) -> Option<Script> {
    let recipe = keys.text("recipe", problems);
    let file = keys.text("script", problems);
    match (recipe, file) {
        (Some(recipe), None) => Some(Script::Recipe(recipe)),
        (None, Some(file)) => Some(Script::File(folder.join(file))),
        (None, None) => {
            problems.add(keys.span(), "the job has neither `recipe` nor `script`");
            None
        }
        (Some(_), Some(_)) => {
            problems.add(keys.span(), "the job has both `recipe` and `script`");
            None
        }
    }
}

fn time_zone(text: &str) -> Result<Tz, String> {
    Tz::from_str(text).map_err(|_| {
        let nearest = chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| (strsim::jaro_winkler(zone.name(), text), zone.name()))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let hint = nearest
            .map(|(_, name)| format!("; did you mean `{name}`?"))
            .unwrap_or_default();
        format!("no time zone `{text}`{hint}")
    })
}

fn params(keys: &mut Keys<'_>, problems: &mut Problems) -> Vec<(String, String)> {
    let Some(table) = keys.table("params", problems) else { return Vec::new() };
    let mut params = Vec::new();
    for (name, value) in table {
        match param(value.get_ref()) {
            Some(text) => params.push((name.get_ref().to_string(), text)),
            None => problems.add(
                value.span(),
                format!(
                    "`{}` has to be a text, number, boolean, date or a list of such",
                    name.get_ref()
                ),
            ),
        }
    }
    params
}

/// The value as one would write it on the command line.
fn param(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Boolean(value) => Some(value.to_string()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        DeValue::Array(list) => listed(list),
        DeValue::Table(_) => None,
    }
}

fn listed(list: &DeArray<'_>) -> Option<String> {
    let texts: Option<Vec<String>> =
        list.iter().map(|item| param(item.get_ref())).collect();
    texts.map(|texts| texts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let found = read(text, Path::new("/jobs")).unwrap_err();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_job_is_read_with_all_it_can_have() {
        let text = r#"
            [[job]]
            name = "nightly tags"
            recipe = "bulk-tag"
            cron = "0 2 * * *"
            timezone = "Europe/Zurich"
            profile = "lab"
            timeout = "10m"
            params = { type = "YEAST", tag = ["checked", "seen"], dry = true, n = 3 }
        "#;
        let jobs = read(text, Path::new("/jobs")).unwrap();
        assert_eq!(jobs[0].zone, Tz::Europe__Zurich);
        assert_eq!(jobs[0].timeout, Some(Duration::from_secs(600)));
        assert_eq!(
            jobs[0].arguments().join(" "),
            "--profile=lab --no-input run bulk-tag \
             --dry=true --n=3 --tag=checked,seen --type=YEAST"
        );
    }

    #[test]
    fn a_script_is_named_from_the_folder_of_the_file() {
        let text = "[[job]]\nname = 'a'\nscript = 'report.rhai'\ncron = '@daily'";
        let jobs = read(text, Path::new("/jobs")).unwrap();
        assert_eq!(jobs[0].script, Script::File("/jobs/report.rhai".into()));
    }

    #[test]
    fn every_mistake_has_its_place() {
        let text = "[[job]]\nname = 'a'\nrecpie = 'bulk-tag'\ncron = '* * *'\ntimezone = 'Europe/Zürich'\n\n[[job]]\nname = 5\n";
        assert_eq!(
            problems(text),
            [
                "1:1: the job has neither `recipe` nor `script`",
                "3:1: unknown key `recpie`; did you mean `recipe`?",
                "4:8: `* * *` is no schedule: it has 3 fields, there have to be 5, 6 or 7",
                "5:12: no time zone `Europe/Zürich`; did you mean `Europe/Zurich`?",
                "7:1: the job has neither `recipe` nor `script`",
                "7:1: the job has no `cron`",
                "8:8: `name` has to be a text, not an integer",
            ]
        );
    }

    #[test]
    fn a_file_without_jobs_and_one_that_is_no_toml_are_refused() {
        assert_eq!(
            problems("[[jobs]]\nname = 'a'"),
            [
                "1:1: there is no `[[job]]`",
                "1:3: unknown key `jobs`; did you mean `job`?",
            ]
        );
        assert!(problems("[[job]\n")[0].starts_with("1:"));
    }

    #[test]
    fn two_jobs_of_one_name_are_refused() {
        let job = "[[job]]\nname = 'a'\nrecipe = 'b'\ncron = '@daily'\n";
        assert_eq!(problems(&job.repeat(2)), ["5:1: there are two jobs of the name `a`"]);
    }
}
