//! `drlint expand`: what a template deploys, as JSON.

use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use drlint_arm::{Evaluation, Links, Request, Target, evaluate, is_template};
use drlint_resource::{Data, Note, NoteKind, Residual, Resource, Value, is_secret};
use drlint_source::{Document, FileId, SourceFile, decode};
use serde_json::{Map, Value as Json, json};

use crate::cli::ExpandArgs;

/// Prints resources and outputs on `out` and remarks on `err`; gives the exit code.
pub(crate) fn run(args: &ExpandArgs, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match expand(args, out, err) {
        Ok(code) => code,
        Err(message) => {
            // Nothing is left to be done if the error cannot be written.
            let _ = writeln!(err, "error: {}", escaped(&message));
            2
        }
    }
}

fn expand(args: &ExpandArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, String> {
    let opened = Opened::new(&args.template);
    let template = opened.read(&args.template)?;
    let parameters: Vec<Arc<Document>> =
        args.parameters.iter().map(|path| opened.read(path)).collect::<Result<_, _>>()?;
    let set: Vec<(String, Arc<Document>)> =
        args.set.iter().map(|given| opened.set(given)).collect::<Result<_, _>>()?;
    let mut errors = 0;
    for document in std::iter::once(&template).chain(&parameters).chain(set.iter().map(|(_, value)| value)) {
        for error in document.tree().errors() {
            let place = drlint_source::Span::new(document.file, error.place.start, error.place.end);
            let note = Note::new(NoteKind::Unreadable, place, error.problem.to_string());
            errors += opened.say(&note, err)?;
        }
    }
    if !is_template(&template) {
        return Err(format!("`{}` is no template: its `$schema` names none", args.template.display()));
    }
    if let Some(problem) = set.iter().find_map(|(name, _)| undeclared(name, &template)) {
        return Err(problem);
    }
    let parameters: Vec<&Document> = parameters.iter().map(|document| &**document).collect();
    let overrides: Vec<(String, &Document)> =
        set.iter().map(|(name, document)| (name.clone(), &**document)).collect();
    let target = Target {
        subscription: args.subscription.clone(),
        resource_group: args.resource_group.clone(),
        location: args.location.clone(),
        tenant: args.tenant.clone(),
        management_group: args.management_group.clone(),
        deployment_name: args.deployment_name.clone(),
    };
    let evaluation = evaluate(&Request {
        template: &template,
        parameters: &parameters,
        overrides: &overrides,
        target: &target,
        links: &opened,
        wanted: |_, _| true,
    });
    for note in &evaluation.reading.notes {
        errors += opened.say(note, err)?;
    }
    serde_json::to_writer_pretty(&mut *out, &printed(&evaluation))
        .map_err(|error| format!("cannot write the result: {error}"))?;
    writeln!(out).map_err(|error| format!("cannot write the result: {error}"))?;
    Ok(u8::from(errors > 0))
}

/// What is wrong with `--set name` if the template declares no such parameter.
fn undeclared(name: &str, template: &Document) -> Option<String> {
    let declared = template.root().get("parameters");
    if declared.is_some_and(|parameters| parameters.get(name).is_some()) {
        return None;
    }
    let names: Vec<String> = declared
        .into_iter()
        .flat_map(drlint_source::Node::members)
        .filter_map(|member| member.key.as_str().map(std::borrow::Cow::into_owned))
        .collect();
    let near = drlint_estate::near_names(name, names.iter().map(String::as_str));
    let near = near.first().map(|near| format!("; did you mean `{near}`")).unwrap_or_default();
    Some(format!("`--set {name}`: the template declares no such parameter{near}"))
}

/// The files that were opened, by id, and how links are followed.
struct Opened {
    root: Option<PathBuf>,
    files: Mutex<Vec<(Option<PathBuf>, Arc<SourceFile>)>>,
}

impl Opened {
    /// Links stay below the working directory, or below the template's folder if that lies elsewhere.
    fn new(template: &Path) -> Self {
        let working = std::env::current_dir().and_then(|path| path.canonicalize()).ok();
        let template = template.canonicalize().ok();
        let root = match (working, template) {
            (Some(working), Some(template)) if template.starts_with(&working) => Some(working),
            (_, Some(template)) => template.parent().map(Path::to_path_buf),
            (_, None) => None,
        };
        Self { root, files: Mutex::default() }
    }

    fn read(&self, path: &Path) -> Result<Arc<Document>, String> {
        let bytes =
            std::fs::read(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
        let decoded = decode(bytes).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
        let shown = path.to_string_lossy().replace('\\', "/");
        let file = SourceFile::new(shown, decoded.text.into(), decoded.encoding);
        Ok(self.keep(path.canonicalize().ok(), file))
    }

    fn set(&self, given: &str) -> Result<(String, Arc<Document>), String> {
        let Some((name, value)) = given.split_once('=') else {
            return Err(format!("`--set {given}` is not of the form `NAME=JSON`"));
        };
        let encoding = drlint_source::Encoding::Utf8 { mark: false };
        let file = SourceFile::new(format!("--set {name}"), value.into(), encoding);
        let document = self.keep(None, file);
        match document.tree().errors().first() {
            Some(error) => Err(format!("the value of `--set {name}` is no JSON: {}", error.problem)),
            None => Ok((name.to_owned(), document)),
        }
    }

    fn keep(&self, path: Option<PathBuf>, file: SourceFile) -> Arc<Document> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let id = FileId(u32::try_from(files.len()).unwrap_or(u32::MAX));
        let text = file.text.to_string();
        files.push((path, Arc::new(file)));
        Arc::new(Document::parse(id, text))
    }

    fn file(&self, id: FileId) -> Option<(Option<PathBuf>, Arc<SourceFile>)> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(id.0 as usize).cloned()
    }

    /// Prints a remark; 1 if it is an error.
    fn say(&self, note: &Note, err: &mut dyn Write) -> Result<usize, String> {
        let is_error = note.kind == NoteKind::Unreadable;
        let severity = if is_error { "error" } else { "note" };
        let mut text = match self.file(note.place.file) {
            Some((_, file)) => {
                let (start, _) = file.positions(note.place);
                format!("{}:{}:{}: {severity}: {}", file.path, start.line, start.column, note.message)
            }
            None => format!("{severity}: {}", note.message),
        };
        if let Some(help) = &note.help {
            text.push_str(&format!(" ({help})"));
        }
        writeln!(err, "{}", escaped(&text)).map_err(|error| format!("cannot write remarks: {error}"))?;
        Ok(usize::from(is_error))
    }
}

impl Links for Opened {
    fn open(&self, from: FileId, relative_path: &str) -> Result<Arc<Document>, String> {
        let (Some(root), Some((Some(from), _))) = (&self.root, self.file(from)) else {
            return Err("its own place is not known".to_owned());
        };
        let relative = PathBuf::from(relative_path.replace('\\', "/"));
        if relative.components().any(|part| matches!(part, Component::Prefix(_) | Component::RootDir)) {
            return Err("its path is not relative".to_owned());
        }
        let path = from.parent().unwrap_or(root).join(relative);
        let path = path.canonicalize().map_err(|_| "there is no such file".to_owned())?;
        if !path.starts_with(root) {
            return Err("it lies outside of the folder that is checked".to_owned());
        }
        let working = std::env::current_dir().and_then(|path| path.canonicalize()).ok();
        let shown = working.and_then(|working| path.strip_prefix(working).ok().map(Path::to_path_buf));
        self.read(shown.as_deref().unwrap_or(&path))
    }
}

fn printed(evaluation: &Evaluation) -> Json {
    let resources: Vec<Json> = evaluation.reading.resources.iter().map(resource).collect();
    let outputs: Map<String, Json> = evaluation
        .outputs
        .iter()
        .map(|output| {
            let value = whole(&output.value);
            (output.name.to_string(), json!({ "type": &*output.kind, "value": value }))
        })
        .collect();
    json!({ "resources": resources, "outputs": outputs })
}

/// The resource with its full name and type, its id where the scope is known, and an open condition.
fn resource(resource: &Resource) -> Json {
    let mut members = Map::new();
    if resource.id.is_complete() {
        members.insert("id".to_owned(), json!(full_id(resource)));
    }
    if let Some(condition) = &resource.condition {
        members.insert("condition".to_owned(), json!(format!("[{}]", condition.residual)));
    }
    let Json::Object(body) = value(&resource.body) else { return Json::Object(members) };
    for first in ["type", "name", "apiVersion"] {
        let found = body.iter().find(|(name, _)| name.eq_ignore_ascii_case(first));
        if let Some((_, value)) = found {
            members.insert(first.to_owned(), value.clone());
        }
    }
    for (name, value) in body {
        if !members.keys().any(|known| known.eq_ignore_ascii_case(&name)) {
            members.insert(name, value);
        }
    }
    Json::Object(members)
}

/// The id as Azure spells it: a resource group's has no provider.
fn full_id(resource: &Resource) -> String {
    let id = resource.id.to_string();
    if resource.is("Microsoft.Resources/resourceGroups") {
        return id.replace("/providers/Microsoft.Resources/resourceGroups/", "/resourceGroups/");
    }
    id
}

/// An output of which a part is not known is one expression (`ARM.md`, section 6).
fn whole(output: &Value) -> Json {
    if has_unknown(output) { json!(format!("[{}]", Residual::of(output))) } else { value(output) }
}

fn has_unknown(value: &Value) -> bool {
    match &value.data {
        Data::Unknown(_) => true,
        Data::Array(values) => values.iter().any(has_unknown),
        Data::Object(object) => object.iter().any(|(_, value)| has_unknown(value)),
        _ => false,
    }
}

fn value(value: &Value) -> Json {
    match &value.data {
        Data::Null => Json::Null,
        Data::Bool(value) => json!(value),
        Data::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or(Json::Null),
        Data::Text(text) => json!(&**text),
        Data::Array(values) => values.iter().map(self::value).collect(),
        Data::Object(object) => object
            .iter()
            .map(|(key, member)| {
                let hidden = is_secret(&key.name) && !(member.is_null() || is_parameter(member));
                let shown = if hidden { json!("(secret)") } else { self::value(member) };
                (key.name.to_string(), shown)
            })
            .collect(),
        Data::Unknown(unknown) => json!(format!("[{}]", unknown.residual)),
    }
}

/// Whether a value is a parameter without a value, and nothing else: that may be shown of a secret.
fn is_parameter(value: &Value) -> bool {
    let Data::Unknown(unknown) = &value.data else { return false };
    let text = unknown.residual.to_string();
    text.strip_prefix("parameters('")
        .and_then(|rest| rest.strip_suffix("')"))
        .is_some_and(|name| !name.contains('\''))
}

/// Control characters from the input do not reach the terminal.
fn escaped(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                character.escape_default().to_string()
            } else {
                character.to_string()
            }
        })
        .collect()
}
