#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# build.sh PRESET[:TARGET]...: configures (where that was not done) and builds each CMake preset, all
# of it or that target. Says nothing where nothing is to be done; otherwise a line for each step and
# the compiler's warnings, and on failure the whole log. All of it goes to standard error.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$scripts/.." && pwd)
. "$scripts/say.sh"
cd "$top"

failed() { # failed LOG COMMAND...
    cat "$1" >&2
    shift
    say "build: failed: $*"
    exit 1
}

nothing() {
    return 1
}

# ninja's status: [DONE/ALL] what
ninja_line() {
    case $1 in
    \[[0-9]*/[0-9]*\]*) ;;
    *) return 1 ;;
    esac
    count=${1%%]*}
    count=${count#[}
    moving "building $preset" "$((${count%/*} * 100 / ${count#*/}))" "${1#*] }"
    return 1
}

# A folder's first CMakeLists.txt is newer than what was configured without it; that of a tree which
# was moved names the old place.
configured() { # configured DIR
    [ -f "$1/build.ninja" ] &&
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$1/CMakeCache.txt" &&
        [ -z "$(find . \( -path ./build -o -path ./node_modules -o -path ./.git \) -prune -o \
            -name CMakeLists.txt -newer "$1/build.ninja" -print)" ]
}

configure() { # configure PRESET DIR
    say "configuring $1"
    log=build/log/$1-configure.log
    : >"$log"
    fresh=
    grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$2/CMakeCache.txt" || fresh=--fresh
    # shellcheck disable=SC2086 # nothing or a word
    logged "$log" nothing cmake $fresh --preset "$1" || failed "$log" cmake --preset "$1"
}

build() { # build PRESET DIR TARGET
    started=$(date +%s)
    log=build/log/$1-build.log
    : >"$log"
    say "building $1"
    logged "$log" ninja_line ninja -C "$2" "$3" || failed "$log" ninja -C "$2" "$3"
    # With what they are about: the lines up to the next step.
    awk '/^\[[0-9]+\// || /^ninja:/ { next } { print }' "$log" >&2
    say "built $1 in $(($(date +%s) - started)) s"
}

mkdir -p build/log
for argument in "$@"; do
    preset=${argument%%:*}
    target=all
    [ "$preset" = "$argument" ] || target=${argument#*:}
    # The preset `speed` shares its folder with `host`.
    dir=build/$preset
    [ "$preset" != speed ] || dir=build/host
    configured "$dir" || configure "$preset" "$dir"
    case $(ninja -C "$dir" -n "$target" 2>&1 | tail -n 1) in
    *"no work to do"*) ;;
    *) build "$preset" "$dir" "$target" ;;
    esac
done
