PERIOD ?= 2026-H1
JOBS ?= 2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
unexport PYTHONPATH PYTHONHOME

digest = $(shell $(1) | sha256sum | cut -c 1-16)
# Each stamp carries the hash of what it was made from; the folder counts because a venv cannot move.
VENV := .venv/.lock-$(call digest,{ pwd -P; cat requirements.lock; })
PACKAGE := .venv/.package-$(call digest,cat pyproject.toml)

.PHONY: help setup report check audit test lint lab lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile
	@echo "PERIOD=$(PERIOD) (one that has a file in params/); PYTHON=/path/to/python3.11 picks the interpreter"

setup: $(PACKAGE)  ## build .venv from requirements.lock

report: setup  ## build the edition of PERIOD into build/
	@.venv/bin/halfyear report "$(PERIOD)"

check: setup  ## validate data and params of PERIOD
	@.venv/bin/halfyear check "$(PERIOD)"

audit: setup  ## hold the documents of PERIOD against each other
	@.venv/bin/halfyear audit "$(PERIOD)"

test: lint  ## lint, then every test and the committed notebooks
	.venv/bin/python -m pytest -n $(JOBS) --dist loadfile

lint: setup  ## formatting, lint rules and types
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy

lab: setup  ## open the notebooks in JupyterLab
	.venv/bin/jupyter lab notebooks

lock: setup  ## renew requirements.lock from pyproject.toml
	.venv/bin/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
		--fork-strategy fewest --extra dev --generate-hashes --no-annotate \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml

clean:  ## remove what was built; .venv stays
	rm -rf build .quarto .doit.db* .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV):
	@set -e; found=; \
	for candidate in $(if $(PYTHON),"$(PYTHON)",python3.11 python3); do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or later was not found. On Debian or Ubuntu: apt-get install python3.11-venv" >&2; \
		exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		package=$$("$$found" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install $$package" >&2; \
		exit 1; \
	fi; \
	echo "Building .venv from requirements.lock (one to three minutes, once)"; \
	"$$found" -m venv --clear .venv; \
	.venv/bin/python -m pip --disable-pip-version-check install -qq --require-hashes \
		--requirement requirements.lock; \
	touch $@

$(PACKAGE): $(VENV)
	@.venv/bin/python -m pip --disable-pip-version-check install -qq --no-deps \
		--no-build-isolation --no-index --editable .
	@rm -f .venv/.package-*
	@touch $@
