# Bedside. `make help` prints the commands.

GO       ?= go
TEST     ?=
BENCH    ?= .
FUZZTIME ?= 10s

# The race detector needs a C compiler; without one the tests run all the same.
RACE := $(shell [ "$$($(GO) env CGO_ENABLED)" = 1 ] && command -v "$$($(GO) env CC)" >/dev/null 2>&1 && echo -race)

BROWSER := ./web/e2e/... ./trueconf/standin/...

.DEFAULT_GOAL := help
.PHONY: help run build test e2e bench lint gen check types fuzz

help: ## print this
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## a whole clinic to try out: website, console and a stand-in TrueConf Server
	@$(GO) run ./cmd/bedside demo

build: ## the program, in bin/bedside
	$(GO) build -trimpath -o bin/bedside ./cmd/bedside

test: ## all tests that need Go alone, with the race detector where there is a C compiler
	@$(GO) test $(RACE) -timeout 15m $(TEST) ./...

e2e: ## the tests in real browsers; wants chromium
	@$(GO) test -tags browser -count=1 -timeout 20m $(TEST) $(BROWSER)

bench: ## the benchmarks of docs/benchmarks.md (BENCH picks some of them)
	@$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 30m ./...

lint: ## formatting, go vet and staticcheck
	@unformatted=$$(gofmt -l *.go .ci bot cmd flows store trueconf web); [ -z "$$unformatted" ] || { echo "gofmt: $$unformatted"; exit 1; }
	@$(GO) vet -tags browser ./...
	@$(GO) tool -modfile=.tools/staticcheck.mod staticcheck -tags browser ./...

types: ## the type check of the browser code; wants node
	@[ -x .tools/node_modules/.bin/tsc ] || npm ci --no-audit --no-fund --prefix .tools
	@.tools/node_modules/.bin/tsc -p web/ui

gen: ## everything that is generated: bundles, types of the wire, schemas
	$(GO) generate ./...

fuzz: ## each fuzz test for FUZZTIME
	@$(GO) list -f '{{.Dir}}' ./... | while read -r dir; do \
	  grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$$dir"/*_test.go 2>/dev/null | sed 's/func //' | sort -u | while read -r f; do \
	    (cd "$$dir" && $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5s .) || exit 1; \
	  done || exit 1; \
	done

check: ## what .ci/run checks, on a machine that has everything
	@.ci/run
