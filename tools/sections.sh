# Sourced by check.sh and test.sh.

section() { printf '\n━━━ %s\n' "$*"; }

# The Go packages of the project; not ./..., which would look into web/node_modules too.
packages=(./cmd/... ./internal/... ./tools/... ./web)
