#!/usr/bin/env bash
# Installs drlint for the steps that follow: a release from PyPI, or this revision of the action.
set -euo pipefail
home=$RUNNER_TEMP/drlint
if [ -n "${DRLINT_VERSION:-}" ]; then
  python3 -m venv "$home"
  "$home/bin/pip" install --quiet "drlint==$DRLINT_VERSION"
else
  cargo install --quiet --locked --path "$GITHUB_ACTION_PATH" --root "$home"
fi
echo "$home/bin" >>"$GITHUB_PATH"
