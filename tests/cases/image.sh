#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# image.sh FOLDER CASE CANDIAL STATUS KIND TIME: builds FOLDER/CASE.c for both cores as its comments say (OPTS, LD7,
# ONE), checks it for TIME a start, and expects the exit status and an item of that kind; of its corrected
# twin (-DGOOD) 0 and none.
set -eu

folder=${1:?FOLDER}
name=${2:?CASE}
candial=${3:?CANDIAL}
status=${4:?STATUS}
kind=${5:?KIND}
time=${6:?TIME}
source=$folder/$name.c
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

told() { # told KEY: what the case says in a comment of its own
    sed -n "s,^/\* $1: \(.*\) \*/,\1,p" "$source"
}

build() { # build CORE SCRIPT [FLAG]
    # shellcheck disable=SC2086
    arm-none-eabi-gcc -O1 -g -mthumb -nostdlib -nostartfiles -Wno-array-bounds -Wno-override-init \
        -Wl,-eReset_Handler -Wl,--no-warn-rwx-segments -I "$folder" -L "$folder" -mcpu=cortex-"$1" -DC"$(echo "$1" | tr m M)" \
        ${3:-} -T "$folder/$2" "$source" -o "$out/$1.elf" 2>"$out/log" || { cat "$out/log"; exit 2; }
}

check() { # check STATUS FLAG
    script=$(told LD7)
    build m7 "${script:-m7.ld}" "$2"
    set -- "$1" "$out/m7.elf"
    if ! grep -q '^/\* ONE' "$source"; then
        build m4 m4.ld "${flag:-}"
        set -- "$@" "$out/m4.elf"
    fi
    expected=$1
    shift
    got=0
    # shellcheck disable=SC2046
    "$candial" check "$@" --for "$time" --json "$out/json" $(told OPTS) >"$out/said" 2>&1 || got=$?
    [ "$got" = "$expected" ] || { cat "$out/said"; echo "$name ${flag:-}: expected $expected, got $got"; exit 1; }
}

flag=
check "$status" ""
grep -q "\"kind\":\"$kind\"" "$out/json" || { cat "$out/said"; echo "$name: no $kind"; exit 1; }
flag=-DGOOD
check 0 -DGOOD
! grep -q "\"kind\":\"$kind\"" "$out/json" || { cat "$out/said"; echo "$name -DGOOD: $kind"; exit 1; }
