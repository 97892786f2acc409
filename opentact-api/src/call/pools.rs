//! The connections of a client, apart for each Tokio runtime.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::runtime::Id;

use crate::error::build::BuildError;

/// The number of runtimes whose connections are kept.
const MAX_RUNTIMES: usize = 128;

/// One HTTP client for each runtime that makes calls. A connection is a task of the runtime that
/// opened it. While that runtime is idle, the task does not run, so a call of another runtime would
/// wait for it in vain.
pub(crate) struct Pools {
    build: Box<dyn Fn() -> Result<reqwest::Client, BuildError> + Send + Sync>,
    /// The most recently used one is the last.
    pools: Mutex<Vec<Pool>>,
}

struct Pool {
    /// `None` until the first call.
    runtime: Option<Id>,
    http: reqwest::Client,
}

impl Pools {
    /// Takes the HTTP client for the first runtime, and the function that builds further ones.
    pub(crate) fn new(
        first: reqwest::Client,
        build: impl Fn() -> Result<reqwest::Client, BuildError> + Send + Sync + 'static,
    ) -> Self {
        let first = Pool {
            runtime: None,
            http: first,
        };
        Self {
            build: Box::new(build),
            pools: Mutex::new(vec![first]),
        }
    }

    /// Returns the HTTP client of a runtime. Beyond [`MAX_RUNTIMES`], the one that was not used for
    /// the longest time is dropped. Its idle connections close, unless it is the first one, which
    /// [`Client`](crate::Client) holds as well.
    pub(crate) fn of(&self, runtime: Id) -> Result<reqwest::Client, BuildError> {
        if let Some(http) = used(&mut self.lock(), runtime) {
            return Ok(http);
        }
        // Building takes long, and calls of other runtimes must not wait for it.
        let http = (self.build)()?;
        let mut pools = self.lock();
        if let Some(http) = used(&mut pools, runtime) {
            return Ok(http);
        }
        if pools.len() == MAX_RUNTIMES {
            pools.remove(0);
        }
        pools.push(Pool {
            runtime: Some(runtime),
            http: http.clone(),
        });
        Ok(http)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Pool>> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the HTTP client of a runtime, which becomes the most recently used one. The first runtime
/// gets the first one.
fn used(pools: &mut Vec<Pool>, runtime: Id) -> Option<reqwest::Client> {
    let is_its = |pool: &Pool| pool.runtime.is_none_or(|known| known == runtime);
    let mut pool = pools.remove(pools.iter().rposition(is_its)?);
    pool.runtime = Some(runtime);
    let http = pool.http.clone();
    pools.push(pool);
    Some(http)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, Weak};

    use tokio::runtime::{Builder, Runtime};

    use super::*;

    #[test]
    fn pools_beyond_the_limit_drop_the_least_recently_used() {
        let built = Arc::new(AtomicUsize::new(1));
        let counter = Arc::clone(&built);
        let pools = Pools::new(reqwest::Client::new(), move || {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok(reqwest::Client::new())
        });
        let runtimes: Vec<Runtime> = (0..=MAX_RUNTIMES)
            .filter_map(|_| Builder::new_current_thread().build().ok())
            .collect();
        let used = |index: usize| {
            let id = runtimes[index].handle().id();
            assert!(pools.of(id).is_ok());
            built.load(Ordering::Relaxed)
        };
        assert_eq!(used(0), 1, "the first one is there");
        for index in 1..MAX_RUNTIMES {
            assert_eq!(used(index), index + 1);
        }
        assert_eq!(used(0), MAX_RUNTIMES);
        assert_eq!(used(MAX_RUNTIMES), MAX_RUNTIMES + 1, "takes the place of 1");
        assert_eq!(used(0), MAX_RUNTIMES + 1);
        assert_eq!(used(1), MAX_RUNTIMES + 2);
    }

    #[test]
    fn pool_is_built_outside_of_the_lock() {
        let was_free = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&was_free);
        let pools = Arc::new_cyclic(|pools: &Weak<Pools>| {
            let pools = Weak::clone(pools);
            Pools::new(reqwest::Client::new(), move || {
                let pools = pools.upgrade();
                let is_free = pools.is_some_and(|pools| pools.pools.try_lock().is_ok());
                seen.store(is_free, Ordering::Relaxed);
                Ok(reqwest::Client::new())
            })
        });
        for _ in 0..2 {
            let runtime = Builder::new_current_thread().build();
            assert!(runtime.is_ok_and(|runtime| pools.of(runtime.handle().id()).is_ok()));
        }
        assert!(was_free.load(Ordering::Relaxed));
    }
}
