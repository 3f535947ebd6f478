//! What goes wrong on demand: rules that say which calls fail, when, and how.
//!
//! A rule is `METHODS:WHEN:FAULT`. Whoever starts the sandbox gives the rules; no call can.
mod asked;
mod effect;
mod ending;
mod rule;
mod span;
mod table;
mod when;
mod which;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Answer, Sandbox};
use crate::model::Timestamp;
use asked::Asked;
pub use effect::{Effect, Outage};
use ending::Carried;
pub use ending::Ending;
pub use rule::{BadRule, Rule};
pub use table::table;
use when::Turns;

/// The rules of a running sandbox. Clones share them: rules can be added while it runs.
#[derive(Clone, Default)]
pub struct Faults {
    rules: Arc<Mutex<Vec<Standing>>>,
    seed: u64,
    kill: Option<fn() -> !>,
}

/// A rule, and what became of it so far.
struct Standing {
    rule: Rule,
    turns: Turns,
}

/// What a call has coming to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strike {
    /// How long to wait before anything is done.
    pub latency: Duration,
    /// What goes wrong, if anything does.
    pub effect: Option<Effect>,
}

impl Faults {
    /// No rules yet. Probabilities fall the same way with the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// With what ends the process when a rule says so. Without it the connection is dropped.
    pub fn killing(self, kill: fn() -> !) -> Self {
        Self { kill: Some(kill), ..self }
    }

    /// One more rule. Where several fit a call, the first that strikes counts; latencies
    /// add up.
    pub fn add(&self, rule: Rule) {
        let mut rules = self.lock();
        let turns = Turns::new(self.seed.wrapping_add(rules.len() as u64));
        rules.push(Standing { rule, turns });
    }

    /// No rules any more.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// How often each rule has struck so far, in the order in which they were added.
    pub fn struck(&self) -> Vec<(String, u64)> {
        let rules = self.lock();
        rules.iter().map(|it| (it.rule.to_string(), it.turns.struck())).collect()
    }

    /// What a request has coming to it: JSON-RPC, as it came in.
    pub fn strike(&self, request: &str, now: Timestamp) -> Strike {
        let mut strike = Strike::default();
        let mut rules = self.lock();
        if rules.is_empty() {
            return strike;
        }
        let asked = Asked::read(request);
        for Standing { rule, turns } in rules.iter_mut() {
            let fits = asked.calls.iter().any(|call| rule.fits(call));
            if !fits || !turns.take(rule.when, now) {
                continue;
            }
            match rule.effect {
                Effect::Latency(latency) => strike.latency += latency,
                effect => {
                    strike.effect = Some(effect);
                    break;
                }
            }
        }
        strike
    }

    /// Carries a request out as it was struck. Waiting is left to the caller.
    pub fn carry(
        &self,
        strike: Strike,
        sandbox: &Sandbox,
        service: &str,
        request: &str,
    ) -> Ending {
        match strike.effect {
            None => Ending::Answered(sandbox.answer(service, request)),
            Some(effect) => Carried { sandbox, service, request }.end(effect, self.kill),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Standing>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.struck()).finish()
    }
}
