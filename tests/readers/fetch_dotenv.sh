#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: fetch_dotenv.sh FOLDER
# Puts the npm package dotenv, the very version OpenClaw ships with, into FOLDER/npm unless it is there. Exits with 77
# and a line that says why when there is no node, or no way to the registry.
set -eu
version=17.4.2
for program in node npm; do
  command -v "$program" >/dev/null 2>&1 || { echo "SKIPPED: no $program on this machine"; exit 77; }
done
present=$(node -p "require('$1/npm/node_modules/dotenv/package.json').version" 2>/dev/null || true)
[ "$present" = "$version" ] && exit 0
mkdir -p "$1/npm"
set -- --prefix "$1/npm" --no-save --no-audit --no-fund --ignore-scripts
if ! npm install "$@" "dotenv@$version" >/dev/null 2>&1; then
  echo "SKIPPED: npm cannot fetch dotenv@$version"
  exit 77
fi
