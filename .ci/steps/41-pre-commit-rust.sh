#!/usr/bin/env bash
# The hook of `language: rust`: pre-commit compiles this repository, without its lock file, and runs what comes out.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

skip() { echo "skipped: $*"; exit 0; }

python3 -m venv "$scratch/venv" || skip "python3 has no venv"
"$scratch/venv/bin/pip" install --quiet pre-commit || skip "pre-commit cannot be had from PyPI"
export PATH="$scratch/venv/bin:$PATH"
export PRE_COMMIT_HOME="$scratch/pre-commit" GIT_CONFIG_GLOBAL="$scratch/gitconfig"
# What is tried is the installation, not the speed.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
unset CARGO_TARGET_DIR
git config --global user.name drlint
git config --global user.email drlint@example.com

# The working tree as it is, which need not be committed.
mkdir "$scratch/drlint"
git ls-files -z --cached --others --exclude-standard | xargs -0 -I{} sh -c '[ ! -f "$1" ] || printf "%s\0" "$1"' sh {} |
  tar --create --null --files-from - | tar --extract --directory "$scratch/drlint"
git -C "$scratch/drlint" init --quiet
git -C "$scratch/drlint" add --all
git -C "$scratch/drlint" commit --quiet --message drlint

git init --quiet "$scratch/project"
cp fixtures/company-a-faulty/azure-cli/*.json "$scratch/project"
cd "$scratch/project"
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $scratch/drlint
    rev: $(git -C "$scratch/drlint" rev-parse HEAD)
    hooks:
      - id: drlint
YAML
git add --all
start=$SECONDS
if pre-commit run --all-files >"$scratch/log" 2>&1; then
  cat "$scratch/log"
  echo "FAILED: the faulty estate passes"
  exit 1
fi
grep -q 'error\[recovery-' "$scratch/log" || { cat "$scratch/log"; echo "FAILED: for another reason"; exit 1; }
echo "installed and run in $((SECONDS - start)) s"
