# Everything here sets itself up in .venv; nothing else needs to be installed but Python 3.10 or newer, git and make.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench docs dist vsix e2e e2e-editors pictures clean

help: ## Show what there is
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.10 or newer is needed and was not found; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is needed (on Debian and Ubuntu: the package python3-venv)"; exit 1; }
	@echo "Setting up .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,editors,bench]'
	@touch $@

demo: $(STAMP) ## See the server at work on the example records
	@$(BIN)/adr-ls doctor examples/bookshop

test: $(STAMP) lint ## Lint, check types and run every test
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: $(STAMP) ## Lint and check types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary

bench: $(STAMP) ## Measure speed and memory (some minutes)
	@$(BIN)/python -m tests.bench

docs: $(STAMP) ## Write the generated parts of the documentation anew
	@$(BIN)/python -m tests.generate
	@$(BIN)/python client-vscode/scripts/settings.py

dist: $(STAMP) ## Build what goes to PyPI, and try it where nothing else of us is
	@$(BIN)/python -m tests.release

vsix: $(STAMP) ## Build the VS Code extension (needs Node.js and npm)
	@node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' && command -v npm >/dev/null || \
		{ echo "Node.js 20 or newer with npm is needed to build the extension"; exit 1; }
	@cd client-vscode && npm ci --no-audit --no-fund && PYTHON=../$(BIN)/python npm run package

e2e: vsix e2e-editors ## Test the extension in a real VS Code workbench (installs one; Linux with Node.js and npm)
	@cd client-vscode && npm run --silent e2e

e2e-editors: $(STAMP) ## Test the server in real Neovims, Emacsen and Helix (installs them; Debian, as root)
	@sh tests/editors/install.sh .editors
	@in_folder() { ls "$(CURDIR)/.editors/bin/$$1" 2>/dev/null; }; \
		ADR_LS_E2E=1 ADR_LS_NEOVIM="$$(in_folder nvim)" ADR_LS_NEOVIM_OLDER="$$(in_folder nvim-0.10)" \
		ADR_LS_EMACS="$$(in_folder emacs)" ADR_LS_HELIX="$$(in_folder hx)" \
		$(BIN)/python -m pytest tests/editors -m editor -rs

pictures: vsix ## Take the pictures of VS Code anew (needs pngquant; look at each before you keep it)
	@cd client-vscode && npm run --silent pictures

clean: ## Remove what was set up and built
	rm -rf .venv .editors dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache client-vscode/node_modules client-vscode/dist client-vscode/out client-vscode/media client-vscode/bundled client-vscode/*.vsix client-vscode/test/e2e/node_modules client-vscode/test/e2e/out
