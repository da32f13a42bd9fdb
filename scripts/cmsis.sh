#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# cmsis.sh [--check]: where npm is installed, gets Arm's CMSIS-Core headers (package.json), with which a test
# compares firmware/cortex_m. Nothing else needs them: without npm, or without network, that test is
# skipped. --check does nothing: this is never a hindrance.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
log=$top/build/log/cmsis.log
[ "${1:-}" != --check ] || exit 0
if [ -d "$top/node_modules/@xpack-3rd-party/arm-cmsis-core" ] || ! command -v npm >/dev/null; then
    exit 0
fi
mkdir -p "$top/build/log"
echo "installing with npm: Arm's CMSIS-Core headers" >&2
(cd "$top" && npm ci --no-progress) >"$log" 2>&1 </dev/null ||
    echo "npm ci failed ($(grep -i -m 1 '^npm err' "$log")); log: $log: they are not compared" >&2
