#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: read_with_shell.sh READER_CHECK FOLDER SHELL...
# Lets a real shell read the file made for it, then compares the environment it hands on.
set -eu
mkdir -p "$2"
check=$(realpath "$1")
folder=$(realpath "$2")
shift 2
name=$(basename "$1")
if ! command -v "$1" >/dev/null 2>&1; then
  echo "SKIPPED: no $1 on this machine"
  exit 77
fi
case $name in
  fish) dialect=fish ;;
  *) dialect=sh ;;
esac
for locale in C C.UTF-8; do
  for seed in 1 2 3; do
    file=$folder/$name.env
    "$check" write "$dialect" "$seed" >"$file"
    env -i HOME="$folder" PATH="$PATH" LC_ALL="$locale" CHECK="$check" "$@" -c \
      ". '$file'; exec \"\$CHECK\" compare-environment $dialect $seed"
  done
done
