# make run     sets up, crawls the examples that are part of the project, searches them, writes a calendar
# make test    sets up and runs all tests
# make cases   how much of known real input the readers get right
# make check   types, style, import rules
# make bench   measures, beside the bare libraries
# make docs    writes the pages of the documentation that are generated
# make gazetteer  builds the packaged list of places (DATE=2026-11-23: as of that day)
# make lock    resolves the dependencies anew

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GAZETTEER := build/gazetteer
DATE ?= $$(date +%F)
EXAMPLES := --config examples/hobnob.toml --data-dir .run

.DEFAULT_GOAL := help
.PHONY: help run test cases check bench docs lock gazetteer clean

help:
	@sed -n 's/^# make /make /p' Makefile

$(BIN)/hobnob: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "hobnob needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(BIN)/hobnob
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(BIN)/hobnob
	$(BIN)/hobnob $(EXAMPLES) crawl
	$(BIN)/hobnob $(EXAMPLES) search --industry technology --near Berlin --within 100km --from 2026-01-01
	$(BIN)/hobnob $(EXAMPLES) feed write berlin --output .run/berlin.ics

test: $(VENV)/.dev
	$(BIN)/python -m pytest

cases: $(VENV)/.dev
	$(BIN)/python -m tests.readers.scoring

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m bench

docs: $(VENV)/.dev
	$(BIN)/python -m cli.documentation

lock: $(VENV)/.dev
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --group pyproject.toml:build pyproject.toml --output-file requirements.lock --upgrade
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --group pyproject.toml:build --group pyproject.toml:dev pyproject.toml --constraint requirements.lock \
	  --output-file requirements-dev.lock --upgrade
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --group pyproject.toml:build --extra elasticsearch --extra postgresql pyproject.toml \
	  --constraint requirements-dev.lock --output-file requirements-server.lock --upgrade

gazetteer:
	$(PYTHON) -m venv $(GAZETTEER)
	$(GAZETTEER)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(GAZETTEER)/bin/python -m pip install --quiet --disable-pip-version-check -r scripts/gazetteer-requirements.txt
	PYTHONPATH=. $(GAZETTEER)/bin/python scripts/build_gazetteer.py $(DATE)

clean:
	rm -rf $(VENV) .run build dist *.egg-info
