# Sourced by check.sh and test.sh.

section() { printf '\n━━━ %s · %dm%02ds\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); } # with the time since the script began

# The Go packages of the project; not ./..., which would look into web/node_modules too.
packages=(./cmd/... ./internal/... ./tools/... ./web)
