#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# npm.sh [--check]: where npm is installed, gets what package.json names: Arm's CMSIS-Core headers, with which a
# test compares firmware/cortex_m; playwright-core and axe-core, with which tests work the page. Nothing is built
# from them: without npm, or without network, those tests are skipped. --check does nothing: this is never a
# hindrance.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
log=$top/build/log/npm.log
modules=$top/node_modules
[ "${1:-}" != --check ] || exit 0
command -v npm >/dev/null || exit 0
if [ -d "$modules/@xpack-3rd-party/arm-cmsis-core" ] && [ -d "$modules/playwright-core" ] &&
    [ -d "$modules/axe-core" ]; then
    exit 0
fi
mkdir -p "$top/build/log"
echo "installing with npm: Arm's CMSIS-Core headers, playwright-core, axe-core: 15 MB on disk" >&2
(cd "$top" && npm ci --no-progress) >"$log" 2>&1 </dev/null ||
    echo "npm ci failed ($(grep -i -m 1 '^npm err' "$log")); log: $log: their tests are skipped" >&2
