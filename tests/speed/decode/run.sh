#!/bin/bash
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# How fast logs are read and decoded, beside python3-can's candump reader and can-utils' log2asc (Debian's
# packages), on one log, in one run: tests/speed/decode/run.sh BUILD_FOLDER [LOG [DBC]]. Processor times, user and
# system, each the smallest of seven; python's without its start. Only the ratios mean anything: machines drift.
set -eu
build=${1:-build/host}
log=${2:-${CANDIAL_BENCH_LOG:-../shared/data/logs/mustang_s550.log}}
dbc=${3:-../shared/data/dbc/ford_lincoln_base_pt.dbc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ninja -C "$build" candial bench_decode > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
[ -r "$log" ] && [ -r "$dbc" ] || { echo "$log or $dbc is not there: not measured"; exit 0; }
frames=$(wc -l < "$log")

# Ten runs at a time: the shell's clock counts milliseconds.
TIMEFORMAT='%U %S'
ten() { for _ in 1 2 3 4 5 6 7 8 9 10; do "$@"; done < /dev/null > /dev/null 2>&1; }
once() { { time ten "$@"; } 2>&1 | awk '{ print ($1 + $2) / 10 }'; }
least() { for _ in 1 2 3 4 5 6 7; do "$@"; done | sort -g | head -n 1; }
python_can() {
    /usr/bin/python3 - "$log" <<'SCRIPT'
import sys, time, can
start = time.process_time()
count = sum(1 for _ in can.CanutilsLogReader(sys.argv[1]))
print(time.process_time() - start)
SCRIPT
}

row() { # name seconds
    awk -v n="$1" -v s="$2" -v f="$frames" -v p="$python" -v l="$log2asc" 'BEGIN {
        than_p = "-"; if (p > 0) than_p = sprintf("%.1f", p / s)
        than_l = "-"; if (l > 0) than_l = sprintf("%.1f", l / s)
        printf("%-34s %8.1f ms %8.2f M/s %9s %9s\n", n, s * 1e3, f / s / 1e6, than_p, than_l) }'
}

candial=$build/candial
one=$(least once "$candial" decode "$log" --dbc "$dbc" --signal EngOil_Te_Actl --csv)
profile=$(least once "$candial" decode "$log" --profile ford-mustang-s550 --csv)
all=$(least once "$candial" decode "$log" --dbc "$dbc" --csv)
find=$(least once "$candial" find "$log")
for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$log"; done > "$work/long.log"
long=$(least once "$candial" decode "$work/long.log" --dbc "$dbc" --signal EngOil_Te_Actl --csv |
    awk '{ print $1 / 10 }')
python=0
log2asc=0
if /usr/bin/python3 -c 'import can' 2> /dev/null; then python=$(least python_can); fi
if command -v log2asc > /dev/null; then log2asc=$(least once log2asc -I "$log" can0); fi

echo "$(basename "$log"), $frames frames; wanted of decode: 20 times python3-can, 8 times log2asc"
printf '%-34s %11s %12s %9s %9s\n' 'whole program' time frames '/python' '/log2asc'
[ "$python" = 0 ] || row 'python3-can reader (loop only)' "$python"
[ "$log2asc" = 0 ] || row 'log2asc' "$log2asc"
row 'candial decode, one signal' "$one"
row '  of a log ten times longer, a tenth' "$long"
row 'candial decode, a profile' "$profile"
row 'candial decode, all signals to CSV' "$all"
row 'candial find' "$find"
echo
bench=$(find "$build" -name bench_decode -type f | head -n 1)
"$bench" "$log" "$dbc"
