#!/usr/bin/env bash
# Runs drlint once: annotations in the log, SARIF for the upload, Markdown for the summary. The exit code is the gate.
set -euo pipefail

# One path or argument a line, so that blanks are no trouble.
lines() { # name of the array, text
  local -n into=$1
  into=()
  while IFS= read -r line; do
    if [ -n "$line" ]; then into+=("$line"); fi
  done <<<"$2"
}
lines paths "${DRLINT_PATHS:-.}"
lines arguments "${DRLINT_ARGUMENTS:-}"

sarif=$RUNNER_TEMP/drlint.sarif
summary=$RUNNER_TEMP/drlint.md
status=0
drlint check --format github --output "sarif=$sarif" --output "markdown=$summary" \
  --fail-on "${DRLINT_FAIL_ON:-warning}" "${arguments[@]}" -- "${paths[@]}" || status=$?

if [ "$status" -le 1 ]; then
  cat "$summary" >>"$GITHUB_STEP_SUMMARY"
  echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
fi
exit "$status"
