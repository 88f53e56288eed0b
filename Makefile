# Everything here needs only Python 3.11 to 3.13, make and a package index.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif

.PHONY: demo warm test bounds lint docs bench wheelhouse install install-dev clean

demo: install  ## Make the synthetic world, run everything, print leads and scorecard, open the desk in the browser.
	$(BIN)/felinar demo

warm: install  ## Compile the fast readers, once (about two minutes); piles of 8,000 adverts and more are read with them.
	$(BIN)/felinar doctor --warm

# The tests need compiled kernels: a process makes them while others check what needs none, and ends with this command.
test: install-dev  ## Lint, types, import contracts and all tests.
	@$(BIN)/felinar doctor --warm >/dev/null 2>&1 & warming=$$!; trap 'kill $$warming 2>/dev/null || true' EXIT; set -ex; \
	$(BIN)/ruff check .; \
	$(BIN)/ruff format --check .; \
	$(BIN)/mypy; \
	$(BIN)/lint-imports --no-logo; \
	$(BIN)/python -m pytest -n auto --dist worksteal

bounds: install-dev  ## All tests with every index of a compiled kernel checked (half an hour); one outside its array fails.
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest -n auto --dist worksteal

lint: install-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: install-dev  ## Build the documentation; a warning is an error.
	$(BIN)/python -m pip install -q -r requirements/docs.txt
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build

bench: install-dev  ## Measure beside the rivals; results in benchmarks/results.
	$(BIN)/python -m pip install -q -r requirements/bench.txt
	$(BIN)/python -m benchmarks

wheelhouse: install  ## All wheels in one folder, for a machine without a network.
	$(BIN)/python -m pip download -q -r requirements/core.txt -r requirements/pictures.txt -r requirements/desk.txt -d wheelhouse
	$(BIN)/python -m pip wheel -q --no-deps -w wheelhouse .

install: $(VENV)/core
install-dev: $(VENV)/dev

$(VENV)/core: requirements/core.txt requirements/pictures.txt requirements/desk.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) and 'Felinar needs Python 3.11 to 3.13: make PYTHON=python3.12 …')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -r requirements/core.txt -r requirements/pictures.txt -r requirements/desk.txt
	$(BIN)/python -m pip install -q --no-deps -e .
	touch $@

$(VENV)/dev: $(VENV)/core requirements/dev.txt
	$(BIN)/python -m pip install -q -r requirements/dev.txt
	touch $@

clean:
	rm -rf $(VENV) docs/_build wheelhouse
