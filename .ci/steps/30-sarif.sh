#!/usr/bin/env bash
# Every fixture's SARIF passes the schema, the multitool and what GitHub asks besides, without errors or warnings.
set -euo pipefail
cd "$(dirname "$0")/../.."
checker=../shared/tools/sarif-check/validate.sh
if [ ! -x "$checker" ]; then
  echo "skipped: $checker is not there"
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cargo build --release --quiet --bin drlint
for estate in fixtures/*/ ; do
  name=$(basename "$estate")
  (cd "$estate" && ../../target/release/drlint check --fail-on never --format sarif) >"$scratch/$name.sarif"
done
SARIF_CHECK_CACHE="${SARIF_CHECK_CACHE:-${TMPDIR:-/tmp}/sarif-check}" "$checker" --strict --root . "$scratch"/*.sarif
