#!/usr/bin/env bash
# Makes a machine ready: system packages, fonts, .venv from uv.lock. Safe to repeat; the second time takes a moment.
#   deploy/setup.sh run    what the application needs
#                          (WITHOUT_DEV=1: without the tools of developers, for production)
#   deploy/setup.sh test   that, and what the tests need (PostgreSQL, Redis, Chromium; none is started as a service)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

RUN_PACKAGES=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
              fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai)
TEST_PACKAGES=(postgresql redis-server chromium poppler-utils)
FANDOL_PACKAGE=texlive-lang-chinese   # 50 MB, of which only the fonts are kept: nothing of TeX is installed
FANDOL_FOLDER=./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
FONTS=var/fonts
GROUPS_WANTED=(${WITHOUT_DEV:+--no-dev})

say()  { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

installed() {
  case $1 in
    python3-venv) "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && return 0 ;;
    postgresql)   compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return 0 ;;
    redis-server) command -v redis-server >/dev/null && return 0 ;;
    chromium)     command -v chromium >/dev/null && return 0 ;;
  esac
  [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.11 python3.12 python3; do
    [[ -n $candidate ]] && command -v "$candidate" >/dev/null || continue
    "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null || continue
    PYTHON=$(command -v "$candidate") && return 0
  done
  stop "Python 3.11 or 3.12 is needed (Debian 12: apt-get install -y python3 python3-venv)"
}

install_packages() {
  local wanted=("${RUN_PACKAGES[@]}") missing=() package
  [[ $1 == test ]] && wanted+=("${TEST_PACKAGES[@]}")
  if ! command -v dpkg-query >/dev/null; then
    say "This is not a Debian system: please install by hand what corresponds to: ${wanted[*]}"
    return 0
  fi
  for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
  [[ ${#missing[@]} -eq 0 ]] && return 0
  if [[ $EUID -ne 0 ]]; then
    say "System packages are missing. Please run this line once, then repeat the command:"
    stop "  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${missing[*]}'"
  fi
  say "Installing system packages: ${missing[*]}"
  apt_get update
  # The servers are for the tests, which start their own: the package must not start them as services.
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    LEFT+=(/usr/sbin/policy-rc.d)
  fi
  apt_get install -y --no-install-recommends "${missing[@]}"
}

apt_get() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" > "$LOG" 2>&1 \
    || { tail -n 30 "$LOG" >&2; stop "apt-get $1 failed"; }
}

# 仿宋 of the official format. Without it the papers fall back to Noto Serif CJK, so a failure here only warns.
install_fandol() {
  [[ -s $FONTS/FandolFang-Regular.otf ]] && return 0
  command -v apt-get >/dev/null || return 0
  local work; work=$(mktemp -d)
  LEFT+=("$work")
  chmod 755 "$work"
  say "Fetching the Fandol fonts (仿宋、宋体、黑体、楷体)"
  ( cd "$work" && { apt-get -q download "$FANDOL_PACKAGE" || { [[ $EUID -eq 0 ]] && apt-get -q update && apt-get -q download "$FANDOL_PACKAGE"; }; } ) > "$LOG" 2>&1 \
    && dpkg-deb --fsys-tarfile "$work"/*.deb | tar -x -C "$work" "$FANDOL_FOLDER" ./usr/share/doc/texlive-doc/fonts/fandol \
    || { tail -n 5 "$LOG" >&2; say "The Fandol fonts could not be fetched; papers use Noto Serif CJK SC instead."; return 0; }
  mkdir -p "$FONTS"
  gzip -dc "$work"/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz > "$FONTS"/Fandol-COPYING
  cp "$work/$FANDOL_FOLDER"/Fandol{Song,Hei,Kai}-*.otf "$FONTS"
  cp "$work/$FANDOL_FOLDER"/FandolFang-Regular.otf "$FONTS"
}

install_python() {
  stamp() { cat uv.lock deploy/uv.txt <(.venv/bin/python -VV; echo "${GROUPS_WANTED[@]}") | sha256sum; }
  [[ -x .venv/bin/python && $(cat .venv/.stamp 2>/dev/null) == "$(stamp)" ]] && return 0
  say "Installing Python packages into .venv"
  .venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null \
    || "$PYTHON" -m venv --clear .venv
  export PIP_DISABLE_PIP_VERSION_CHECK=1
  .venv/bin/python -m pip install -qq --no-deps --require-hashes -r deploy/uv.txt
  # uv is quick but knows no mirror for locked files; pip obeys the site's own settings. Both check every hash.
  UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync -q --frozen --system-certs "${GROUPS_WANTED[@]}" 2> "$LOG" || {
    say "uv could not fetch the packages ($(tail -n 1 "$LOG")); trying pip"
    .venv/bin/uv export -q --frozen --no-header --no-emit-project "${GROUPS_WANTED[@]}" -o "$LOG" > /dev/null
    .venv/bin/python -m pip install -qq --no-deps --require-hashes -r "$LOG"
  }
  stamp > .venv/.stamp
}

umask 022
LOG=$(mktemp)
LEFT=("$LOG")
trap 'rm -rf "${LEFT[@]}"' EXIT
find_python
install_packages "${1:-test}"
install_fandol
install_python
