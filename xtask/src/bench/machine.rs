//! The class of the machine, without anything that identifies it.

use std::{env, fs, thread};

use xshell::{Shell, cmd};

use super::process::run;
use crate::pluralize::pluralize;

/// Returns the number of cores, memory, system and compiler.
pub(super) fn class(shell: &Shell) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let cores = pluralize(cores, "core");
    let memory = memory().map_or_else(String::new, |gib| format!(", {gib} GiB of memory"));
    let (system, processor) = (env::consts::OS, env::consts::ARCH);
    let compiler = run(&mut cmd!(shell, "rustc --version"))
        .ok()
        .and_then(|run| Some(run.stdout.split(' ').nth(1)?.to_owned()))
        .unwrap_or_default();
    format!("{cores}{memory}, {system} on {processor}, rustc {compiler}")
}

fn memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let kib = text.strip_prefix("MemTotal:")?.split_whitespace().next()?;
    Some(kib.parse::<u64>().ok()?.div_ceil(1024 * 1024))
}
