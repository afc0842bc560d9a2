//! Writes files so that nobody ever sees half of one.

use std::io::{self, Write};
use std::path::Path;

/// Writes `bytes` to a new file beside `path` and moves it there.
///
/// # Errors
///
/// Those of the file system; then `path` is as it was, and nothing is left beside it.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this is no file name"))?;
    let beside = folder.join(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id()));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // If this fails too, the first error is the one to tell.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
