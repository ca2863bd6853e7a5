# Parley: `make run` to try it, `make check test` before a change is handed in. CONTRIBUTING.md says more.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LINT_VERSION := v2.15.0
PEBBLE_VERSION := v2.10.1
BIN := bin/parley
MODULES := web/node_modules/.package-lock.json
APP := web/dist/index.html
SPEECH := internal/sounds/built/goodbye.16k.wav
MUSIC := internal/sounds/built/hold_music.16k.wav
WEB_SOURCES = $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -path web/e2e -prune \
	-o -path web/test-results -prune -o -type f -print)
SOUND_SOURCES := internal/sounds/sounds.go internal/sounds/wav.go tools/shape/shape.go
SPEECH_SOURCES := $(SOUND_SOURCES) $(filter-out %_test.go,$(wildcard tools/speak/*.go internal/prompt/*.go internal/sounds/words.go internal/sounds/mulaw.go))
MUSIC_SOURCES := $(SOUND_SOURCES) $(filter-out %_test.go,$(wildcard tools/compose/*.go))
export CGO_ENABLED := 1
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

.PHONY: help
help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

.PHONY: run
run: build ## install what is missing, build, and start the demo (ARGS="--http :9000" adds flags)
	$(BIN) demo $(ARGS)

.PHONY: build
build: install-build $(APP) $(SPEECH) $(MUSIC) ## build the web app and bin/parley
	go build -trimpath -buildvcs=false -ldflags '-X main.version=$(VERSION)' -o $(BIN) ./cmd/parley

.PHONY: install-build install-test
install-build:
	@tools/install.sh build
install-test:
	@tools/install.sh test

# Each of these stands for all that its recipe makes, and is touched so that it is newer than what it was made from.
# npm ci refuses a lock file in which packages for other systems are missing because the registry had none of that
# version; npm install takes what the lock says too, and --no-save keeps it from writing there.
$(MODULES): web/package.json web/package-lock.json
	cd web && npm install --no-save --no-progress </dev/null
	@touch $@

$(APP): $(MODULES) $(WEB_SOURCES)
	cd web && npm run build </dev/null
	@touch $@

$(SPEECH): internal/sounds/prompts.txt $(SPEECH_SOURCES) | install-build
	go run ./tools/speak internal/sounds/prompts.txt internal/sounds/built
	@touch $@

$(MUSIC): $(MUSIC_SOURCES) | install-build
	go run ./tools/compose internal/sounds/built
	@touch $@

bin/tools/golangci-lint-$(LINT_VERSION):
	GOBIN=$(CURDIR)/bin/tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@touch $@

# The certificate authority of the ACME tests, a program beside us: its module is none of go.mod.
bin/tools/pebble-$(PEBBLE_VERSION):
	GOBIN=$(CURDIR)/bin/tools go install github.com/letsencrypt/pebble/v2/cmd/pebble@$(PEBBLE_VERSION)
	@touch $@

# The telephone of the browser tests.
.PHONY: bin/caller
bin/caller:
	@go build -buildvcs=false -o $@ ./tools/caller

# The program with a wall clock that tests may set (--clock).
.PHONY: bin/parley-clock
bin/parley-clock: $(APP) $(SPEECH) $(MUSIC)
	@go build -buildvcs=false -tags test -o $@ ./cmd/parley

.PHONY: bin/tools/testsum bin/tools/postgres
bin/tools/testsum bin/tools/postgres: bin/tools/%:
	@go build -buildvcs=false -o $@ ./tools/$*

.PHONY: check
check: $(MODULES) bin/tools/golangci-lint-$(LINT_VERSION) ## format, lint, floors, generated files, requirements
	@tools/check.sh

.PHONY: test test-go test-peers test-web test-e2e
test: install-test build bin/caller bin/parley-clock bin/tools/testsum bin/tools/postgres bin/tools/pebble-$(PEBBLE_VERSION) ## install what tests need and run them all
	@tools/test.sh
test-go: install-test $(SPEECH) $(MUSIC) bin/tools/testsum ## only Go, with the race detector
	@tools/test.sh go
test-peers: install-test build bin/tools/testsum bin/tools/pebble-$(PEBBLE_VERSION) ## only SIPp, baresip, pebble and ears against the real binary
	@tools/test.sh peers
test-web: $(MODULES) bin/tools/testsum ## only the web app's units and stories
	@tools/test.sh web
test-e2e: install-test build bin/caller bin/parley-clock bin/tools/testsum ## only Chromium against the real binary
	@tools/test.sh e2e

.PHONY: bench
bench: build ## measure: decisions, signalling, time to ring, start, memory, sound
	$(BIN) bench $(ARGS)

.PHONY: soak
soak: install-test build bin/caller bin/parley-clock bin/tools/testsum bin/tools/postgres bin/tools/pebble-$(PEBBLE_VERSION) ## ten minutes of load, 10,000 seeds of chaos, everything again on PostgreSQL
	$(BIN) bench --soak 10m $(ARGS)
	@tools/test.sh long-chaos postgres-peers postgres-e2e

.PHONY: fuzz
fuzz: $(SPEECH) $(MUSIC) ## throw junk at every parser, FUZZ=10s each; the seeds alone run with the tests
	tools/fuzz.sh $(FUZZ)

.PHONY: generate
generate: $(MODULES) ## write web/openapi.json and the web types after the API changed
	tools/generate.sh .cache/generated
	cp .cache/generated/openapi.json web/openapi.json
	cp .cache/generated/schema.gen.ts web/src/api/schema.gen.ts

.PHONY: screens
screens: test-e2e ## take the pictures of the README and the guide from the browser tests
	@mkdir -p docs/screens
	cp web/test-results/screens/real-*.png docs/screens/

.PHONY: fmt
fmt: $(MODULES) ## format Go and web sources
	gofmt -w cmd internal tools web/*.go
	cd web && npm run format

.PHONY: update-stories
update-stories: $(MODULES) ## rewrite the expected lines of story tests; read the diff afterwards
	go test $(addprefix ./,$(shell grep -rl --include='*_test.go' '"parley/internal/story"$$' internal | xargs -r dirname | sort -u)) -update
	cd web && npm run test -- --update

.PHONY: clean
clean: ## remove what was built; installed tools and node_modules stay
	rm -rf $(BIN) bin/caller .cache internal/sounds/built/*.wav internal/sounds/built/*.zip web/dist/* web/test-results web/playwright-report
