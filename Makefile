# What a fresh clone needs is python3 (3.11 or later) and make; everything else is put into .venv.

PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 2

PY := $(VENV)/bin/python
PACKAGES := sim agents scenarios experiments
# Wheels only: nobody who wants to see a campaign should need a compiler first. Python compiles a
# module when it is first imported, and of most packages few are: pip spends half its time on all.
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet --no-compile
LOCKED := $(PIP) --require-hashes --no-deps --only-binary :all: --requirement

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test test-slow fuzz invariants kills mutants coverage check format docs bench wheel \
  lock sbom audit clean

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/ready  ## set up, run a campaign, draw its picture, say what happened
	$(VENV)/bin/wom demo

serve: $(VENV)/ready  ## a campaign in the browser while it spreads
	$(VENV)/bin/wom serve --seed 7  # the luck of the demo

test: $(VENV)/ready-to-test  ## every test but the slow ones
	$(PY) -m pytest -m "not slow" -n $(WORKERS) --dist loadfile

test-slow: $(VENV)/ready-to-test  ## the slow tests
	$(PY) -m pytest -m slow -n $(WORKERS) --dist loadfile || [ $$? = 5 ]  # 5: there is none

CASES ?= 10000
SEED ?=
fuzz: $(VENV)/ready-to-test  ## ten thousand hostile files, settings, folders and requests; CASES=, SEED=
	$(PY) -m tests.fuzz --cases $(CASES) $(if $(SEED),--seed $(SEED))

N ?= 500
invariants: $(VENV)/ready-to-test  ## what holds in every campaign, asked of 500 generated ones; N=, SEED=
	$(PY) -m tests.invariants --cases $(N) $(if $(SEED),--seed $(SEED))

KILLS ?= 1000
kills: $(VENV)/ready-to-test  ## commands are ended at any moment, a thousand times; KILLS=, SEED=
	$(PY) -m tests.faults --kills $(KILLS) $(if $(SEED),--seed $(SEED))

ONLY ?=
mutants: $(VENV)/ready-to-test  ## bugs planted into a copy, each to be found by a named test; ONLY=
	$(PY) -m tests.mutants $(if $(ONLY),--only "$(ONLY)")

coverage: $(VENV)/ready-to-test  ## branches that tests take, those of kernels with compilation off
	$(PY) -m tests.branches --workers $(WORKERS)

check: $(VENV)/ready-to-test $(VENV)/view  ## ruff, mypy, import-linter
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	MYPYPATH=$(VENV)/view $(VENV)/bin/mypy -p wordofmouth
	PYTHONPATH=$(VENV)/view $(VENV)/bin/lint-imports --no-logo

format: $(VENV)/ready-to-test  ## let ruff repair what it can
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

docs: $(VENV)/ready-to-test  ## the documentation, in docs/_build/html; notebooks are executed
	$(PY) -m sphinx -W --keep-going -n -q -b html docs docs/_build/html
	@echo "open docs/_build/html/index.html"

bench: $(VENV)/ready-to-bench  ## the table of speeds against other simulators
	$(PY) -m benchmarks

wheel: $(VENV)/ready  ## a wheel with compiled kernels for this kind of machine, in dist
	$(VENV)/bin/wom compile --ship
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || date +%s) \
	  $(PY) -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# uv resolves for all Pythons and platforms at once; pip, which installs, needs no uv. setuptools is
# locked too, because the project is built without isolation and without the network.
COMPILE := $(VENV)/bin/uv pip compile pyproject.toml - --quiet --universal --python-version 3.11 \
  --generate-hashes --no-annotate --custom-compile-command "make lock"
# What the live page needs is in the first file too, so that `make serve` has it. Mesa's own page, from
# Python 3.12 on, asks for an older starlette.
WANTED := setuptools>=77\nstarlette<1; python_version >= "3.12"\n
# With UPGRADE= what is locked stays, and the files come out as they are.
UPGRADE ?= --upgrade
lock: $(VENV)/made  ## renew the lock files
	$(PIP) uv
	printf '$(WANTED)' | $(COMPILE) $(UPGRADE) --only-binary :all: --extra live --output-file requirements.lock
	printf '$(WANTED)' | $(COMPILE) $(UPGRADE) --only-binary :all: --extra test --extra check --extra cluster --extra sensitivity --extra optimise \
	  --extra viz --extra live --extra docs --extra mesa-page --constraint requirements.lock \
	  --output-file requirements-dev.lock
	echo 'setuptools>=77' | $(COMPILE) $(UPGRADE) --extra bench \
	  --constraint requirements.lock --output-file requirements-bench.lock

# Tools that look at the package from outside have an environment of their own.
$(VENV)-tools/made:
	$(PYTHON) -m venv --clear $(VENV)-tools
	$(VENV)-tools/bin/python -m pip --disable-pip-version-check install --quiet cyclonedx-bom pip-audit
	@touch $@

sbom: $(VENV)-tools/made  ## what the package brings along, as CycloneDX, in dist/sbom.json
	@mkdir -p dist
	$(VENV)-tools/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
	  --output-reproducible --of JSON --output-file dist/sbom.json

audit: $(VENV)-tools/made  ## known advisories about what is locked; fails where nobody can be asked
	for file in requirements.lock requirements-dev.lock; do \
	  $(VENV)-tools/bin/pip-audit --requirement $$file --require-hashes --disable-pip --strict || exit 1; done

clean:  ## remove .venv and everything that was made
	rm -rf docs/_build docs/generated docs/notebooks sim/compiled
	rm -rf $(VENV) $(VENV)-tools build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is written last, so that what was interrupted is done again.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
	  "wordofmouth needs Python 3.11 or later and $(PYTHON) is $$($(PYTHON) --version 2>&1 || true): name another, as in 'make demo PYTHON=python3.12'." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/ready: $(VENV)/made requirements.lock pyproject.toml
	$(LOCKED) requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready requirements-dev.lock
	$(LOCKED) requirements-dev.lock
	@touch $@

# The peers of the bench are few enough to be built where they ship no wheel.
$(VENV)/ready-to-bench: $(VENV)/ready requirements-bench.lock
	$(PIP) --require-hashes --no-deps --requirement requirements-bench.lock
	@touch $@

# mypy and import-linter look for a folder called wordofmouth. The checkout may have any name, and
# a walk through its root would also meet .venv and tests; this folder has the name and the packages.
$(VENV)/view: $(VENV)/made
	@rm -rf $@ && mkdir -p $@/wordofmouth
	@for part in __init__.py py.typed $(PACKAGES); do ln -s "$(CURDIR)/$$part" $@/wordofmouth/$$part; done
