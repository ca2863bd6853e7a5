#!/usr/bin/env bash
# Runs every fuzz target for a while each. Usage: tools/fuzz.sh [TIME], 10s without it; see `make fuzz`.
# What crashes one is kept in its package's testdata/fuzz and runs as a test from then on.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/sections.sh

failed=()
while IFS=: read -r file name; do
  section "${file%/*} $name"
  go test -run '^$' -fuzz "^$name\$" -fuzztime "${1:-10s}" "./${file%/*}" </dev/null || failed+=("${file%/*} $name")
done < <(grep -roE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' internal | sed 's/:func /:/' | sort)

section "fuzz"
[ ${#failed[@]} -eq 0 ] || { printf 'failed: %s\n' "${failed[@]}"; exit 1; }
echo "nothing broke"
