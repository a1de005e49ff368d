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

# In as many processes as there are processors, at most four; the tests of one file stay together, in the order of
# their folders: the slow ones in the browser are then not the last, when one process alone would be left with them.
test: setup
	@$(PYTHON) -m pytest -q --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

# Every check runs, so that one failure does not hide the next.
check: setup
	@failed=; \
	.venv/bin/ruff check . || failed="$$failed ruff"; \
	.venv/bin/ruff format --check --quiet . || failed="$$failed format"; \
	$(PYTHON) -m mypy || failed="$$failed mypy"; \
	.venv/bin/lint-imports --no-logo || failed="$$failed imports"; \
	$(PYTHON) -m portal.setup.languages check || failed="$$failed languages"; \
	$(PYTHON) -m pytest -q --no-header tests/house/test_templates.py || failed="$$failed templates"; \
	if [ -n "$$failed" ]; then echo "Not in order:$$failed"; exit 1; fi

bench: setup
	@.venv/bin/coplan bench

soak: setup
	@.venv/bin/coplan bench --soak
