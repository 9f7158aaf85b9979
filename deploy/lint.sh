#!/usr/bin/env bash
# All checks that read the code, each to its end, so that one run shows everything.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=()

check() {
  local name=$1; shift
  if "$@"; then printf '%-14s PASS\n' "$name"; else printf '%-14s FAIL\n' "$name"; failed+=("$name"); fi
}

check "ruff"        .venv/bin/ruff check
check "ruff format" .venv/bin/ruff format --check
check "mypy"        .venv/bin/mypy .
check "djlint"      .venv/bin/djlint templates --lint --quiet
check "migrations"  .venv/bin/python manage.py makemigrations --check --dry-run --settings tests.settings
check "lock"        .venv/bin/uv lock --check --system-certs --quiet
[[ ${#failed[@]} -eq 0 ]] || { printf 'lint: %s failed\n' "${failed[*]}"; exit 1; }
