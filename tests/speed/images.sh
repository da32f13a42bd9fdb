#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# images.sh WORK: a line for each pair of images of others that the engines are compared with, as `candial check`
# takes them. Those of CANDIAL_FOREIGN_IMAGES (a folder with VERSION/PROJECT/cm7.elf and cm4.elf) where it
# is given; else those after public reports in the folder of shared facts, built into WORK.
set -eu
work=${1:?WORK}
cases=${CANDIAL_CASES:-../shared/cases}/images

if [ -n "${CANDIAL_FOREIGN_IMAGES:-}" ]; then
    for cm7 in "$CANDIAL_FOREIGN_IMAGES"/*/*/cm7.elf; do
        cm4=${cm7%cm7.elf}cm4.elf
        case $cm7 in
        *_RAM*) echo "$cm7" ;; # the M7's file holds the M4's image
        *) echo "$cm7 $cm4" ;;
        esac
    done
    exit 0
fi

build() { # build NAME CORE SCRIPT
    arm-none-eabi-gcc -O1 -g -mthumb -nostdlib -nostartfiles -w -Wl,-eReset_Handler \
        -Wl,--no-warn-rwx-segments -I "$cases" -L "$cases" -mcpu="cortex-$2" \
        -DC"$(echo "$2" | tr m M)" -DGOOD -T "$cases/$3" "$cases/$1.c" -o "$work/$1.$2.elf"
}

for source in "$cases"/*.c; do
    [ -r "$source" ] || exit 0
    name=$(basename "$source" .c)
    script=$(sed -n 's,^/\* LD7: \(.*\) \*/,\1,p' "$source")
    options=$(sed -n 's,^/\* OPTS: \(.*\) \*/,\1,p' "$source")
    build "$name" m7 "${script:-m7.ld}"
    if grep -q '^/\* ONE' "$source"; then
        echo "$work/$name.m7.elf $options"
    else
        build "$name" m4 m4.ld
        echo "$work/$name.m7.elf $work/$name.m4.elf $options"
    fi
done
