# Set-up, checks, benchmarks. Stamp files in .venv and fonts say what is done; a changed lock file undoes them.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help brief fonts test check accept bench lock clean tools node format lint types tests

PY := .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --require-hashes --requirement
PARTNER ?= LU
AS_OF ?= 2025-10-20
LANGUAGES ?= en,ru,kk,fr
FORMATS ?= docx,pdf

help: ## what there is to make
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

brief: .venv/.ready fonts/.ready ## a brief; make brief PARTNER=DE LANGUAGES=en FORMATS=pdf AS_OF=2025-10-20
	$(PY) generate.py brief $(PARTNER) --as-of $(AS_OF) --lang $(LANGUAGES) --format $(FORMATS)

fonts: fonts/.ready ## the font files, made from the installed font packages

test: .venv/.test fonts/.ready tools node ## everything; with CI=true exhaustively
	@$(MAKE) --keep-going --no-print-directory format lint types tests

check: .venv/.test fonts/.ready ## what must pass before a merge: format, lint, types, tests that need no other program
	@QUICK=true $(MAKE) --keep-going --no-print-directory format lint types tests

accept: .venv/.test fonts/.ready ## rewrite the golden texts; then read the diff
	$(PY) -m pytest -q tests/test_briefs.py --accept
	git diff --stat -- tests/golden

bench: .venv/.bench fonts/.ready ## our times beside those of the peers
	$(PY) -m tests.bench

lock: build/lock/.ready ## resolve pyproject.toml anew into the lock files
	@$(lock_group) project | $(COMPILE) -o requirements.txt -
	@$(lock_group) project test | $(COMPILE) -c requirements.txt -o requirements-test.txt -
	@$(lock_group) bench | $(COMPILE) -c requirements-test.txt -o requirements-bench.txt -

clean: ## remove what was made here: environment, fonts, builds
	rm -rf .venv build fonts/.ready fonts/*.ttf tests/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

# ---------------------------------------------------------------- the four checks

format:
	$(PY) -m ruff format --check .

lint:
	$(PY) -m ruff check .

types:
	$(PY) -m mypy

tests:
	$(PY) -m pytest -q -rs --numprocesses auto --dist loadfile

# ---------------------------------------------------------------- set-up

# The first interpreter that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make an environment: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv

.venv/.ready: requirements.txt | .venv/bin/pip
	$(INSTALL) requirements.txt
	@touch $@

.venv/.test: requirements-test.txt .venv/.ready
	$(INSTALL) requirements-test.txt
	@touch $@

.venv/.bench: requirements-bench.txt .venv/.test
	$(INSTALL) requirements-bench.txt
	@touch $@

fonts/.ready: fonts/fonts.toml reports/house/cut_fonts.py .venv/.ready
	$(PY) -m reports.house.cut_fonts fonts
	@touch $@

# Programs that only tests need, as program:package. A build server that is root gets what it lacks; elsewhere the
# tests that need a missing program are skipped and say so.
TOOLS := soffice:libreoffice-writer-nogui pdftotext:poppler-utils qpdf:qpdf \
	fc-list:fontconfig node:nodejs npm:npm javac:default-jdk-headless msgfmt:gettext

tools:
	@missing=; for tool in $(TOOLS); do command -v $${tool%%:*} >/dev/null || missing+=" $${tool##*:}"; done; \
	office=$$(readlink -f "$$(command -v soffice || echo /)"); \
	test -e "$${office%/*}/libsclo.so" || missing+=" libreoffice-calc-nogui"; \
	test -z "$$missing" && exit; \
	if [ "$$CI" = true ] && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	else echo "tests that need them are skipped: apt-get install$$missing" >&2; fi

node:
	@if ! command -v npm >/dev/null; then echo "no npm: nothing judges the pages, nor the Open XML SDK the Word files" >&2; \
	elif [ tests/package-lock.json -nt tests/node_modules/.ready ]; then \
		cd tests && npm ci --ignore-scripts --silent --no-audit --no-fund && touch node_modules/.ready; fi

# ---------------------------------------------------------------- lock files

# The settings of pip on the machine that locks (mirrors, constraints) must not show in the files.
PIP_TOOLS := 7.6.2
COMPILE = PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
define lock_group
$(PY) -c 'import sys, tomllib; read = tomllib.load(open("pyproject.toml", "rb")); \
groups = {"project": read["project"]["dependencies"], **read["dependency-groups"]}; \
print(*(line for name in sys.argv[1:] for line in groups[name]), sep="\n")'
endef

build/lock/.ready: Makefile | .venv/bin/pip
	$(PY) -m venv build/lock
	build/lock/bin/pip install --quiet pip-tools==$(PIP_TOOLS)
	@touch $@
