# Two commands matter: `make run` shows Maillage at work, `make test` proves that it holds.
PYTHON ?= $(firstword $(foreach name,python3.11 python3,$(if $(shell command -v $(name)),$(name))))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MIRROR ?= $(or $(MAILLAGE_MIRROR),$(wildcard ../shared/mirror))
OUT ?= demo
WORKSPACE ?= $(MAILLAGE_DATABASE)

STORES := $(addprefix tests/storage/test_,work_store.py identity.py journal.py needs.py \
	real_territory.py two_programs.py killed.py)

export MAILLAGE_MIRROR := $(MIRROR)

WORKSPACE_OPTION = $(if $(filter-out postgres%,$(WORKSPACE)),--workspace $(WORKSPACE))

.PHONY: run serve demo test test-full check setup setup-dev bench lock snapshots pictures locale clean help

help:            ## say what can be made
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

setup: $(VENV)/.run-ready           ## make .venv with what running needs
setup-dev: $(VENV)/.dev-ready       ## add what testing needs

$(BIN)/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Il faut Python 3.11 ou plus récent (make PYTHON=/chemin/vers/python3.12 …)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installation de l'environnement (.venv)…"
	$(PIP) install --require-hashes --no-deps -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-ready: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installation de l'environnement de développement (.venv)…"
	$(PIP) install --require-hashes --no-deps -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run-ready

run: demo        ## build the demo, say where its report is, then serve its site until Ctrl-C
	$(BIN)/maillage serve --demo $(OUT)

serve: setup     ## serve a real instance: site, worker, schedule (WORKSPACE=…, MAILLAGE_… settings)
	$(BIN)/maillage serve --public $(WORKSPACE_OPTION) $(if $(PORT),--port $(PORT))

demo: setup      ## build the demo territory, diagnose it, say where the report is
	$(BIN)/maillage demo --out $(OUT)

check: setup-dev ## style, types and the contract of the house
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: check      ## everything that must hold, in under ten minutes
	$(BIN)/pytest -n 2 --dist loadfile -m "not full"
	$(BIN)/pytest -n 2 --dist loadfile -m "not full" tests/web

test-full: setup-dev ## the long suites, a real browser among them
	$(BIN)/pytest -n 2 -m full
	$(BIN)/pytest -n 2 --dist loadfile -m full tests/web
	$(BIN)/python -m tests.on_postgresql tests/web -n 2 --dist loadfile -m "not full"
	$(BIN)/python -m tests.on_postgresql $(STORES) -n 2 --dist loadfile -m "not sqlite"

bench: setup-dev ## time and memory, on the mirror
	$(BIN)/python -m bench.run

snapshots: setup-dev ## rewrite the snapshots, to be read as a diff
	$(BIN)/pytest -n 2 -m "not full" --snapshot-update

lock:            ## remake the hashed requirement files (needs uv)
	uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build --extra pdf --extra linking --extra exports --extra access --extra siting --extra rounds --extra survey --extra ties --extra site --extra postgresql --extra cafein --extra dev -o requirements/dev.txt
	uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build --extra pdf --extra linking --extra exports --extra access --extra siting --extra rounds --extra survey --extra ties --extra site -c requirements/dev.txt -o requirements/run.txt

pictures: setup-dev ## take again the pictures of the guide, in Chromium
	$(BIN)/python -m tests.web.pictures

locale: setup-dev ## compile the translations
	$(BIN)/pybabel -q compile -d src/maillage/locale -D messages

clean:           ## remove what make made
	rm -rf $(VENV) $(OUT) build *.egg-info
