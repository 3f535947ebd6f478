use std::time::Duration;

use super::span;
use crate::model::Timestamp;

/// Which of the calls that a rule is about are struck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    Always,
    /// The first so many.
    First(u64),
    /// Only that one, counted from 1.
    Only(u64),
    /// Each so manieth.
    Every(u64),
    /// Each with this probability, from 0 to 1.
    Chance(f64),
    /// The first after so much time of the sandbox's clock has passed, again and again.
    Each(Duration),
}

impl When {
    pub(super) fn read(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
        match text {
            "always" => return Some(Self::Always),
            "once" => return Some(Self::First(1)),
            _ => {}
        }
        if let Some(percent) = text.strip_suffix('%') {
            let percent: f64 = percent.parse().ok()?;
            return (0.0..=100.0)
                .contains(&percent)
                .then_some(Self::Chance(percent / 100.0));
        }
        match text.split_once('=') {
            None => number(text).map(Self::First),
            Some(("every", count)) => number(count).map(Self::Every),
            Some(("only", place)) => number(place).map(Self::Only),
            Some(("each", time)) => span::read(time).map(Self::Each),
            Some(_) => None,
        }
    }
}

/// How far a rule has come.
#[derive(Debug)]
pub(super) struct Turns {
    seen: u64,
    struck: u64,
    last: Option<Timestamp>,
    random: u64,
}

impl Turns {
    pub(super) fn new(seed: u64) -> Self {
        Self { seen: 0, struck: 0, last: None, random: seed }
    }

    pub(super) fn struck(&self) -> u64 {
        self.struck
    }

    /// Whether the next call that the rule is about is struck.
    pub(super) fn take(&mut self, when: When, now: Timestamp) -> bool {
        self.seen += 1;
        let strikes = match when {
            When::Always => true,
            When::First(count) => self.seen <= count,
            When::Only(place) => self.seen == place,
            When::Every(count) => self.seen.is_multiple_of(count),
            When::Chance(chance) => self.random() < chance,
            When::Each(time) => self.is_due(time, now),
        };
        self.struck += u64::from(strikes);
        strikes
    }

    fn is_due(&mut self, time: Duration, now: Timestamp) -> bool {
        let last = self.last.get_or_insert(now);
        let due = u128::try_from(now.0 - last.0).is_ok_and(|it| it >= time.as_millis());
        if due {
            *last = now;
        }
        due
    }

    /// From 0 to 1, by `SplitMix64`: good enough, and the same everywhere.
    fn random(&mut self) -> f64 {
        const BITS: u32 = 53;
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let fraction = (mixed >> (u64::BITS - BITS)) as f64 / (1u64 << BITS) as f64;
        fraction
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(when: &str, count: i64) -> Vec<bool> {
        let when = When::read(when).unwrap();
        let mut turns = Turns::new(1);
        (0..count).map(|second| turns.take(when, Timestamp(second * 1000))).collect()
    }

    #[test]
    fn calls_are_struck_by_count() {
        assert_eq!(turns("always", 2), [true, true]);
        assert_eq!(turns("once", 3), [true, false, false]);
        assert_eq!(turns("2", 3), [true, true, false]);
        assert_eq!(turns("only=2", 3), [false, true, false]);
        assert_eq!(turns("every=2", 4), [false, true, false, true]);
    }

    #[test]
    fn calls_are_struck_when_time_has_passed() {
        assert_eq!(turns("each=2s", 5), [false, false, true, false, true]);
    }

    #[test]
    fn calls_are_struck_by_chance_and_the_same_way_again() {
        let strikes = turns("10%", 1000);
        let count = strikes.iter().filter(|strike| **strike).count();
        assert!((70..130).contains(&count), "{count}");
        assert_eq!(strikes, turns("10%", 1000));
        assert!(!turns("0%", 100).contains(&true));
        assert!(!turns("100%", 100).contains(&false));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "0", "-1", "101%", "every=0", "each=2", "sometimes", "x=1"] {
            assert_eq!(When::read(text), None, "{text}");
        }
    }
}
