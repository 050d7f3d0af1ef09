# A front to tests/tasks.py, which sets itself up in .venv and does all the work; all that is left to do here is to find a Python for it.
# Where there is no make: python -m tests.tasks

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$p; break; }; done)
TASKS := help demo test lint bench docs page dist vsix playground e2e e2e-editors pictures clean

.PHONY: $(TASKS)
$(TASKS):
	@test -n "$(PYTHON)" || { echo "Python 3.10 or newer is needed and was not found; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m tests.tasks $@
