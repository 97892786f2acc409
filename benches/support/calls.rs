//! `call URL CALLS CONCURRENCY`: makes so many calls with one client, so many of them at once.

use std::env;
use std::error::Error;
use std::future::Future;

use tokio::runtime::Builder;
use tokio::task::JoinSet;

type Failure = Box<dyn Error + Send + Sync>;

/// Reads the arguments, makes a client for the URL, and the calls with it. A call returns how many
/// groups it was answered with, which has to be as many as the server has.
pub(crate) fn make<C, F>(
    client: impl FnOnce(String) -> Result<C, Failure>,
    call: impl Fn(C) -> F + Copy,
) -> Result<(), Failure>
where
    C: Clone,
    F: Future<Output = Result<usize, Failure>> + Send + 'static,
{
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [url, calls, concurrency] = arguments.as_slice() else {
        return Err("usage: call URL CALLS CONCURRENCY".into());
    };
    let (calls, concurrency): (usize, usize) = (calls.parse()?, concurrency.parse()?);
    let client = client(url.clone())?;
    // One call after the other needs one thread, and its instructions can be counted.
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
            while let Some(answered) = running.join_next().await {
                expect_groups(answered??)?;
            }
        }
        Ok(())
    })
}

fn expect_groups(groups: usize) -> Result<(), Failure> {
    match groups {
        2 => Ok(()),
        _ => Err(format!("{groups} groups instead of 2").into()),
    }
}
