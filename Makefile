# The commands of the house. Each calls a small script that also runs on its own.
#
#   make deps    make build    make demo    make serve    make test    make bench    make check

.PHONY: help deps deps-test build demo serve test test-long bench check format clean

help:
	@echo "make deps       install what building and running needs (apt, npm)"
	@echo "make build      build the program: build/mimus"
	@echo "make demo       build, then walk through the External API from clone to zip"
	@echo "make serve      build, then serve on 127.0.0.1:8080 with its data in ./data"
	@echo "make test       install the test tools, build, run every test"
	@echo "make test-long  the tests that take hours: threads, fuzzers, faults"
	@echo "make bench      measure against a hard-coded program (prints, never fails on time)"
	@echo "make check      formatting, static analysis, layering"
	@echo "make format     format the sources"
	@echo "make clean      remove the build folders"

deps:
	@scripts/deps

deps-test: deps
	@scripts/deps --test

build:
	@scripts/build

demo: deps build
	@scripts/demo.sh

serve: build
	@scripts/serve

test: deps-test
	@scripts/test

test-long: deps-test
	@scripts/test-long

bench: build
	@scripts/bench

check:
	@scripts/check

format:
	@scripts/check --format

clean:
	rm -rf build build-*
