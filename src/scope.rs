//! What sets a run apart from one over all files as they are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::discover::{Found, Role, add_file};
use crate::repository::normal;

/// Which files of a run count, and which does not come from the disk.
#[derive(Debug, Default)]
pub struct Scope {
    /// The files that git tracks, absolute. Others are skipped; `None` if that does not matter.
    pub tracked: Option<BTreeSet<PathBuf>>,
    /// A file whose bytes came on standard input, in place of those on disk if it exists.
    pub given: Option<(PathBuf, Vec<u8>)>,
    /// Whether the report tells what drills come to.
    pub drills: bool,
}

impl Scope {
    /// Applies it to the files that were found.
    pub(crate) fn apply(&self, here: &Path, files: &mut Vec<Found>) {
        if let Some(tracked) = &self.tracked {
            // What git does not track is in nobody's commit.
            for file in files.iter_mut().filter(|file| file.role == Role::Read) {
                if !tracked.contains(&normal(&file.path)) {
                    file.role = Role::Skip("not tracked by git");
                }
            }
        }
        if let Some((name, bytes)) = &self.given {
            add_file(here, here.join(name), Role::Given(Arc::from(bytes.as_slice())), files);
        }
    }
}
