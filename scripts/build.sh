#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# build.sh PRESET...: configures (once) and builds each CMake preset. Quiet while all is well: a line
# for each preset that has work to do; on failure the whole log. All of it goes to standard error.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
mkdir -p build/log

step() { # step LOG COMMAND...
    log=$1
    shift
    "$@" >"$log" 2>&1 </dev/null && return 0
    cat "$log" >&2
    echo "build: failed: $*" >&2
    exit 1
}

for preset in "$@"; do
    dir=build/$preset
    if [ ! -f "$dir/build.ninja" ]; then
        echo "configuring $preset" >&2
        step "build/log/$preset-configure.log" cmake --preset "$preset"
    fi
    case $(ninja -C "$dir" -n 2>&1 | tail -n 1) in
    *"no work to do"*) continue ;;
    esac
    echo "building $preset" >&2
    step "build/log/$preset-build.log" ninja -C "$dir"
done
