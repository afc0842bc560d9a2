#!/usr/bin/env bash
# Real files: no panic, every file accounted for, the same bytes from one thread, from all, and from any order.
set -euo pipefail
corpus=../shared/corpus
if [ ! -d "$corpus" ]; then
  echo "SKIPPED: $corpus is not at hand"
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
drlint=target/release/drlint
run() { # name, threads, paths...
  local name=$1 threads=$2 status=0
  shift 2
  RAYON_NUM_THREADS=$threads "$drlint" check --format json --fail-on never "$@" > "$folder/$name" || status=$?
  if [ "$status" -ne 0 ]; then
    echo "exit code $status, where 0 was expected with --fail-on never"
    exit 1
  fi
}
run all "$(nproc)" "$corpus"
run again "$(nproc)" "$corpus"
run one 1 "$corpus"
cmp "$folder/all" "$folder/again"
cmp "$folder/all" "$folder/one"
mapfile -t folders < <(find "$corpus" -mindepth 1 -maxdepth 1 -type d | sort)
run ordered 2 "${folders[@]}"
mapfile -t folders < <(printf '%s\n' "${folders[@]}" | sort -r)
run reversed 2 "${folders[@]}"
cmp "$folder/ordered" "$folder/reversed"
python3 - "$folder/all" "$corpus" <<'PYTHON'
import json, os, sys
report = json.load(open(sys.argv[1]))
told = {entry["file"] for entry in report["inputs"]}
met = {os.path.relpath(os.path.join(folder, name)).replace(os.sep, "/")
       for folder, _, names in os.walk(sys.argv[2]) for name in names if name.lower().endswith((".json", ".jsonc", ".tfstate"))}
missing = sorted(met - told)
if missing:
    sys.exit(f"{len(missing)} files are not accounted for, such as {missing[:3]}")
unexplained = [entry["file"] for entry in report["inputs"] if entry["kind"] == "skipped" and not entry.get("reason")]
if unexplained:
    sys.exit(f"{len(unexplained)} files are skipped without a reason, such as {unexplained[:3]}")
print(f"{len(told)} files, each accounted for; {json.dumps(report['summary'])}")
PYTHON
