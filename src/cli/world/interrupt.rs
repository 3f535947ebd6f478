use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

use signal_hook::consts::SIGTERM;
use signal_hook::{flag, low_level};

use crate::cli::exit::Exit;

/// Ctrl-C and SIGTERM: the first asks to stop at the next safe point, the third ends at
/// once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt {
    cancel: Arc<AtomicBool>,
    count: Arc<AtomicU8>,
    /// Whether it was SIGTERM.
    terminated: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on; where that is not possible, signals end the program as usual.
    pub(crate) fn listen(&self) {
        let heard = self.clone();
        let _ = ctrlc::set_handler(move || heard.hear());
        let _ = flag::register(SIGTERM, Arc::clone(&self.terminated));
    }

    /// How the program ends that was interrupted.
    pub(crate) fn exit(&self) -> Exit {
        match self.terminated.load(Ordering::Relaxed) {
            true => Exit::Terminated,
            false => Exit::Interrupted,
        }
    }

    /// What scripts look at between two steps.
    pub(crate) fn cancel(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancel)
    }

    /// Forgets what was heard: the next statement of a session begins.
    pub(crate) fn forget(&self) {
        self.count.store(0, Ordering::Relaxed);
        self.cancel.store(false, Ordering::Relaxed);
    }

    /// Does this each time that a signal is heard, from now on.
    pub(crate) fn on_each(&self, react: impl Fn() + Send + 'static) {
        let count = Arc::clone(&self.count);
        std::thread::spawn(move || {
            let mut seen = 0;
            loop {
                std::thread::sleep(Duration::from_millis(50));
                let heard = count.load(Ordering::Relaxed);
                (seen..heard).for_each(|_| react());
                seen = heard;
            }
        });
    }

    fn hear(&self) {
        self.cancel.store(true, Ordering::Relaxed);
        if self.count.fetch_add(1, Ordering::Relaxed) >= 2 {
            low_level::exit(i32::from(self.exit() as u8));
        }
    }
}
