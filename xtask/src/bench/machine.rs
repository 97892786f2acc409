//! On what kind of machine this runs. Nothing that tells which one it is.

use std::process::Command;
use std::{fs, thread};

use super::process::run;

/// Cores, memory, kernel and compiler.
pub(super) fn class() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let cores = match cores {
        1 => "1 core".to_owned(),
        _ => format!("{cores} cores"),
    };
    let memory = memory().map_or_else(String::new, |gib| format!(", {gib} GiB of memory"));
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    let compiler = run(Command::new("rustc").arg("--version"))
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
