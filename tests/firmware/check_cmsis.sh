#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# check_cmsis.sh WORK [CORTEX_M]: compares firmware/cortex_m (or CORTEX_M) with Arm's CMSIS-Core:
#   1. every macro and structure member of ours has the value and the offset that Arm's has;
#   2. every function of ours is the same machine code.
# Arm's headers are the npm package of package.json; exits 77 (CTest: skipped) without them.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:?WORK}
ours=${2:-$root/firmware/cortex_m}
arms=$root/node_modules/@xpack-3rd-party/arm-cmsis-core/CMSIS/Core/Include
header=$ours/cortex_m.h
if [ ! -f "$arms/core_cm7.h" ]; then
    echo "Arm's CMSIS-Core is not here (npm ci brings it): not compared"
    exit 77
fi
mkdir -p "$work"

# Values that the macros stand for; those of our own making and the qualifiers are none.
macros() {
    sed -n 's/^#define \([A-Z][A-Za-z0-9_]*\) .*/\1/p' "$header" | grep -vE '_H$|^SCB_AIRCR_VECTKEY$'
}

# TYPE MEMBER, a line each.
members() {
    awk '/^typedef struct/ { inside = 1; count = 0; next }
         inside && /^}/ { sub(/^} */, ""); sub(/;.*/, "")
             for (i = 0; i < count; i++) { print $0, name[i] } inside = 0; next }
         inside && /__(IO|I|O) / { sub(/.*uint(8|32)_t +/, ""); sub(/[;\[].*/, "")
             name[count++] = $0 }' "$header"
}

functions() {
    sed -n 's/^static inline .*\b\(void\|uint32_t\) \([A-Za-z_]*\)(\([^)]*\))$/\1 \2 \3/p' "$header"
}

# call_of RESULT NAME PARAMETERS...: functions that call it as the firmware does, with constants; once
# with an exception of the core and once with an interrupt of the device.
call_of() {
    result=$1
    name=$2
    shift 2
    returns=
    [ "$result" = void ] || returns="return "
    case "$*" in
    void) arguments=none ;;
    "IRQn_Type irq") arguments="SysTick_IRQn WAKEUP_PIN_IRQn" ;;
    *) arguments="SysTick_IRQn,15 WAKEUP_PIN_IRQn,4" ;;
    esac
    for argument in $arguments; do
        [ "$argument" != none ] || argument=
        echo "$result call_${name}_${argument%,*}(void) { $returns$name($argument); }"
    done
}

place_of() { # place_of TYPE MEMBER
    echo "offsetof($1, $2), sizeof((($1 *)0)->$2),"
}

probe() {
    echo '#include <stddef.h>'
    echo '#include "stm32h755xx.h"'
    echo 'const unsigned long value[] = {'
    macros | sed 's/.*/(unsigned long)(&),/'
    members | while read -r type member; do
        # Arm names neither for the M4: it has no lock (firmware/common/load.h), and its SHPR is SHP.
        case $member in
        LAR | SHPR) printf '#ifdef CORE_CM7\n%s\n#endif\n' "$(place_of "$type" "$member")" ;;
        *) place_of "$type" "$member" ;;
        esac
    done
    echo '};'
    functions | while read -r line; do
        # shellcheck disable=SC2086 # words by intent
        call_of $line
    done
}

compile() { # compile CORE CPU SIDE FOLDER
    arm-none-eabi-gcc -mcpu="$2" -mthumb -std=c11 -O2 -w -ffreestanding -D"$1" \
        -isystem "$4" -I "$root/firmware/device" -c -o "$work/$1-$3.o" "$work/probe.c"
    arm-none-eabi-objdump -d --no-show-raw-insn "$work/$1-$3.o" | sed 1,3d >"$work/$1-$3.code"
    arm-none-eabi-objdump -s -j .rodata "$work/$1-$3.o" | sed 1,3d >"$work/$1-$3.values"
    [ -s "$work/$1-$3.code" ] && [ -s "$work/$1-$3.values" ]
}

probe >"$work/probe.c"
result=0
for core in CORE_CM7:cortex-m7 CORE_CM4:cortex-m4; do
    name=${core%:*}
    compile "$name" "${core#*:}" ours "$ours"
    compile "$name" "${core#*:}" arms "$arms"
    for kind in values code; do
        diff "$work/$name-ours.$kind" "$work/$name-arms.$kind" || {
            echo "$name: $kind differ (ours <, Arm's >), in the order of $work/probe.c"
            result=1
        }
    done
done
echo "compared: $(macros | wc -l) macros, $(members | wc -l) members, $(functions | wc -l) functions"
exit $result
