//! Where the files of a run lie in their repository: code scanning and merge requests name them from its root.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

/// The root of the repository, and the working directory that paths are shown from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    root: PathBuf,
    here: PathBuf,
}

/// A file as seen from the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    /// Below the root: the path from there, with `/`.
    Inside(String),
    /// Elsewhere: the absolute path, with `/`.
    Outside(String),
}

impl Located {
    /// The path, from the root or absolute.
    pub fn path(&self) -> &str {
        match self {
            Self::Inside(path) | Self::Outside(path) => path,
        }
    }
}

impl Repository {
    /// The repository that `first`, the first path of a run, lies in: the nearest folder at or above it with a
    /// `.git`. Where there is none, the working directory `here` stands for it if `first` lies below, else `first`.
    pub fn around(here: &Path, first: &Path) -> Self {
        let here = normal(&std::fs::canonicalize(here).unwrap_or_else(|_| here.to_owned()));
        let first = normal(&here.join(first));
        let start = if first.is_file() { first.parent().unwrap_or(&first) } else { &first };
        let root = match git_root(start) {
            Some(root) => root,
            None if start.starts_with(&here) => &here,
            None => start,
        };
        Self { root: root.to_owned(), here }
    }

    /// Where the file of a shown path lies.
    pub fn locate(&self, shown: &str) -> Located {
        let path = normal(&self.here.join(shown));
        match path.strip_prefix(&self.root) {
            Ok(inside) => Located::Inside(slashes(inside)),
            Err(_) => Located::Outside(slashes(&path)),
        }
    }

    /// What files are called in every run over them: their paths from the root of their own repository, whatever else is
    /// checked and from where; the shown path where there is none. Each folder is looked at once.
    pub fn lasting_names<'s>(&self, shown: impl IntoIterator<Item = &'s str>) -> Vec<String> {
        let mut roots: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
        let mut name = |shown: &str| {
            let path = normal(&self.here.join(shown));
            let folder = path.parent()?.to_owned();
            let root = roots.entry(folder).or_insert_with_key(|folder| git_root(folder).map(Path::to_owned));
            path.strip_prefix(root.as_ref()?).ok().map(slashes)
        };
        shown.into_iter().map(|shown| name(shown).unwrap_or_else(|| shown.to_owned())).collect()
    }

    /// The absolute path of a shown one.
    pub fn absolute(&self, shown: &str) -> String {
        slashes(&normal(&self.here.join(shown)))
    }
}

/// The nearest folder at or above `start` that holds a `.git`, which is a folder, or a file in a linked work tree.
pub(crate) fn git_root(start: &Path) -> Option<&Path> {
    start.ancestors().find(|folder| folder.join(".git").exists())
}

/// The path without `.` and `..`, as written: links are not followed.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let root = std::fs::canonicalize(folder.path()).unwrap();
        std::fs::create_dir_all(root.join("repository/infra/dr")).unwrap();
        std::fs::create_dir(root.join("repository/.git")).unwrap();
        let here = root.join("repository/infra");
        let repository = Repository::around(&here, Path::new("."));
        assert_eq!(repository.locate("dr/net.json"), Located::Inside("infra/dr/net.json".to_owned()));
        assert_eq!(
            repository.lasting_names(["dr/net.json", "../../net.json"]),
            ["infra/dr/net.json", "../../net.json"]
        );
        assert_eq!(repository.locate("../net.json"), Located::Inside("net.json".to_owned()));
        assert!(
            matches!(repository.locate("../../net.json"), Located::Outside(path) if path.starts_with('/'))
        );
        let from_elsewhere = Repository::around(&root, Path::new("repository/infra"));
        assert_eq!(
            from_elsewhere.locate("repository/infra/a.json"),
            Located::Inside("infra/a.json".to_owned())
        );
    }

    #[test]
    fn without_a_repository_the_working_directory_or_the_named_folder_is_the_root() {
        let here = Path::new("/nowhere/here");
        let below = Repository::around(here, Path::new("a/b"));
        assert_eq!(below.locate("a/b/x.json"), Located::Inside("a/b/x.json".to_owned()));
        let beside = Repository::around(here, Path::new("/nowhere/estate"));
        assert_eq!(beside.locate("../estate/x.json"), Located::Inside("x.json".to_owned()));
        assert_eq!(beside.absolute("x.json"), "/nowhere/here/x.json");
    }
}
