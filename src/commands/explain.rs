//! `drlint explain`

use super::{fail, print};
use crate::Exit;
use crate::cli::ExplainArgs;

pub(super) fn run(args: &ExplainArgs) -> Exit {
    let Some(rule) = drlint_rules::ALL.iter().find(|rule| rule.name == args.rule) else {
        let near = drlint_estate::near_names(&args.rule, drlint_rules::ALL.iter().map(|rule| rule.name));
        let help = match near.first() {
            Some(near) => format!("did you mean `{near}`"),
            None => "`drlint rules` lists them".to_owned(),
        };
        return fail(&format!("error: there is no rule `{}`\n  = help: {help}\n", args.rule));
    };
    match print(|out| out.write_all(rule.page.as_bytes())) {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}
