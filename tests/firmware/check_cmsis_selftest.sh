#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# check_cmsis_selftest.sh WORK: proves that check_cmsis.sh fails for a wrong bit, a wrong offset and a
# wrong instruction.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=${1:?WORK}

expect_failure() { # expect_failure SED-COMMAND
    rm -rf "$work/cortex_m"
    mkdir -p "$work"
    cp -r "$here/../../firmware/cortex_m" "$work/cortex_m"
    sed -i "$1" "$work/cortex_m/cortex_m.h"
    code=0
    "$here/check_cmsis.sh" "$work" "$work/cortex_m" >"$work/log" || code=$?
    [ "$code" -ne 77 ] || { cat "$work/log"; exit 77; }
    [ "$code" -eq 1 ] || { echo "not noticed: $1"; exit 1; }
}

expect_failure 's/MPU_RASR_S_Msk (1UL << 18)/MPU_RASR_S_Msk (1UL << 17)/'
expect_failure 's/RESERVED0\[18\]/RESERVED0[17]/'
expect_failure 's/dsb sy/dmb sy/'
