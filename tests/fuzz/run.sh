#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# run.sh [--seconds N] [--quiet N] [TARGET...]: fuzzes each target (all of them) for N seconds (60), and on
# until it has found no new edge for --quiet seconds (0); one after the other, in build/fuzz. New inputs stay
# in build/fuzz/corpus; what breaks a target is written to build/fuzz/found: fix it, and keep the input (made
# small) in tests/fuzz/regression/TARGET. One line a target says how far it got.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
all="dbc can_log profile record isotp obd flow"
seconds=60
quiet=0
targets=
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) seconds=${2:?--seconds needs a number}; shift ;;
    --quiet) quiet=${2:?--quiet needs a number}; shift ;;
    -*) echo "run.sh: unknown option $1" >&2; exit 2 ;;
    *) targets="$targets $1" ;;
    esac
    shift
done
targets=${targets:-$all}
build=${CANDIAL_FUZZ_DIR:-$top/build/fuzz}

command -v clang >/dev/null || { echo "run.sh: clang is missing: apt-get install clang" >&2; exit 2; }
[ -f "$build/build.ninja" ] ||
    cmake -S . -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCANDIAL_FUZZ=ON >"$build-configure.log" 2>&1 ||
    { cat "$build-configure.log" >&2; exit 1; }

# Bytes an input may have: room for what the format can say, and no more, as short inputs run faster.
longest() {
    case $1 in
    record) echo 1024 ;;
    isotp | obd) echo 512 ;;
    profile) echo 1500 ;;
    *) echo 3000 ;;
    esac
}

fuzz() { # TARGET
    exec nice -n 19 "$build/bin/fuzz_$1" -timeout=10 -rss_limit_mb=2048 -max_len="$(longest "$1")" \
        -dict="tests/fuzz/$1.dict" -artifact_prefix="$build/found/$1-" -print_final_stats=1 \
        "$build/corpus/$1" "tests/fuzz/corpus/$1" "tests/fuzz/regression/$1" \
        </dev/null >"$build/$1.log" 2>&1
}

edges() { # TARGET: so far
    sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$build/$1.log" | tail -n 1
}

# libFuzzer ends with 72 when it is interrupted, as here. Waits until the fuzzer has run its time and found nothing new for --quiet seconds, then ends it.
watch() { # TARGET PID
    begin=$(date +%s)
    last=$begin
    seen=
    while kill -0 "$2" 2>/dev/null; do
        now=$(date +%s)
        cov=$(edges "$1")
        [ "$cov" = "$seen" ] || { seen=$cov; last=$now; }
        [ $((now - begin)) -lt "$seconds" ] || [ $((now - last)) -lt "$quiet" ] ||
            { kill -INT "$2"; break; }
        sleep 2
    done
}

status=0
mkdir -p "$build/found"
for target in $targets; do
    nice ninja -C "$build" "fuzz_$target" >"$build/build.log" || { cat "$build/build.log" >&2; exit 1; }
done
for target in $targets; do
    mkdir -p "$build/corpus/$target" "tests/fuzz/regression/$target"
    : >"$build/$target.log"
    fuzz "$target" &
    watch "$target" $!
    wait $! || [ $? = 72 ] || { status=1; tail -n 40 "$build/$target.log" >&2; }
    runs=$(sed -n 's/stat::number_of_executed_units: *//p' "$build/$target.log")
    echo "fuzz_$target: $((now - begin)) s, ${runs:-?} runs, cov $seen, last new edge at $((last - begin)) s"
done
exit $status
