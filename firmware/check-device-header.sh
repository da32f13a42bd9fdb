#!/bin/sh
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
#
# Compares firmware/device with ST's CMSIS device header (not part of this tree):
#   1. every macro of ours that ST has too has the same value, for either core;
#   2. every structure member of ours lies at ST's offset;
#   3. both headers give images that are equal to the byte.
#
#   firmware/check-device-header.sh DIR_OF_STM32H755XX_H [BUILD_DIR]
#
# Exit status 0: all equal. 1: a difference, which is named. 2: wrong use.
set -eu

if [ $# -lt 1 ] || [ ! -f "$1/stm32h755xx.h" ]; then
    echo "use: $0 DIR_OF_STM32H755XX_H [BUILD_DIR]" >&2
    exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
st=$(cd "$1" && pwd)
work=${2:-$root/build/device-header}
cores=$root/firmware/cortex_m
ours=$root/firmware/device
mkdir -p "$work"

macros() { # FOLDER: the names its headers define, but for guards and core configuration
    sed -n 's/^#define \([A-Z][A-Z0-9a-z_]*\)[ (].*/\1/p' "$1"/*.h | grep -v '_H$' | sort -u
}

# One struct member per line: TYPE MEMBER
members() {
    awk '/^typedef struct/ { inside = 1; count = 0; next }
         inside && /^}/ { sub(/^} */, ""); sub(/;.*/, ""); for (i = 0; i < count; i++)
             print $0, name[i]; inside = 0; next }
         inside && /__IO/ { sub(/.*uint32_t +/, ""); sub(/[;\[].*/, ""); name[count++] = $0 }' \
        "$1"/*.h
}

check_values() { # CORE
    {
        echo '#include <stddef.h>'
        echo '#include "stm32h755xx.h"'
        echo 'unsigned long value[] = {'
        macros "$ours" | while read -r name; do
            printf '#ifdef %s\n(unsigned long)(%s),\n#else\n#error %s\n#endif\n' \
                "$name" "$name" "$name"
        done
        members "$ours" | while read -r type name; do
            printf 'offsetof(%s, %s),\n' "$type" "$name"
        done
        printf 'FDCAN1_IT0_IRQn, TIM2_IRQn, USART3_IRQn, HSEM1_IRQn, HSEM2_IRQn, WAKEUP_PIN_IRQn\n};\n'
    } > "$work/values.c"
    for side in ours st; do
        if [ $side = ours ]; then include=$ours; else include=$st; fi
        cpu=cortex-m7
        if [ "$1" = CORE_CM4 ]; then cpu=cortex-m4; fi
        arm-none-eabi-gcc -mcpu=$cpu -mthumb -std=c11 -w -ffreestanding -D"$1" \
            -isystem "$include" -isystem "$cores" -S -o "$work/$side.s" "$work/values.c"
        grep -E '^[[:space:]]+\.(word|space)' "$work/$side.s" > "$work/$side.values"
    done
    if ! cmp -s "$work/ours.values" "$work/st.values"; then
        echo "$1: values differ (ours <, ST's >), in the order of $work/values.c:" >&2
        diff "$work/ours.values" "$work/st.values" >&2 || true
        return 1
    fi
    echo "$1: $(wc -l < "$work/ours.values") values equal"
}

build() { # NAME [OPTION]
    cmake -S "$root" -B "$work/$1" -G Ninja ${2:+"$2"} \
        --toolchain "$root/cmake/arm-none-eabi.cmake" > "$work/$1.log"
    cmake --build "$work/$1" >> "$work/$1.log" || { cat "$work/$1.log" >&2; return 1; }
    for core in cm7 cm4; do
        arm-none-eabi-objcopy -O binary "$work/$1/candial_$core.elf" "$work/$1/candial_$core.bin"
    done
}

check_values CORE_CM7
check_values CORE_CM4
build with-ours
build with-st "-DCANDIAL_DEVICE_INCLUDE=$st"
for core in cm7 cm4; do
    cmp "$work/with-ours/candial_$core.bin" "$work/with-st/candial_$core.bin" >&2
    echo "candial_$core: $(wc -c < "$work/with-ours/candial_$core.bin") bytes equal"
done
