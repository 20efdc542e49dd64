# `make run` and `make test` do all the set-up themselves; they need Python 3.11 or later, git and make.

HOST ?= 127.0.0.1
PORT ?= 8501
# true: open no browser
HEADLESS ?= true
PYTHON ?= python3
# Passed on: make gate ARGS=--pin, make bench ARGS='articles.jsonl.gz --limit 50'
ARGS ?=

UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
PY := .venv/bin/python
NOSTRUM := .venv/bin/nostrum
READY := .venv/.ready
SAMPLES := $(wildcard pipeline/dashboard/samples/*.html pipeline/dashboard/samples/*.md)

export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help setup run test unit measured mutants notebooks lint format types browser gate errors bench pairs train calibrate clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1: /p' Makefile

setup: $(READY) ## Install everything into .venv, locked and compiled

# Compiled, for a first `nostrum check` in 3 s instead of 7.
$(READY): pyproject.toml uv.lock | $(UV)
	$(UV) sync --quiet --locked --compile-bytecode
	@touch $@

.uv/bin/uv:
	@echo "Installing uv into .uv"
	@{ $(PYTHON) -m venv .uv && .uv/bin/python -m pip install --quiet uv; } \
	|| { rm -rf .uv && $(PYTHON) -m pip install --quiet --target .uv uv; } \
	|| { rm -rf .uv; echo "uv cannot be installed: install python3-venv, or uv itself, and try again"; exit 1; }

run: setup ## Check the sample articles, then serve the dashboard: HOST, PORT, HEADLESS=false
	@$(NOSTRUM) check $(SAMPLES) || [ $$? -eq 1 ]
	@echo
	@$(NOSTRUM) dashboard --host $(HOST) --port $(PORT) $(if $(filter false 0 no,$(HEADLESS)),--no-headless,--headless)

# The browser has the machine to itself; then what needs minutes runs in two lanes, each next where one ends.
test: setup lint types browser ## Run every check: style, types, tests, notebooks, quality gate
	$(PY) -m pytest tests/browser
	@$(MAKE) --no-print-directory -j2 measured unit mutants notebooks

unit: setup
	$(PY) -m pytest --ignore tests/browser -m "not long"

measured: setup
	$(PY) -m tests.gate

mutants: setup
	$(PY) -m pytest -m long tests/test_mutation.py

notebooks: setup
	$(PY) -m pytest --nbmake --timeout 600 notebooks

lint: setup ## Check the style
	$(PY) -m ruff check .

format: setup ## Lay the code out
	$(PY) -m ruff format .

types: setup ## Check the types
	$(PY) -m mypy

# Debian's Chromium, or Playwright's own; root may also install the libraries that it needs.
browser: setup
	@if [ -x /usr/bin/chromium ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then $(PY) -m playwright install --with-deps chromium && exit 0; fi; \
	$(PY) -m playwright install chromium

gate: setup ## Compare the measured quality with the pinned floors; ARGS=--pin pins them
	$(PY) -m tests.gate $(ARGS)

errors: setup ## Print the worst errors of reading by kind: ARGS='--kind voice --most 20'
	$(PY) -m tests.gate.errors $(ARGS)

bench: setup ## Measure speed and memory against the plain way
	$(PY) -m tests.bench $(ARGS)

pairs: setup ## Take down anew what the evidence table speaks of; train afterwards
	$(PY) -m claims.known

train: setup ## Train the models on the labelled passages
	$(PY) -m models.train

calibrate: setup ## Measure the confidence bands on topics left out
	$(PY) -m pipeline.calibrate

clean: ## Remove what can be made again, but for .venv
	rm -rf build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis tests/output
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
