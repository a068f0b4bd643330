#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: read_with_systemd.sh READER_CHECK FOLDER
# systemd has no program that shows what EnvironmentFile= gives, but its generator for environment.d reads files with
# the same code. It goes on to expand $NAME and drops empty values (and says so of each): those variables are compared
# with a model of the rules alone, in test_import_dotenv.
set -eu
mkdir -p "$2"
check=$(realpath "$1")
folder=$(realpath "$2")
here=$(dirname "$0")
generator=/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator
[ -x "$generator" ] || { echo "SKIPPED: no environment.d generator of systemd on this machine"; exit 77; }
command -v node >/dev/null 2>&1 || { echo "SKIPPED: no node on this machine"; exit 77; }
rm -rf "$folder/systemd"
mkdir -p "$folder/systemd/.config/environment.d"
for seed in 1 2 3; do
  "$check" write systemd "$seed" >"$folder/systemd/.config/environment.d/nasty.conf"
  env -i HOME="$folder/systemd" XDG_RUNTIME_DIR="$folder/systemd" "$generator" \
    >"$folder/systemd.printed" 2>/dev/null
  node "$here/systemd_answer.js" "$folder/systemd.printed" >"$folder/systemd.answer"
  "$check" compare-plain systemd "$seed" <"$folder/systemd.answer"
done
