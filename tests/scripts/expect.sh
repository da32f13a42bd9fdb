# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# To be sourced by the tests here: $work is an empty folder, and these say what is expected.
set -eu

source=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:?WORK}
rm -rf "$work"
mkdir -p "$work"
work=$(cd "$work" && pwd)

wrong() {
    echo "$(basename "$0"): $*"
    [ ! -f "$work/out" ] || sed 's/^/    /' "$work/out"
    exit 1
}

# expect CODE COMMAND...: what it prints is in $work/out, standard output and error together.
expect() {
    wanted=$1
    shift
    code=0
    "$@" >"$work/out" 2>&1 </dev/null || code=$?
    [ "$code" -eq "$wanted" ] || wrong "$* exits with $code, not $wanted"
}

says() { # says PATTERN: a line of the output matches
    grep -q -- "$1" "$work/out" || wrong "no line like: $1"
}

says_not() {
    ! grep -q -- "$1" "$work/out" || wrong "a line like: $1"
}

says_nothing() {
    [ ! -s "$work/out" ] || wrong "something is said"
}
