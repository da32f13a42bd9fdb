#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# verdict.sh FOLDER CASE CANDIAL: builds FOLDER/CASE.c as its comments say (EXPECT, M4, ARGS, FLAGS, OPT, CC,
# RAW), checks it, and compares the exit status with those that EXPECT allows.
set -eu

folder=${1:?FOLDER}
name=${2:?CASE}
candial=${3:?CANDIAL}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

told() { # told NAME KEY: what the case says behind `// KEY: `
    sed -n "s,^// $2: *,,p" "$folder/$1.c"
}

build() { # build NAME m7|m4
    source=$folder/$1.c
    optimise=$(told "$1" OPT)
    compiler=$(told "$1" CC)
    start=$folder/start.c
    ! grep -q '^// RAW:' "$source" || start=
    # Options are words by intent.
    # shellcheck disable=SC2086
    if [ -n "$compiler" ]; then
        $compiler ${optimise:--O1} -g -mcpu=cortex-$2 -mthumb -ffreestanding -c "$source" -o "$out/$1.o"
        source=$out/$1.o
    fi
    # shellcheck disable=SC2046,SC2086
    arm-none-eabi-gcc ${optimise:--O1} -g -mcpu=cortex-$2 -mthumb $(told "$1" FLAGS) -ffreestanding \
        -nostdlib -nostartfiles -I "$folder" -Wl,-ereset_handler -T "$folder/$2.ld" $source $start -lgcc \
        -o "$out/$1.elf" 2>"$out/log" || { cat "$out/log"; exit 2; }
}

build "$name" m7
partner=$(told "$name" M4)
if [ -n "$partner" ]; then
    build "$partner" m4
    set -- "$out/$name.elf" "$out/$partner.elf"
else
    set -- "$out/$name.elf"
fi
expected=$(told "$name" EXPECT | sed 's/ .*//')
status=0
# shellcheck disable=SC2046
"$candial" check "$@" $(told "$name" ARGS) >"$out/said" 2>&1 || status=$?
case "|$expected|" in
*"|$status|"*) ;;
*) cat "$out/said"; echo "$name: expected $expected, got $status"; exit 1 ;;
esac
