# `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REFERENCE := build/reference/.ready

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --editable ".[torch,keras,jax,train,hub,dev]"
	@touch $@

$(REFERENCE): tests/official/requirements.txt $(READY)
	$(BIN)/python -m pip install --quiet --no-deps --upgrade --target build/reference -r $<
	@touch $@

.PHONY: setup
setup: $(READY) ## create .venv with everything that development needs

.PHONY: demo
demo: $(READY) ## check, summarise, generate and verify shipped networks
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/demo.sh

.PHONY: format
format: $(READY) ## format the sources
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: check
check: $(READY) ## format, lint, types and import contract; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: test
test: check $(REFERENCE) ## everything that CI runs
	$(BIN)/pytest -n 2 --dist loadfile

.PHONY: full
full: $(READY) ## verify all shipped specs at their own sizes (long)
	$(BIN)/python -m pytest -m full -n 1

.PHONY: trained
trained: $(READY) ## train on several devices, in several processes and on JAX (minutes)
	$(BIN)/python -m pytest -m trained -n 1

.PHONY: faults
faults: $(READY) ## plant faults in generated code and print what verify says of each
	$(BIN)/python tests/faults/catch.py

.PHONY: official
official: $(REFERENCE) ## compare every official model with its generated code (an hour)
	$(BIN)/python tests/official/compare.py

.PHONY: agreement
agreement: $(READY) ## draw 2,000 networks for both back ends and 2,000 mistakes (an hour)
	$(BIN)/python -m archspec.testing --networks 2000 --mistakes 2000 --seed 0

.PHONY: fuzz
fuzz: $(READY) ## check 100,000 hostile texts: no traceback, none over a second, 500 MB
	$(BIN)/python tests/fuzz/campaign.py --count 100000 --seed 0

.PHONY: trajectories
trajectories: $(READY) ## train alike with every optimizer, schedule and weight decay (minutes)
	$(BIN)/python tests/training/table.py

.PHONY: docs
docs: $(READY) ## write the generated pages and the generated parts of the README
	$(BIN)/python docs/generate.py

.PHONY: bench
bench: $(REFERENCE) ## print the benchmarks' ratios
	PYTHONPATH=build/reference $(BIN)/python benchmarks/run.py

.PHONY: clean
clean: ## remove what was built
	rm -rf $(VENV) dist demo_output
