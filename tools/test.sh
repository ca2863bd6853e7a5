#!/usr/bin/env bash
# Runs test suites, then adds them up. Usage: tools/test.sh [go] [portable] [pure] [chaos] [postgres] [peers] [web] [screens]
# [e2e] [company]; all of them without an argument. `make soak` also plays [long-chaos] [postgres-peers] [postgres-e2e].
# A suite that fails does not stop the next one. The binary, the web app and the sounds are built beforehand.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/sections.sh

root=$PWD
reports=$root/.cache/reports
testsum=$root/bin/tools/testsum
export PARLEY_BIN=$root/bin/parley PARLEY_CLOCK_BIN=$root/bin/parley-clock
# The race detector watches our own code. SQLite is C translated to Go by a machine, locks by itself, and would take four
# times as long under it. (make check vets.)
raced=(-race -vet=off "-gcflags=modernc.org/...=-race=false -d=checkptr=0")
mkdir -p "$reports"
rm -f "$reports"/*

# Peers, ears and browsers run the real binary: internal/lab and web/e2e.
go_suite() {
  section "Go: units, stories, chaos, databases (with the race detector)"
  local listed
  listed=$(go list "${packages[@]}" | grep -vE '/internal/lab(/|$)')
  # shellcheck disable=SC2086
  go test -json "${raced[@]}" -timeout 25m $listed | "$testsum" follow "$reports/go.json"
}

# What is for other systems than Linux is forced on Linux by a build tag, and shows the same there; so is the clock that
# tests may set.
portable_suite() {
  section "Go: the portable path of sound, and the clock of builds for tests (with the race detector)"
  go test -json "${raced[@]}" -timeout 15m -tags portable,test ./internal/media ./internal/rtc ./internal/clock | "$testsum" follow "$reports/portable.json"
}

# Without a C compiler there is no libopus, and no race detector.
pure_suite() {
  section "Go: sound without libopus"
  CGO_ENABLED=0 go test -json -vet=off -timeout 10m ./internal/codec ./internal/audiofile ./internal/rtc | "$testsum" follow "$reports/pure.json"
}

# Under the race detector chaos plays fewer seeds; here it plays its 500.
chaos_suite() {
  section "Chaos: 500 seeds of calls, stations and the ACD together, and of the ACD alone"
  go test -json -vet=off -count=1 -timeout 20m -run 'TestChaos|TestPlantedFaults' ./internal/callcontrol ./internal/acd | "$testsum" follow "$reports/chaos.json"
}

# What keeps data keeps it in SQLite in the other suites. The store's own tests always play on both.
postgres_suite() {
  section "Go: everything that keeps data, on PostgreSQL"
  local keeps
  keeps=$(grep -rl --include='*_test.go' 'testdb\.' internal | xargs -n1 dirname | sort -u | grep -vE '^internal/(store|lab)$' | sed 's|^|./|')
  # shellcheck disable=SC2086
  bin/tools/postgres go test -json -vet=off -count=1 -timeout 15m -skip 'TestChaos|TestPlantedFaults' $keeps | "$testsum" follow "$reports/postgres.json"
}

long-chaos_suite() {
  section "Chaos: 10,000 seeds"
  go test -json -vet=off -count=1 -timeout 120m -run 'TestChaos' ./internal/callcontrol -seeds 10000 | "$testsum" follow "$reports/long-chaos.json"
}

postgres-peers_suite() {
  section "Peers, on PostgreSQL"
  lab postgres-peers bin/tools/postgres go
}

peers_suite() {
  section "Peers: SIPp, baresip, pebble and ears against the real binary"
  lab peers go
}

# Four tests of the lab at a time, each with programs of other people, share the machine. Up to three that fail are tried once more,
# alone; the sum names them. Playwright does the same with the browser's.
lab() { # REPORT COMMAND...: `go`, or what runs it on another database
  local report=$reports/$1.json second
  shift
  "$@" test -json -vet=off -count=1 -parallel 4 -timeout 40m ./internal/lab/... | "$testsum" follow "$report" && return
  second=$("$testsum" again "$report")
  [ -n "$second" ] || return 1
  section "Peers: once more, alone: $second"
  "$@" test -json -vet=off -count=1 -parallel 1 -timeout 10m -run "$second" ./internal/lab/... | "$testsum" follow "$report.again"
}

web_suite() {
  section "Web: units and stories"
  npm --prefix web run test -- --reporter=default --reporter=json --outputFile.json="$reports/web.json"
}

e2e_suite() {
  section "Web: Chromium against the real binary"
  PLAYWRIGHT_JSON_OUTPUT_FILE=$reports/e2e.json npm --prefix web run e2e -- --reporter=list,json
}

# A company is built from nothing and called, on PostgreSQL.
company_suite() {
  section "Web: a company from nothing in Chromium, on PostgreSQL"
  PLAYWRIGHT_JSON_OUTPUT_FILE=$reports/company.json bin/tools/postgres npm --prefix web run e2e -- --reporter=list,json console.spec.ts
}

postgres-e2e_suite() {
  section "Web: Chromium against the real binary, on PostgreSQL"
  PLAYWRIGHT_JSON_OUTPUT_FILE=$reports/postgres-e2e.json bin/tools/postgres npm --prefix web run e2e -- --reporter=list,json
}

screens_suite() {
  section "Web: every screen in Chromium, looked at by axe"
  PLAYWRIGHT_JSON_OUTPUT_FILE=$reports/screens.json npm --prefix web run screens -- --reporter=list,json
}

declare -A kind=([go]=go [portable]=go [pure]=go [chaos]=go [postgres]=go [peers]=go [web]=vitest [screens]=playwright [e2e]=playwright
  [company]=playwright [long-chaos]=go [postgres-peers]=go [postgres-e2e]=playwright)
run() { "${1}_suite" </dev/null || echo "(the suite $1 has failures)"; }

all=(go portable pure chaos postgres peers web screens e2e company)
# The long tests of the first suite leave a core idle half of the time: these fill it, and tell of themselves when it is over.
beside=(portable pure chaos)
both() {
  local lane
  (for suite in "${beside[@]}"; do run "$suite"; done) >"$reports/beside.log" 2>&1 &
  lane=$!
  run go
  wait "$lane"
  cat "$reports/beside.log"
}

if [ $# -eq 0 ]; then
  both
  set -- "${all[@]}"
  ran=" go ${beside[*]} "
fi
sums=()
for suite; do
  [ -n "${kind[$suite]:-}" ] || { echo "no suite $suite" >&2; exit 2; }
  [[ ${ran:-} == *" $suite "* ]] || run "$suite"
  sums+=("${kind[$suite]}:$reports/$suite.json")
done

section "Sum"
"$testsum" sum "${sums[@]}"
