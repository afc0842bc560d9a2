//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A linter for Azure disaster-recovery networks.
#[derive(Debug, Parser)]
#[command(
    version,
    about = "Says what will go wrong on the day a region fails: which machine will lose its address, which network \
             cannot be connected, which route will be announced twice",
    after_help = "Exit codes: 0 checked and nothing at or above --fail-on, 1 findings, 2 the job could not be done.\n\n\
                  Start with `drlint check` in a folder with ARM templates or exported configuration.",
    max_term_width = 110
)]
pub struct Cli {
    /// When to colour what is printed for people
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check templates and exported configuration
    Check(CheckArgs),
    /// For pre-commit: check the whole project, and report what touches the named files
    Hook(HookArgs),
    /// Write down today's findings, so that `check --baseline` reports new ones only
    Baseline(BaselineArgs),
    /// Show what was understood: networks, links, sites, pairs with their evidence
    Estate(EstateArgs),
    /// Play failovers step by step: those of `drlint.toml`, of recovery plans, and those the estate implies
    Drill(DrillArgs),
    /// Evaluate a template offline: its resources and outputs as JSON
    Expand(ExpandArgs),
    /// Write a first `drlint.toml` from what the estate shows
    Init(InitArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Explain a rule: what is wrong, why it matters, how to mend it
    Explain(ExplainArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
    /// Print the JSON Schema of `drlint.toml`
    Schema,
}

/// Arguments of `drlint check`.
#[derive(Args, Clone, Debug, Default)]
pub struct CheckArgs {
    /// Files and folders to read; all of them are one estate [default: the working directory]
    pub paths: Vec<PathBuf>,
    /// Read this file from standard input, whether it exists or not; without a PATH, it alone
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<PathBuf>,
    /// What to check and how to report it.
    #[command(flatten)]
    pub options: CheckOptions,
}

/// Arguments of `drlint hook`.
#[derive(Args, Clone, Debug, Default)]
pub struct HookArgs {
    /// Report only what touches these files [default: everything]
    pub files: Vec<PathBuf>,
    /// What to check and how to report it.
    #[command(flatten)]
    pub options: CheckOptions,
}

/// What to check and how to report it.
#[derive(Args, Clone, Debug, Default)]
pub struct CheckOptions {
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Also write the report to a file, such as `sarif=drlint.sarif`; may be repeated
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,
    /// The least severity that makes the run fail
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    pub fail_on: FailOn,
    /// Run only these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these rules or groups out
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Leave out the findings that this file lists; `drlint baseline` writes it
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// The configuration [default: `drlint.toml` in the first PATH or above it]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Fail also when a rule could not decide
    #[arg(long)]
    pub strict: bool,
    /// List everything: all undecided rules, all files
    #[arg(long, short)]
    pub verbose: bool,
    /// Add suppressed findings to SARIF, marked as such; GitHub shows them as open alerts
    #[arg(long)]
    pub show_suppressed: bool,
}

/// Arguments of `drlint estate`.
#[derive(Args, Debug)]
pub struct EstateArgs {
    /// Files and folders to read; all of them are one estate [default: the working directory]
    pub paths: Vec<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = EstateFormat::Human)]
    pub format: EstateFormat,
    /// The configuration [default: `drlint.toml` in the first PATH or above it]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Formats of an estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EstateFormat {
    /// Text for people
    Human,
    /// JSON
    Json,
    /// A Mermaid flowchart
    Mermaid,
    /// A picture
    Svg,
}

/// Arguments of `drlint drill`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 no declared failover is violated, 1 one is, or names what is not there, or one \
                        chosen with --scenario is, 2 the job could not be done."
)]
pub struct DrillArgs {
    /// Files and folders to read; all of them are one estate [default: the working directory]
    pub paths: Vec<PathBuf>,
    /// Play this failover only
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = DrillFormat::Human)]
    pub format: DrillFormat,
    /// The configuration [default: `drlint.toml` in the first PATH or above it]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Formats of a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DrillFormat {
    /// Text for people: the steps, and what holds after each
    Human,
    /// JSON, version 1
    Json,
    /// A Mermaid flowchart for each state, under a line `%% state`
    Mermaid,
    /// A picture of one failover, its states below one another
    Svg,
    /// A page to step through, in one file
    Html,
}

/// Arguments of `drlint baseline`.
#[derive(Args, Debug)]
pub struct BaselineArgs {
    /// The file to write
    pub file: PathBuf,
    /// Files and folders to read [default: the working directory]
    pub paths: Vec<PathBuf>,
    /// The configuration [default: `drlint.toml` in the first PATH or above it]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Arguments of `drlint init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Files and folders to read; the file goes to the first [default: the working directory]
    pub paths: Vec<PathBuf>,
}

/// Arguments of `drlint completions`.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Arguments of `drlint rules`.
#[derive(Args, Debug)]
pub struct RulesArgs {
    /// How to print the list
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
}

/// Arguments of `drlint explain`.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The rule's name
    pub rule: String,
    /// How to print its page
    #[arg(long, value_enum, default_value_t = PageFormat::Human)]
    pub format: PageFormat,
}

/// How a rule's page is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For the terminal: what each example says, without its files
    Human,
    /// The page as it is written, with the files of its examples
    Markdown,
}

/// Arguments of `drlint expand`.
#[derive(Args, Debug)]
pub struct ExpandArgs {
    /// Parameter file; of several, later ones win
    #[arg(long, value_name = "FILE")]
    pub parameters: Vec<PathBuf>,
    /// One parameter: its name, and its value as JSON
    #[arg(long = "set", value_name = "NAME=JSON")]
    pub set: Vec<String>,
    /// Id of the subscription it goes to
    #[arg(long, value_name = "ID")]
    pub subscription: Option<String>,
    /// Name of the resource group it goes to
    #[arg(long, value_name = "NAME")]
    pub resource_group: Option<String>,
    /// Region of the resource group or of the deployment
    #[arg(long, value_name = "REGION")]
    pub location: Option<String>,
    /// Id of the tenant
    #[arg(long, value_name = "ID")]
    pub tenant: Option<String>,
    /// Name of the management group
    #[arg(long, value_name = "ID")]
    pub management_group: Option<String>,
    /// Name of the deployment
    #[arg(long, value_name = "NAME")]
    pub deployment_name: Option<String>,
    /// The template
    pub template: PathBuf,
}

/// Formats of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: each finding with its lines
    #[default]
    Human,
    /// One line a finding: `path:line:column: severity[rule]: message`
    Concise,
    /// JSON, version 1
    Json,
    /// SARIF 2.1.0, for GitHub code scanning and other viewers
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Logging commands of Azure Pipelines
    Azure,
    /// GitLab's Code Quality report
    Gitlab,
    /// JUnit XML
    Junit,
    /// A comment for a pull request
    Markdown,
}

/// Formats of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table
    Human,
    /// JSON
    Json,
}

/// The least severity that makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    #[default]
    Warning,
    /// Any finding
    Note,
    /// Nothing
    Never,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("write it as FORMAT=FILE, such as json=report.json")?;
    if file.is_empty() {
        return Err("the file's name is missing".to_owned());
    }
    let format = Format::from_str(format, true).map_err(|_| format!("`{format}` is no format"))?;
    Ok((format, PathBuf::from(file)))
}
