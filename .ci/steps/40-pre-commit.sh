#!/usr/bin/env bash
# pre-commit and prek run the hooks of this repository on a real one: what passes, what is caught, how long it takes.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

skip() { echo "skipped: $*"; exit 0; }
fail() { echo "FAILED: $*"; exit 1; }

python3 -m venv "$scratch/venv" || skip "python3 has no venv"
"$scratch/venv/bin/pip" install --quiet pre-commit prek || skip "pre-commit and prek cannot be had from PyPI"
cargo build --release --quiet --bin drlint
# Where the release binary is, even if CARGO_TARGET_DIR says elsewhere than `target`.
export PATH="${CARGO_TARGET_DIR:-$root/target}/release:$scratch/venv/bin:$PATH"
export PRE_COMMIT_HOME="$scratch/pre-commit" PREK_HOME="$scratch/prek"
export GIT_CONFIG_GLOBAL="$scratch/gitconfig"
git config --global user.name drlint
git config --global user.email drlint@example.com
git config --global init.defaultBranch main

# The hooks as they are in the working tree.
hooks=$scratch/hooks
git init --quiet "$hooks"
cp .pre-commit-hooks.yaml "$hooks"
git -C "$hooks" add --all
git -C "$hooks" commit --quiet --message hooks
revision=$(git -C "$hooks" rev-parse HEAD)

network() { # name region prefix
  cat <<JSON
{
  "\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "Microsoft.Network/virtualNetworks",
      "apiVersion": "2024-05-01",
      "name": "$1",
      "location": "$2",
      "properties": {
        "addressSpace": { "addressPrefixes": [ "$3" ] },
        "subnets": [ { "name": "app", "properties": { "addressPrefix": "$3" } } ]
      }
    }
  ]
}
JSON
}

# A repository with a recovery that mirrors its source, committed before any hook is installed.
prepare() { # hook id
  rm -rf "$scratch/project"
  git init --quiet "$scratch/project"
  cd "$scratch/project"
  network vnet-source eastasia 10.1.0.0/16 >source.json
  network vnet-recovery southeastasia 10.1.0.0/16 >recovery.json
  cat >drlint.toml <<'TOML'
[[deployment]]
template = "recovery.json"

[[recovery]]
source = "vnet-source"
recovery = "vnet-recovery"
TOML
  cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $hooks
    rev: $revision
    hooks:
      - id: $1
YAML
  git add --all
  git commit --quiet --message start
}

passes() { # what
  if git commit --quiet --message "$1" >"$scratch/log" 2>&1; then
    echo "  passes: $1"
  else
    cat "$scratch/log"
    fail "should pass: $1"
  fi
}

caught() { # what
  if git commit --quiet --message "$1" >"$scratch/log" 2>&1; then
    fail "should be caught: $1"
  fi
  grep -qE 'recovery.json|vnet-recovery' "$scratch/log" || { cat "$scratch/log"; fail "caught for another reason: $1"; }
  echo "  caught: $1"
}

for tool in pre-commit prek; do
  for hook in drlint-system drlint-changed-system; do
    echo "$tool with $hook"
    prepare "$hook"
    "$tool" install >/dev/null
    network vnet-source eastasia 10.1.0.0/16 | sed 's/2024-05-01/2024-07-01/' >source.json
    git add source.json
    passes "a clean change"

    network vnet-recovery southeastasia 10.9.0.0/16 >recovery.json
    network vnet-source eastasia 10.1.0.0/16 >source.json
    git add source.json
    passes "a fault that is not staged"

    git add recovery.json
    git commit --quiet --no-verify --message "plant a fault in the recovery"
    network vnet-source eastasia 10.1.0.0/16 | sed 's/2024-05-01/2024-07-01/' >source.json
    git add source.json
    caught "a change of the source with a fault in the recovery"
    git reset --quiet --hard HEAD~1

    network vnet-recovery southeastasia 10.9.0.0/16 >untracked.json
    network vnet-source eastasia 10.1.0.0/16 | sed 's/2024-05-01/2025-01-01/' >source.json
    git add source.json
    passes "a fault in a file that is not tracked"
    rm untracked.json

    if [ "$hook" = drlint-system ]; then
      git rm --quiet recovery.json
      caught "a commit that only deletes a template"
    fi
  done
done

echo "a warm run on 1,000 templates"
prepare drlint-system
for number in $(seq 1 998); do
  network "vnet-$number" westeurope "10.$((number / 250 + 100)).$((number % 250)).0/24" >"network-$number.json"
done
git add --all
git commit --quiet --message "many templates"
milliseconds() { # command...
  local start=${EPOCHREALTIME/./}
  "$@" >/dev/null || { "$@" | tail -5; fail "$* finds something"; }
  echo $(((${EPOCHREALTIME/./} - start) / 1000))
}
milliseconds drlint hook >/dev/null
spent=$(milliseconds drlint hook)
echo "  drlint hook: $spent ms"
[ "$spent" -lt 500 ] || fail "more than 500 ms"
for tool in pre-commit prek; do
  milliseconds "$tool" run --all-files >/dev/null
  echo "  $tool run: $(milliseconds "$tool" run --all-files) ms"
done
