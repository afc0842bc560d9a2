//! Where `drlint.toml` lies.

use std::path::{Path, PathBuf};

/// The name of the configuration.
pub(crate) const CONFIGURATION: &str = "drlint.toml";

/// The nearest `drlint.toml` in `start` or above it.
pub(crate) fn find(start: &Path) -> Option<PathBuf> {
    let start = if start.as_os_str().is_empty() { Path::new(".") } else { start };
    let folder = if start.is_dir() { start } else { start.parent()? };
    let nearest = folder.join(CONFIGURATION);
    if nearest.is_file() {
        return Some(nearest);
    }
    let absolute = std::path::absolute(folder).ok()?;
    absolute.ancestors().skip(1).map(|above| above.join(CONFIGURATION)).find(|path| path.is_file())
}
