# Every command works from a clean clone: each first makes sure of what it needs (deploy/setup.sh).
PORT ?= 8000
HOST ?= 127.0.0.1
ARGS ?=
PY   := .venv/bin/python
export PORT HOST

.PHONY: run test mutants figures docs pictures setup lint bench backup restore-drill

run:            ## the site with the demonstration county, until Ctrl-C
	@deploy/setup.sh run
	@exec $(PY) deploy/serve.py

test:           ## every test on SQLite, PostgreSQL with Redis, and in Chromium; ENGINE=sqlite ARGS="-k roll" for a part
	@deploy/setup.sh test
	@exec $(PY) tests/run.py $(ARGS)

mutants:        ## the product made wrong, one place at a time: do the tests notice? ARGS="--family gates --seed 7"
	@deploy/setup.sh test
	@exec $(PY) tests/mutants.py $(ARGS)

figures:        ## files entered, statements, sizes: before, promised, now
	@deploy/setup.sh test
	@exec $(PY) tests/figures.py $(ARGS)

docs:           ## the generated parts of docs/: files of every rule code, drawings, quotations
	@deploy/setup.sh run
	@for part in rules architecture quotes; do $(PY) -m docs.$$part || exit 1; done

pictures:       ## the pictures of docs/, taken anew from the demonstration
	@deploy/setup.sh test
	@$(PY) deploy/pictures.py

setup:          ## system packages, fonts and .venv, for running and testing
	@deploy/setup.sh test

lint:           ## ruff, mypy, djlint
	@deploy/setup.sh run
	@deploy/lint.sh

bench:          ## the promises of speed, one JSON line each
	@deploy/setup.sh test
	@for script in $(sort $(wildcard benchmarks/[a-z]*.py)); do $(PY) "$$script" || exit 1; done

backup:         ## database, media and a manifest with hashes, without keys: var/backups/
	@deploy/setup.sh run
	@$(PY) manage.py backup $(ARGS)

restore-drill:  ## restore the newest backup into a fresh place and compare
	@deploy/setup.sh run
	@$(PY) manage.py restore_drill $(ARGS)
