//! Programs, and the CPU time that they take.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use xshell::{Cmd, cmd};

use super::settings::Settings;

/// The output of a program and its time, including all programs that it started.
pub(super) struct Run {
    pub(super) stdout: String,
    pub(super) stderr: String,
    /// The user and system time, on which other programs of the machine have little influence.
    pub(super) cpu: Duration,
    pub(super) wall: Duration,
}

/// Runs a program to its end. Programs must not run at the same time: the CPU time is that of all
/// programs that ended in the meantime.
pub(super) fn run(command: &mut Cmd<'_>) -> Result<Run> {
    command.set_ignore_status(true);
    let (start, before) = (Instant::now(), cpu_time_of_children()?);
    let output = command.output()?;
    let (wall, cpu) = (
        start.elapsed(),
        cpu_time_of_children()?.saturating_sub(before),
    );
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(
        output.status.success(),
        "{} failed:\n{stderr}",
        name(command)
    );
    Ok(Run {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr,
        cpu,
        wall,
    })
}

/// Returns the name of the program, without the folders of this machine.
fn name(command: &Cmd<'_>) -> String {
    let command = command.to_string();
    let program = command.split(' ').next().unwrap_or_default();
    program.rsplit('/').next().unwrap_or_default().to_owned()
}

#[cfg(unix)]
fn cpu_time_of_children() -> Result<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("cannot read the CPU time")?;
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    Ok(Duration::from_micros(
        u64::try_from(microseconds).unwrap_or_default(),
    ))
}

#[cfg(not(unix))]
fn cpu_time_of_children() -> Result<Duration> {
    anyhow::bail!("cannot read the CPU time on this system; measure on Linux or macOS")
}

/// Runs programs in turn, so that a disturbance of the machine affects all of them alike. Returns
/// the median CPU time and the median wall-clock time of each.
pub(super) fn medians(
    rounds: usize,
    commands: &mut [Cmd<'_>],
) -> Result<Vec<(Duration, Duration)>> {
    let mut times = vec![(Vec::new(), Vec::new()); commands.len()];
    for _ in 0..rounds {
        for (command, (cpu, wall)) in commands.iter_mut().zip(&mut times) {
            let run = run(command)?;
            cpu.push(run.cpu);
            wall.push(run.wall);
        }
    }
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    let times = times.into_iter();
    Ok(times
        .map(|(cpu, wall)| (median(cpu), median(wall)))
        .collect())
}

/// Returns a command of Cargo for a package outside the workspace.
pub(super) fn cargo<'a>(settings: &'a Settings, command: &str, package: &Path) -> Cmd<'a> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    cmd!(
        settings.shell,
        "{cargo} {command} --manifest-path {package}/Cargo.toml"
    )
    .env("CARGO_TARGET_DIR", settings.target.join("cargo"))
    .env("CARGO_INCREMENTAL", "0")
    .env("CARGO_TERM_COLOR", "never")
}

/// Builds the examples of a package, with symbols for profilers, and returns their folder. The setting
/// `fuzzing` gives those of opentact-api access to its decoding. All packages have it, so that the
/// dependencies are compiled once; it changes no code of theirs that runs.
pub(super) fn examples(settings: &Settings, package: &Path) -> Result<PathBuf> {
    let build = cargo(settings, "build", package);
    let build = build.args(["--profile", "profiling", "--examples"]);
    run(&mut build.env("RUSTFLAGS", "--cfg fuzzing"))?;
    Ok(settings.target.join("cargo/profiling/examples"))
}

/// Builds the program that times generating and comparing in its own process.
pub(super) fn generation(settings: &Settings) -> Result<PathBuf> {
    let build = cargo(settings, "build", &settings.package("generation"));
    run(&mut build.arg("--release"))?;
    Ok(settings.target.join("cargo/release/generation"))
}

/// A server in its own process, which ends when this value is dropped.
pub(super) struct Server {
    process: Child,
    pub(super) url: String,
}

impl Server {
    /// Starts a program that prints its URL when it accepts connections.
    pub(super) fn start(program: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().context("cannot start the server")?;
        let mut url = String::new();
        if let Some(stdout) = process.stdout.take() {
            let read = BufReader::new(stdout).read_line(&mut url);
            read.context("cannot read the URL of the server")?;
        }
        Ok(Self {
            process,
            url: url.trim().to_owned(),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails if the server has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
