#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: read_with_docker.sh READER_CHECK FOLDER
# `docker create --env-file` reads the file itself and sends the result to the daemon; a stand-in for the daemon writes
# down what arrives. No container is made, no daemon needed.
set -eu
mkdir -p "$2"
check=$(realpath "$1")
folder=$(realpath "$2")
here=$(dirname "$0")
for program in node docker; do
  command -v "$program" >/dev/null 2>&1 || { echo "SKIPPED: no $program on this machine"; exit 77; }
done
for seed in 1 2 3; do
  "$check" write docker "$seed" >"$folder/docker.env"
  node "$here/docker_reader.js" "$folder/docker.env" >"$folder/docker.answer"
  "$check" compare docker "$seed" <"$folder/docker.answer"
done
