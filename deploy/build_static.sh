#!/bin/sh
# Build static/css/app.css, static/js/app.js, static/icons.svg and static/vendor/ from the locked npm packages.
# Needs Node 18 or later, on a developer's computer only: the results are committed and served as they are.
#   deploy/build_static.sh           build
#   deploy/build_static.sh --check   exit 1 when a committed file is not what its sources give
set -eu
cd "$(dirname "$0")/static"
lock=node_modules/.package-lock.json
if [ ! -f "$lock" ] || [ package-lock.json -nt "$lock" ]; then
    npm ci --ignore-scripts --no-audit --no-fund
fi
node build.mjs "$@"
