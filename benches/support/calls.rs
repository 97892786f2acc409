//! `call URL CALLS CONCURRENCY`: makes CALLS calls with one client, CONCURRENCY at a time.

use std::env;
use std::error::Error;
use std::future::Future;

use tokio::runtime::Builder;
use tokio::task::JoinSet;

type AnyError = Box<dyn Error + Send + Sync>;

/// Reads the arguments, builds a client for the URL, and makes the calls. A call returns the number
/// of groups in the response, which must be the number that the server sends.
pub(crate) fn make<C, F>(
    client: impl FnOnce(String) -> Result<C, AnyError>,
    call: impl Fn(C) -> F + Copy,
) -> Result<(), AnyError>
where
    C: Clone,
    F: Future<Output = Result<usize, AnyError>> + Send + 'static,
{
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [url, calls, concurrency] = arguments.as_slice() else {
        return Err("usage: call URL CALLS CONCURRENCY".into());
    };
    let (calls, concurrency): (usize, usize) = (calls.parse()?, concurrency.parse()?);
    let client = client(url.clone())?;
    // One thread, so that Valgrind counts the same instructions in every run.
    let mut runtime = match concurrency {
        1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    runtime.enable_all().build()?.block_on(async {
        if concurrency == 1 {
            for _ in 0..calls {
                expect_groups(call(client.clone()).await?)?;
            }
            return Ok(());
        }
        for _ in 0..calls / concurrency {
            let mut running = JoinSet::new();
            for _ in 0..concurrency {
                running.spawn(call(client.clone()));
            }
            while let Some(groups) = running.join_next().await {
                expect_groups(groups??)?;
            }
        }
        Ok(())
    })
}

fn expect_groups(groups: usize) -> Result<(), AnyError> {
    match groups {
        2 => Ok(()),
        _ => Err(format!("{groups} groups instead of 2").into()),
    }
}
