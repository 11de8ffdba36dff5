# What a developer does every day. The README's test command does the same from nothing.
PYTHON ?= python3
BIN := .venv/bin
export QT_QPA_PLATFORM ?= offscreen

.PHONY: dev hooks run check test dist

dev:  ## virtual environment with everything
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -e '.[dev]'

hooks:  ## check before each commit, test before each push
	git config core.hooksPath .githooks

run:  ## the program, in a window
	env -u QT_QPA_PLATFORM $(BIN)/kist demo

check:  ## style, types, rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/texts/test_catalogue.py

test:  ## every test, on both databases
	$(BIN)/pytest -n auto

dist:  ## the frozen program, in dist/, and its smoke test
	$(BIN)/python installer/build.py
	$(BIN)/python installer/smoke.py
