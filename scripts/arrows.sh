#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# arrows.sh [ROOT]: the include arrows between the folders of the tree at ROOT (default: this one), a line
# a folder: `FOLDER: what it includes`, sorted. Tests, which may include anything, are left out.
# What every peripheral does is one arrow, so that another peripheral draws none: `vboard/periph/*`.
# arrows.sh --places [ROOT]: each arrow with the file and line that draws it: `FROM TO FILE:LINE`.
set -eu

places=no
[ "${1:-}" != --places ] || { places=yes; shift; }
root=$(cd "${1:-$(dirname "$0")/..}" && pwd)
cd "$root"

# FROM TO FILE:LINE of each include that leaves its folder.
list() {
    find . \( -path ./build -o -path ./node_modules -o -path ./.git -o -path ./tests \) -prune -o \
        -type f \( -name '*.c' -o -name '*.h' \) -print | sort | sed 's|^\./||' | xargs -r awk '
        FNR == 1 { from = FILENAME; if (!sub(/\/[^\/]*$/, "", from)) { from = "." } }
        /^ *# *include *"/ {
            to = $0
            sub(/^[^"]*"/, "", to); sub(/".*/, "", to)
            if (!sub(/\/[^\/]*$/, "", to) || to == from) { next }
            if (from ~ /^vboard\/periph\// && to == "vboard/chip") {
                print "vboard/periph/*", to, FILENAME ":" FNR
            } else if (from == "vboard/chips" && to ~ /^vboard\/periph\//) {
                print from, "vboard/periph/*", FILENAME ":" FNR
            } else {
                print from, to, FILENAME ":" FNR
            }
        }'
}

if [ "$places" = yes ]; then
    list
    exit 0
fi
list | awk '{ print $1, $2 }' | sort -u | awk '
    $1 != from { if (from != "") { print line }; from = $1; line = from ":" }
    { line = line " " $2 }
    END { if (from != "") { print line } }'
