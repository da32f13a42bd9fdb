#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# run.sh [--seconds N] [TARGET...]: fuzzes each target (dbc can_log profile record) N seconds (60), one after
# the other, in build/fuzz. New inputs stay in build/fuzz/corpus; what breaks a target is written to
# build/fuzz/found: fix it, and keep the input (made small) in tests/fuzz/regression/TARGET.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
seconds=60
targets=
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) seconds=${2:?--seconds needs a number}; shift ;;
    -*) echo "run.sh: unknown option $1" >&2; exit 2 ;;
    *) targets="$targets $1" ;;
    esac
    shift
done
targets=${targets:-dbc can_log profile record}
build=${CANDIAL_FUZZ_DIR:-$top/build/fuzz}

command -v clang >/dev/null || { echo "run.sh: clang is missing: apt-get install clang" >&2; exit 2; }
[ -f "$build/build.ninja" ] ||
    cmake -S . -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCANDIAL_FUZZ=ON >"$build-configure.log" 2>&1 ||
    { cat "$build-configure.log" >&2; exit 1; }
for target in $targets; do
    nice ninja -C "$build" "fuzz_$target" >"$build/build.log" || { cat "$build/build.log" >&2; exit 1; }
done

mkdir -p "$build/found"
status=0
for target in $targets; do
    corpus=$build/corpus/$target
    mkdir -p "$corpus"
    echo "fuzz_$target: $seconds s" >&2
    nice "$build/bin/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -dict="tests/fuzz/$target.dict" -artifact_prefix="$build/found/$target-" -print_final_stats=1 \
        "$corpus" "tests/fuzz/corpus/$target" "tests/fuzz/regression/$target" \
        </dev/null >"$build/$target.log" 2>&1 || { status=1; tail -n 40 "$build/$target.log" >&2; }
    grep -E "stat::(number_of_executed_units|average_exec_per_sec)" "$build/$target.log" >&2 || true
done
exit $status
