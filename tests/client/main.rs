//! The client and the sandbox, text between them: in the process and over HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod changes;
mod faults;
mod faults_lines;
mod faults_long_run;
mod faults_processes;
mod faults_served;
mod faults_thousand;
mod files;
mod lab;
mod once;
mod proxy;
mod raw;
mod reading;
mod resilience;
mod served;
mod sessions;
mod watch;
mod ways;
