# Kastje: every target is listed by `make help`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
CLAIMS ?= results/claims
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# uv gives one answer for every platform and Python from 3.12 on, with hashes; pip's own resolver only for this machine.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.12 --generate-hashes --upgrade \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links --extra build

# Two programs in two languages: Python by ruff, the browser's part by prettier.
PRETTIER := node node_modules/prettier/bin/prettier.cjs --log-level warn
BROWSER := "dashboard/**/*.{vue,css,js}"

.PHONY: help setup setup-test chromium dashboard test check format bench docs site findings verify screens pace accessibility baseline version constraints clean

help: ## Show the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: .venv/.installed ## Make the virtual environment .venv and install what running needs

setup-test: .venv/.installed-test ## The same with what the tests and checks need

dashboard: setup ## Start the dashboard on the default scenario (ARGS="--port 9000 --no-open" for more)
	@$(BIN)/kastje dashboard $(ARGS)

test: setup-test chromium ## Install what the tests need, Chromium included, and run them all
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup-test node_modules/.installed ## Style, format, types and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(PRETTIER) --check $(BROWSER)
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_rooms.py

format: setup-test node_modules/.installed ## Write Python, Vue and CSS the way `make check` wants them
	@$(BIN)/ruff format --quiet .
	@$(PRETTIER) --write $(BROWSER)

bench: setup-test ## Measure the engine beside its peers in one run; the figures also go to benchmarks/latest.json
	@$(BIN)/kastje bench --out benchmarks/latest.json $(ARGS)

docs: setup ## Renew what documents have from the code: lists and tables of it, figures in validation.md
	@$(BIN)/python -m kastje.evidence.documents

# From a copy, since notebooks leave results beside themselves; those of an earlier model would be refused.
site: setup-test ## Build the documents as one searchable site in build/site, notebooks carried out (minutes); no internet needed
	@rm -rf build/site build/site-docs && mkdir -p build && cp -R docs build/site-docs && rm -rf build/site-docs/notebooks/results
	@KASTJE_DOCS=build/site-docs KASTJE_EXECUTE=true NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build
	@echo "build/site/index.html"

findings: setup ## Test every claim and renew docs/findings.md (LESSONS, ROADMAPS, SENSITIVITIES="DIR .." add studies)
	@$(BIN)/kastje claims --out $(CLAIMS) $(ARGS)
	@$(BIN)/python -m kastje.evidence.documents.findings --claims $(CLAIMS) $(addprefix --lessons ,$(LESSONS)) $(addprefix --roadmaps ,$(ROADMAPS)) \
		$(addprefix --sensitivities ,$(SENSITIVITIES))

verify: setup-test ## Hold the model against theory, another code and relations; renews docs/verification.md
	@$(BIN)/python -m kastje.evidence.verification $(ARGS)

screens: setup-test chromium ## Take the pictures in docs/screens: every page, both languages, desk and phone, light and dark
	@$(BIN)/python -m kastje.evidence.pages.screens --out docs/screens $(ARGS)

pace: setup-test chromium ## Measure how long visitors wait, alone and in a room of 30; renews docs/pace.md
	@$(BIN)/python -m kastje.evidence.pages.pace_report --out docs/pace.md $(ARGS)

accessibility: setup-test chromium ## Run axe on every page; renews docs/accessibility.md
	@$(BIN)/python -m kastje.evidence.pages.accessibility_report --out docs/accessibility.md $(ARGS)

baseline: setup ## Write down anew what runs yield, when a rule or figure was changed on purpose (tests/model/baseline.json)
	@$(BIN)/python tests/model/baseline.py

version: setup ## Make the present model a release: its version and hash in every place that tells them (VERSION=1.0.0 names it)
	@$(BIN)/python -m kastje.evidence.documents.release $(VERSION)

constraints: setup ## Renew the exact versions in constraints.txt, constraints-test.txt and package-lock.json
	@$(PIP) uv
	@$(COMPILE) --output-file constraints.txt
	@$(COMPILE) --extra test --constraint constraints.txt --output-file constraints-test.txt
	@npm install prettier@3 --save-dev --save-exact --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## Remove the virtual environment and everything that was built
	rm -rf .venv node_modules build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find agents model experiments evidence dashboard commands tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The project itself goes in without hashes: pip has none for a folder.
.venv/.installed: pyproject.toml constraints.txt model/releases.toml
	@python=$$(bash .ci/python) && echo "Setting up .venv with $$("$$python" --version)" && "$$python" -m venv .venv
	@$(PIP) --require-hashes --requirement constraints.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-test: .venv/.installed constraints-test.txt
	@$(PIP) --require-hashes --requirement constraints-test.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	@bash .ci/prettier
	@touch $@

chromium:
	@bash .ci/chromium
