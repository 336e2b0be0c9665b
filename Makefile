# Bedside. `make help` prints the commands.

GO       ?= go
TEST     ?=
BENCH    ?= .
FUZZTIME ?= 20000x

# What make dist hands out, for which systems, and the moment that all its files carry.
DIST     ?= dist
TARGETS  ?= linux/amd64 linux/arm64 windows/amd64
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
EPOCH    ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

# The race detector needs a C compiler; without one the tests run all the same.
RACE := $(shell [ "$$($(GO) env CGO_ENABLED)" = 1 ] && command -v "$$($(GO) env CC)" >/dev/null 2>&1 && echo -race)

BROWSER := ./web/e2e/... ./trueconf/standin/...

.DEFAULT_GOAL := help
.PHONY: help run build dist test e2e pictures bench lint gen check types fuzz

help: ## print this
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## a whole clinic to try out: website, console and a stand-in TrueConf Server
	@$(GO) run ./cmd/bedside demo

build: ## the program, in bin/bedside
	$(GO) build -trimpath -o bin/bedside ./cmd/bedside

dist: ## archives for Linux and Windows with checksums, in dist/
	@$(GO) run ./.ci/dist -version "$(VERSION)" -epoch "$(EPOCH)" -out "$(DIST)" -targets "$(TARGETS)"

test: ## all tests that need Go alone, with the race detector where there is a C compiler
	@$(GO) test $(RACE) -timeout 15m $(TEST) ./... ./.ci/dist

e2e: ## the tests in real browsers; wants chromium
	@$(GO) test -tags browser -count=1 -timeout 45m -parallel 2 $(TEST) $(BROWSER)

pictures: ## the pictures of docs/, taken anew; wants chromium, and pngquant to make them small
	@docs/pictures/take

bench: ## the benchmarks of docs/benchmarks.md (BENCH picks some of them)
	@$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 30m ./...

lint: ## formatting, go vet and staticcheck
	@unformatted=$$(gofmt -l *.go .ci bot cmd flows store trueconf web); [ -z "$$unformatted" ] || { echo "gofmt: $$unformatted"; exit 1; }
	@$(GO) vet -tags browser ./... && $(GO) vet ./.ci/count ./.ci/dist && GOOS=windows $(GO) vet ./...
	@$(GO) tool -modfile=.tools/staticcheck.mod staticcheck -tags browser ./...

types: ## the browser code: its types, and that old browsers have what it asks for; wants node
	@[ -x .tools/node_modules/.bin/tsc ] && [ -d .tools/node_modules/typescript-api ] || npm ci --no-audit --no-fund --prefix .tools
	@.tools/node_modules/.bin/tsc -p web/ui
	@node .tools/oldbrowsers/check.mjs

gen: ## everything that is generated: bundles, types of the wire, schemas
	$(GO) generate ./...

fuzz: ## each fuzz test for FUZZTIME (a count: a time ends some runs as failed, by a race of its own deadline)
	@$(GO) list -f '{{.Dir}}' ./... | while read -r dir; do \
	  grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$$dir"/*_test.go 2>/dev/null | sed 's/func //' | sort -u | while read -r f; do \
	    (cd "$$dir" && $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 200x .) || exit 1; \
	  done || exit 1; \
	done

check: ## what .ci/run checks, on a machine that has everything
	@.ci/run
