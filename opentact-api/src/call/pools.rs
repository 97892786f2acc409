//! The connections of a client, apart for each Tokio runtime.

use std::sync::{Mutex, PoisonError};

use tokio::runtime::Id;

use crate::error::build::BuildError;

/// The number of runtimes whose connections are kept.
const MAX_RUNTIMES: usize = 8;

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
    /// the longest time is dropped with its idle connections.
    pub(crate) fn of(&self, runtime: Id) -> Result<reqwest::Client, BuildError> {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = pools.iter();
        let known = known.position(|pool| pool.runtime.is_none_or(|known| known == runtime));
        let http = match known {
            Some(index) => pools.remove(index).http,
            None => (self.build)()?,
        };
        if pools.len() == MAX_RUNTIMES {
            pools.remove(0);
        }
        pools.push(Pool {
            runtime: Some(runtime),
            http: http.clone(),
        });
        Ok(http)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

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
}
