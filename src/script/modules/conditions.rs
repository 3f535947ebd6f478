use rhai::plugin::*;

/// Conditions of searches: any, all, not, between.
#[export_module]
pub mod conditions {
    use rhai::{Array, Dynamic};

    use crate::script::condition::Condition;

    /// A condition of a search.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Conditions = Condition;

    /// Any of these: values or conditions.
    ///
    /// ```rhai
    /// let n = o.get_samples(#{ type: any(["YEAST", "PLASMID"]) }).total;
    /// assert_eq(n, o.get_samples(#{ type: ["YEAST", "PLASMID"] }).total);
    /// ```
    pub fn any(items: Array) -> Condition {
        Condition::Any(items.iter().map(Condition::of).collect())
    }

    /// Either of two.
    ///
    /// ```rhai
    /// assert(o.get_samples(#{ type: any("YEAST", "PLASMID") }).total > 0);
    /// ```
    #[rhai_fn(name = "any")]
    pub fn any_of_two(a: Dynamic, b: Dynamic) -> Condition {
        any(vec![a, b])
    }

    /// Any of three.
    ///
    /// ```rhai
    /// assert(o.get_samples(#{ type: any("YEAST", "PLASMID", "OLIGO") }).total > 0);
    /// ```
    #[rhai_fn(name = "any")]
    pub fn any_of_three(a: Dynamic, b: Dynamic, c: Dynamic) -> Condition {
        any(vec![a, b, c])
    }

    /// All of these: values or conditions.
    ///
    /// ```rhai
    /// o.get_samples(#{ tags: all(["checked", "urgent"]) });
    /// ```
    pub fn all(items: Array) -> Condition {
        Condition::All(items.iter().map(Condition::of).collect())
    }

    /// Both of two.
    ///
    /// ```rhai
    /// o.get_samples(#{ code: all("S*", not("*1")) });
    /// ```
    #[rhai_fn(name = "all")]
    pub fn all_of_two(a: Dynamic, b: Dynamic) -> Condition {
        all(vec![a, b])
    }

    /// All of three.
    ///
    /// ```rhai
    /// o.get_samples(#{ code: all("S*", not("*1"), not("*2")) });
    /// ```
    #[rhai_fn(name = "all")]
    pub fn all_of_three(a: Dynamic, b: Dynamic, c: Dynamic) -> Condition {
        all(vec![a, b, c])
    }

    /// Anything but this: a value, a list, a condition. `not(())` is any value at all.
    ///
    /// ```rhai
    /// let others = o.get_samples(#{ type: not("YEAST") }).total;
    /// let yeasts = o.get_samples(#{ type: "YEAST" }).total;
    /// assert_eq(others + yeasts, o.get_samples().total);
    /// ```
    pub fn not(item: Dynamic) -> Condition {
        Condition::of(&item).not()
    }

    /// From one value to another, both included.
    ///
    /// ```rhai
    /// o.get_samples(#{ registrationDate: between("2024-01-01", "2024-12-31") });
    /// ```
    pub fn between(from: Dynamic, to: Dynamic) -> Condition {
        Condition::between(from, to)
    }
}
