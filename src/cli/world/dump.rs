/// Sees to it that the system writes no core file of this process: passwords stand in its
/// memory.
#[cfg(unix)]
pub(crate) fn forbid() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // Where it cannot be said, nothing else depends on it.
    let _ = setrlimit(Resource::Core, none);
}

/// There are none.
#[cfg(not(unix))]
pub(crate) fn forbid() {}
