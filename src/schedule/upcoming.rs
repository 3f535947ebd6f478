use chrono::{DateTime, FixedOffset};

use crate::model::Timestamp;

use super::{Job, next};

/// A moment at which a job will be due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upcoming {
    pub job: String,
    pub due: Timestamp,
    /// The same moment as the clocks of the job's time zone show it.
    pub local: DateTime<FixedOffset>,
}

/// The next occurrences of all jobs after a moment, the first ones first.
pub fn upcoming(jobs: &[Job], after: Timestamp, count: usize) -> Vec<Upcoming> {
    let mut upcoming: Vec<Upcoming> = jobs
        .iter()
        .flat_map(|job| {
            let first = next(&job.cron, job.zone, after);
            std::iter::successors(first, |last| next(&job.cron, job.zone, *last))
                .take(count)
                .filter_map(|due| in_zone(job, due))
        })
        .collect();
    upcoming.sort_by(|a, b| (a.due, &a.job).cmp(&(b.due, &b.job)));
    upcoming.truncate(count);
    upcoming
}

fn in_zone(job: &Job, due: Timestamp) -> Option<Upcoming> {
    let local = DateTime::from_timestamp_millis(due.0)?.with_timezone(&job.zone);
    Some(Upcoming { job: job.name.clone(), due, local: local.fixed_offset() })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_next_occurrences_of_all_jobs_come_in_order() {
        let text = "
            [[job]]
            name = 'hourly'
            recipe = 'a'
            cron = '@hourly'
            [[job]]
            name = 'early'
            recipe = 'b'
            cron = '30 2 * * *'
            timezone = 'Europe/Zurich'
        ";
        let jobs = crate::schedule::read(text, Path::new("")).unwrap();
        let start = Timestamp(1_767_225_600_000); // 2026-01-01T00:00:00Z
        let seen: Vec<String> = upcoming(&jobs, start, 3)
            .iter()
            .map(|next| format!("{} {}", next.local.format("%H:%M%:z"), next.job))
            .collect();
        assert_eq!(
            seen,
            ["01:00+00:00 hourly", "02:30+01:00 early", "02:00+00:00 hourly"]
        );
    }
}
