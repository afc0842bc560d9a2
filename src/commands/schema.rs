//! `drlint schema`: the JSON Schema of `drlint.toml`, for editors.

use super::{fail, print};
use crate::Exit;
use crate::config::schema;

pub(super) fn run() -> Exit {
    let written = schema().map_err(|error| error.to_string());
    match written.and_then(|text| print(|out| out.write_all(text.as_bytes()))) {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}
