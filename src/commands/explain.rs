//! `drlint explain`

use drlint_policy::Builtin;

use super::{fail, print};
use crate::Exit;
use crate::cli::{Color, ExplainArgs, PageFormat};
use crate::report::explained;
use crate::terminal::colored;

/// Rules that are named where a name may mean several.
const NAMED: usize = 15;

pub(super) fn run(args: &ExplainArgs, color: Color) -> Exit {
    let wanted = args.rule.trim().to_lowercase().replace('_', "-");
    let Some(rule) = drlint_rules::ALL.iter().find(|rule| rule.name == wanted) else {
        return fail(&format!("error: there is no rule `{}`\n  = help: {}\n", args.rule, help(&wanted)));
    };
    let printed = print(|out| match args.format {
        PageFormat::Human => explained::write(rule, colored(color), out),
        PageFormat::Markdown => out.write_all(rule.page.as_bytes()),
    });
    match printed {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&format!("error: {problem}\n")),
    }
}

/// What a name may have meant: a group, one with a slip of the hand, a part of some.
fn help(wanted: &str) -> String {
    let all = || drlint_rules::ALL.iter().copied();
    let names = |fits: &dyn Fn(&Builtin) -> bool| -> Vec<String> {
        all().filter(|rule| fits(rule)).map(|rule| format!("`{}`", rule.name)).collect()
    };
    let of_group = names(&|rule| rule.group.replace('_', "-") == wanted);
    if !of_group.is_empty() {
        return format!("that is a group; its rules are {}", of_group.join(", "));
    }
    let near = drlint_estate::near_names(wanted, all().map(|rule| rule.name));
    if let Some(near) = near.first() {
        return format!("did you mean `{near}`");
    }
    let containing = names(&|rule| rule.name.contains(wanted));
    if wanted.is_empty() || containing.is_empty() || containing.len() > NAMED {
        return "`drlint rules` lists them".to_owned();
    }
    format!("did you mean {}", containing.join(" or "))
}
