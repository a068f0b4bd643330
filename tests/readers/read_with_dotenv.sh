#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: read_with_dotenv.sh READER_CHECK FOLDER
# The npm package dotenv reads the files made for it; and it and our parser read the same generated texts.
set -eu
mkdir -p "$2"
check=$(realpath "$1")
folder=$(realpath "$2")
here=$(dirname "$0")
"$here/fetch_dotenv.sh" "$folder" || exit $?
DOTENV_PACKAGE=$folder/npm/node_modules/dotenv
export DOTENV_PACKAGE
sample=$here/../samples/dotenv/forty-lines
node "$here/dotenv_reader.js" sample "$sample.env" | cmp - "$sample.json"
for seed in 1 2 3; do
  "$check" write dotenv "$seed" >"$folder/written.env"
  node "$here/dotenv_reader.js" file "$folder/written.env" >"$folder/dotenv.answer"
  "$check" compare dotenv "$seed" <"$folder/dotenv.answer"
  "$check" write json "$seed" >"$folder/written.json"
  node "$here/dotenv_reader.js" json "$folder/written.json" >"$folder/json.answer"
  "$check" compare json "$seed" <"$folder/json.answer"
done
for seed in 11 12 13 14; do
  "$check" texts "$seed" 20000 >"$folder/texts"
  node "$here/dotenv_reader.js" texts "$folder/texts" >"$folder/texts.answer"
  "$check" compare-texts "$seed" 20000 <"$folder/texts.answer"
done
