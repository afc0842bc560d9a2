//! What processes take: CPU time and memory, from `/proc`.

use std::path::Path;
use std::process::{Command, Stdio};

/// CPU seconds that `work` takes in all threads of this process.
pub(crate) fn cpu<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let before = ticks(OWN);
    let done = work();
    ((ticks(OWN) - before) / 100.0, done)
}

/// CPU seconds and peak megabytes of one run of `drlint check`, the mean and the most of so many.
pub(crate) fn check(path: &Path, runs: u32) -> (f64, f64) {
    let before = ticks(CHILDREN);
    let mut peak: f64 = 0.0;
    for _ in 0..runs {
        let mut child = Command::new(env!("CARGO_BIN_EXE_drlint"))
            .args(["check", "--fail-on", "never", "--format", "json"])
            .arg(path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("drlint");
        let status = format!("/proc/{}/status", child.id());
        loop {
            if let Some(megabytes) =
                std::fs::read_to_string(&status).ok().and_then(|status| high_water(&status))
            {
                peak = peak.max(megabytes);
            }
            if child.try_wait().expect("a child").is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_micros(200));
        }
    }
    ((ticks(CHILDREN) - before) / 100.0 / f64::from(runs), peak)
}

fn high_water(status: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

/// Fields of `/proc/self/stat`: user time, followed by system time.
const OWN: usize = 13;
const CHILDREN: usize = 15;

/// User and system time from field `first` on, in hundredths of a second.
fn ticks(first: usize) -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc");
    let rest = stat.rsplit(") ").next().unwrap_or_default();
    // The state is field 2, counted from 0, and the first one after the name.
    let fields: Vec<f64> = rest.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    fields[first - 2] + fields[first - 1]
}
