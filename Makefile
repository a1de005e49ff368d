# Every target sets up what it needs, and nothing is done twice.
.PHONY: setup run test check bench soak

PORT ?= 8000
PYTHON = .venv/bin/python
PO = $(wildcard locales/*/LC_MESSAGES/messages.po)

setup: .venv/.ready .venv/.languages
	@sh portal/setup/system.sh

.venv/.ready: requirements.lock pyproject.toml portal/setup/python.sh
	@sh portal/setup/python.sh
	@touch $@

.venv/.languages: .venv/.ready locales/messages.pot $(PO)
	@$(PYTHON) -m portal.setup.languages compile
	@touch $@

run: setup
	@PORT=$(PORT) COPLAN_MODE=demo .venv/bin/coplan run

test: setup
	@$(PYTHON) -m pytest -q

check: setup
	@.venv/bin/ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo --no-timing
	@$(PYTHON) -m portal.setup.languages check
	@$(PYTHON) -m pytest -q --no-header tests/house/test_templates.py

bench: setup
	@.venv/bin/coplan bench

soak: setup
	@.venv/bin/coplan bench --soak
