#!/usr/bin/env bash
# Runs every check that needs no running program, then says which failed. Usage: tools/check.sh, see `make check`.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/sections.sh

failed=()
step() { # step TITLE COMMAND...
  section "$1"
  "${@:2}" </dev/null || failed+=("$1")
}

formatted() {
  local ugly
  ugly=$(gofmt -l cmd internal tools web/*.go) || return 1
  [ -z "$ugly" ] || { printf '%s\n' "$ugly" "Run make fmt."; return 1; }
}

scripts() { local s; for s in .ci/run tools/*.sh; do bash -n "$s" || return 1; done; }

generated() {
  tools/generate.sh .cache/generated || return 1
  diff -u web/openapi.json .cache/generated/openapi.json | head -40
  cmp -s web/openapi.json .cache/generated/openapi.json && cmp -s web/src/api/schema.gen.ts .cache/generated/schema.gen.ts && return
  echo "The API changed and what is generated from it did not: run make generate."
  return 1
}

step "gofmt" formatted
step "shell scripts" scripts
step "go vet" go vet "${packages[@]}"
step "go vet of builds for tests" go vet -tags test ./internal/clock ./internal/app ./cmd/parley
# The portable path: without Linux's epoll, and without a C compiler.
elsewhere() {
  local system
  for system in linux darwin windows; do
    CGO_ENABLED=0 GOOS=$system go build -o /dev/null ./cmd/parley || return 1
  done
}

step "golangci-lint" bin/tools/golangci-lint run "${packages[@]}"
step "without cgo, and for darwin and windows" elsewhere
step "floors" go test ./internal/floors
step "go.mod is tidy" go mod tidy -diff
step "generated files" generated
step "web: types and lint" npm --prefix web run check
step "docs/requirements.txt" go run ./tools/reqcheck
step "docs/rfc.txt" go run ./tools/rfccheck

section "check"
if [ ${#failed[@]} -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}"
  exit 1
fi
echo "everything is as it should be"
