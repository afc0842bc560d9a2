#!/usr/bin/env bash
# The wheel installs a drlint that runs, and the hooks of a companion repository use it.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

skip() { echo "skipped: $*"; exit 0; }

[ -f README.md ] || skip "the wheel needs README.md"
python3 -m venv "$scratch/build" || skip "python3 has no venv"
"$scratch/build/bin/pip" install --quiet maturin pre-commit || skip "maturin cannot be had from PyPI"
export PATH="$scratch/build/bin:$PATH"
maturin build --release --quiet --out "$scratch/wheels"
ls -l "$scratch/wheels"

echo "pip install of the wheel"
python3 -m venv "$scratch/use"
"$scratch/use/bin/pip" install --quiet --no-index --find-links "$scratch/wheels" drlint
"$scratch/use/bin/drlint" --version
status=0
"$scratch/use/bin/drlint" check --format concise fixtures/company-a-faulty/azure-cli || status=$?
[ "$status" -eq 1 ] || { echo "FAILED: exit code $status"; exit 1; }

echo "a hook of a companion repository, language: python"
export PRE_COMMIT_HOME="$scratch/pre-commit" GIT_CONFIG_GLOBAL="$scratch/gitconfig"
git config --global user.name drlint
git config --global user.email drlint@example.com
cp -r integrations/pre-commit "$scratch/companion"
git -C "$scratch/companion" init --quiet
git -C "$scratch/companion" add --all
git -C "$scratch/companion" commit --quiet --message "drlint 0.1.0"
git init --quiet "$scratch/project"
cp "$root"/fixtures/company-a-faulty/azure-cli/*.json "$scratch/project"
cd "$scratch/project"
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $scratch/companion
    rev: $(git -C "$scratch/companion" rev-parse HEAD)
    hooks:
      - id: drlint
YAML
git add --all
# The companion's own build needs setuptools from the index, drlint itself comes from the wheel built above.
if PIP_FIND_LINKS="$scratch/wheels ${PIP_FIND_LINKS:-}" pre-commit run --all-files >"$scratch/log" 2>&1; then
  cat "$scratch/log"
  echo "FAILED: the faulty estate passes"
  exit 1
fi
grep -q 'error\[recovery-' "$scratch/log" || { cat "$scratch/log"; echo "FAILED: for another reason"; exit 1; }
grep -E '^(drlint|error)' "$scratch/log" | head -5
