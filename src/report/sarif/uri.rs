//! Paths as URIs.

use crate::repository::Located;

/// The URI of a file: relative to the root of the repository, or absolute for a file outside of it.
pub(super) fn uri(located: &Located) -> String {
    match located {
        Located::Inside(path) => encoded(path),
        // `C:/x` has no slash before the drive.
        Located::Outside(path) if path.starts_with('/') => format!("file://{}", encoded(path)),
        Located::Outside(path) => format!("file:///{}", encoded(path)),
    }
}

/// Everything but RFC 3986's unreserved characters and the slash as `%XX` of its UTF-8 bytes. A colon in the first
/// segment would look like a scheme, so it is no exception.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_relative_uri() {
        let inside = |path: &str| uri(&Located::Inside(path.to_owned()));
        assert_eq!(inside("infra/recovery.json"), "infra/recovery.json");
        assert_eq!(inside("a b/c:d%#?\\é\n.json"), "a%20b/c%3Ad%25%23%3F%5C%C3%A9%0A.json");
        assert_eq!(uri(&Located::Outside("/tmp/x y.json".to_owned())), "file:///tmp/x%20y.json");
        assert_eq!(uri(&Located::Outside("C:/x.json".to_owned())), "file:///C%3A/x.json");
    }
}
