PERIOD ?= 2026-H1
# One more than there are cores: a test waits for the processes that it starts.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
export PERIOD PYTHON
# A build starts a dozen processes: each would compile the package anew.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

# A stamp carries the sum of what it was made from; the folder counts, because a venv cannot move.
digest = $(subst $() ,-,$(shell $(1) | cksum))
VENV := .venv/.lock-$(call digest,{ pwd -P; cat requirements.lock; })
PACKAGE := .venv/.package-$(call digest,cat pyproject.toml)
LAB := .venv/share/jupyter/lab/settings/overrides.json
PREVIEW := {"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}}, \
	"@jupyterlab/apputils-extension:notification": {"checkForUpdates": false, "fetchNews": "false"}}
PIP = .venv/bin/python -m pip --disable-pip-version-check install -qq

.PHONY: help setup report check audit test lint lab lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile
	@echo "PERIOD=$$PERIOD picks the edition (a file in params/), PYTHON=... the interpreter."

setup: $(PACKAGE)  ## build .venv from requirements.lock

report: setup  ## build the edition of PERIOD into build/
	@.venv/bin/halfyear report "$$PERIOD"

check: setup  ## validate the data and params of PERIOD
	@.venv/bin/halfyear check "$$PERIOD"

audit: setup  ## hold the documents of PERIOD against each other
	@.venv/bin/halfyear audit "$$PERIOD"

test: lint  ## lint, then run the tests and the committed notebooks, and name the ten slowest
	.venv/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder \
		--durations 10

lint: setup  ## check formatting, lint rules and types
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy

lab: setup  ## open JupyterLab on the index of the notebooks
	@mkdir -p $(dir $(LAB)); echo '$(PREVIEW)' > $(LAB)
	@.venv/bin/jupyter trust notebooks/*.ipynb >/dev/null
	.venv/bin/jupyter lab --LabApp.default_url=/lab/tree/notebooks/README.md $(LABFLAGS)

# uv asks the index in UV_DEFAULT_INDEX, else the public one; it does not read the settings of pip.
lock: setup  ## renew requirements.lock from pyproject.toml
	.venv/bin/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
		--fork-strategy fewest --extra dev --extra lab --extra cluster --generate-hashes --no-annotate \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml

clean:  ## remove what was built, keep .venv
	rm -rf build .quarto .doit.db* .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV):
	@set -e; found=; \
	for candidate in $(if $(PYTHON),"$$PYTHON",python3.11 python3); do \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		found=$$candidate; \
		if "$$found" -c 'import ensurepip, venv' 2>/dev/null; then break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "No Python 3.11 or later here. On Debian: apt-get install python3.11-venv" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		package=$$("$$found" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		echo "$$found has no venv. On Debian: apt-get install $$package" >&2; exit 1; \
	fi; \
	echo "Building .venv from requirements.lock: a minute or two, only this once"; \
	"$$found" -m venv --clear .venv; \
	$(PIP) --require-hashes --requirement requirements.lock; \
	touch $@

$(PACKAGE): $(VENV)
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@rm -f .venv/.package-*; touch $@
