//! Running programs, and the CPU time that they take.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Bench, BenchError};

/// What a program printed and how long it took, with all programs that it started.
pub(super) struct Run {
    pub(super) stdout: String,
    pub(super) stderr: String,
    /// User and system time, which another program on the machine changes little.
    pub(super) cpu: Duration,
    pub(super) wall: Duration,
}

/// Runs a program to its end. One at a time: the CPU time is that of all that ended meanwhile.
pub(super) fn run(command: &mut Command) -> Result<Run, BenchError> {
    let program = name(command);
    let (start, before) = (Instant::now(), children()?);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| BenchError::Start {
            program: program.clone(),
            source,
        })?;
    let (wall, cpu) = (start.elapsed(), children()?.saturating_sub(before));
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(BenchError::Failed {
            program,
            said: stderr,
        });
    }
    Ok(Run {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr,
        cpu,
        wall,
    })
}

fn name(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_name().unwrap_or_default().display().to_string()
}

/// The CPU time of all programs that were started here and have ended.
#[cfg(unix)]
fn children() -> Result<Duration, BenchError> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| BenchError::Start {
        program: "getrusage".to_owned(),
        source: error.into(),
    })?;
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    Ok(Duration::from_micros(
        u64::try_from(microseconds).unwrap_or_default(),
    ))
}

#[cfg(not(unix))]
fn children() -> Result<Duration, BenchError> {
    Err(BenchError::Start {
        program: "getrusage".to_owned(),
        source: std::io::ErrorKind::Unsupported.into(),
    })
}

/// Runs programs in turn, so that what disturbs the machine disturbs all of them alike; the median of
/// the CPU time and of the wall time of each.
pub(super) fn medians(
    rounds: usize,
    commands: &mut [Command],
) -> Result<Vec<(Duration, Duration)>, BenchError> {
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

/// Cargo, for a package outside the workspace.
pub(super) fn cargo(bench: &Bench, package: &Path) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command
        .current_dir(package)
        .env("CARGO_TARGET_DIR", bench.target.join("cargo"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    command
}

/// Builds the examples of a package, with names for profilers, and returns the folder that they are in.
pub(super) fn examples(bench: &Bench, package: &Path) -> Result<PathBuf, BenchError> {
    run(cargo(bench, package).args(["build", "--profile", "profiling", "--examples"]))?;
    Ok(bench.target.join("cargo/profiling/examples"))
}

/// Builds what derives clients and compares specs in process.
pub(super) fn generation(bench: &Bench) -> Result<PathBuf, BenchError> {
    run(cargo(bench, &bench.package("generation")).args(["build", "--release"]))?;
    Ok(bench.target.join("cargo/release/generation"))
}

/// A server in a process of its own; it ends when this is dropped.
pub(super) struct Server {
    process: Child,
    pub(super) url: String,
}

impl Server {
    pub(super) fn start(program: &Path) -> Result<Self, BenchError> {
        let failed = |source| BenchError::Start {
            program: "the server".to_owned(),
            source,
        };
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(failed)?;
        let mut url = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut url).map_err(failed)?;
        }
        Ok(Self {
            process,
            url: url.trim().to_owned(),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
