#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# run.sh FOLDER CASE CANDIAL STATUS TEXT: builds FOLDER/CASE.c for both cores, runs it as its comment says (RUN), and
# expects the exit status and a line with that text; of its corrected twin (-DGOOD) 0 and none.
set -eu

folder=${1:?FOLDER}
name=${2:?CASE}
candial=${3:?CANDIAL}
status=${4:?STATUS}
text=${5:?TEXT}
source=$folder/$name.c
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

build() { # build CORE [FLAG]
    # shellcheck disable=SC2086
    arm-none-eabi-gcc -O1 -g -mthumb -nostdlib -nostartfiles -Wno-array-bounds -Wno-override-init \
        -Wl,-eReset_Handler -Wl,--no-warn-rwx-segments -I "$folder" -L "$folder" -mcpu=cortex-"$1" -DC"$(echo "$1" | tr m M)" \
        ${2:-} -T "$folder/$1.ld" "$source" -o "$out/$1.elf" 2>"$out/log" || { cat "$out/log"; exit 2; }
}

run() { # run STATUS [FLAG]
    build m7 "${2:-}"
    build m4 "${2:-}"
    got=0
    # shellcheck disable=SC2046
    "$candial" run --cm7 "$out/m7.elf" --cm4 "$out/m4.elf" $(sed -n 's,^/\* RUN: \(.*\) \*/,\1,p' "$source") \
        --speed max >"$out/said" 2>&1 || got=$?
    [ "$got" = "$1" ] || { cat "$out/said"; echo "$name ${2:-}: expected $1, got $got"; exit 1; }
}

run "$status"
grep -q "$text" "$out/said" || { cat "$out/said"; echo "$name: no $text"; exit 1; }
run 0 -DGOOD
! grep -q "$text" "$out/said" || { cat "$out/said"; echo "$name -DGOOD: $text"; exit 1; }
