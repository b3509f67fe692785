# Livingproof: `make` alone lists what there is.
PY := .venv/bin/python
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help fuzz setup demo serve doctor test test-all unit check lint types imports corpus format model evaluate lock clean bench help

##@ Use it
demo: $(READY) ## read six suppliers' bundles end to end and print the verdicts (KEEP=1 leaves the service running)
	$(PY) -m corpora.demo $(if $(KEEP),--keep)

serve: $(READY) ## start the service on this machine: web page, API, workers, queue, database, index
	.venv/bin/livingproof serve

doctor: $(READY) ## what is installed, reachable, and what to do about the rest
	.venv/bin/livingproof doctor

##@ Work on it
setup: $(READY) ## create the environment in .venv from the lock file

test: $(READY) ## all tests but the slow ones: unit, integration, end to end
	$(PY) -m pytest -m "not slow"

test-all: $(READY) ## every test, the slow ones too
	$(PY) -m pytest

unit: $(READY) ## the quick tests alone
	$(PY) -m pytest tests/unit -m "not slow"

fuzz: $(READY) ## spoil files of our own and read them, TIME seconds (60) for each kind
	nice -n 10 $(PY) -m tests.fuzz --seconds $(or $(TIME),60) $(TARGETS)

check: lint types imports corpus unit ## lint, types, import rules, corpus rules, quick tests

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: $(READY)
	.venv/bin/mypy

imports: $(READY)
	.venv/bin/lint-imports

corpus: $(READY)
	$(PY) -m corpora.validate

format: $(READY) ## put the code into shape
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

##@ The classifier and the figures
model: $(READY) ## train the classifier from corpora/ (37 minutes on two cores that do nothing else; docs/decisions/0041)
	OMP_WAIT_POLICY=PASSIVE $(PY) -m corpora.train

evaluate: $(READY) ## the shipped classifier on the corpus split that nobody trains on
	$(PY) -m corpora.train --evaluate

bench: $(READY) ## list the benchmarks; each prints one table of the README or docs
	@grep -l '^if __name__' benchmarks/*.py benchmarks/reporting/*.py | sed 's|/|.|g; s|\(.*\)\.py|  python -m \1|'

##@ Housekeeping
lock: ## write the lock files anew from pyproject.toml
	scripts/lock

clean: ## remove caches and the environment; data folders stay
	rm -rf .venv .cache build *.egg-info .pytest_cache .mypy_cache .ruff_cache

$(READY): requirements.lock pyproject.toml scripts/setup
	@scripts/setup

help:
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*##/ {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST); echo
