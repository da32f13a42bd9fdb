#!/bin/bash
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# How fast the virtual board executes, beside QEMU's mps2-an500 (Cortex-M7) on the same machine, with the
# same code: tests/speed/cpu/run.sh BUILD_FOLDER. Processor times, those of ROUNDS minus those of no
# rounds; each is the smallest of three. Only the ratio means anything: machines drift.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-build/host}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bench=$(find "$build" -name cpu_bench -type f | head -n 1)
[ -n "$bench" ] || { echo "no cpu_bench in $build: ninja -C $build cpu_bench" >&2; exit 2; }

compile() { # workload rounds
    flags="-mcpu=cortex-m7 -mthumb -mfpu=fpv5-d16 -mfloat-abi=hard -O2 -ffreestanding -nostdlib"
    arm-none-eabi-gcc $flags -DROUNDS="$2" -DBOARD -T "$here/link.ld" \
        -Wl,--defsym=CODE_AT=0x08000000,--defsym=RAM_AT=0x20000000 \
        -o "$work/board.elf" "$here/start.c" "$here/$1.c" -lgcc
    arm-none-eabi-objcopy -O binary -j .text "$work/board.elf" "$work/board.bin"
    arm-none-eabi-gcc $flags -DROUNDS="$2" -T "$here/link.ld" \
        -Wl,--defsym=CODE_AT=0x00000000,--defsym=RAM_AT=0x20000000 \
        -o "$work/qemu.elf" "$here/start.c" "$here/$1.c" -lgcc
}

least() { # of three runs, in seconds
    for i in 1 2 3; do "$@"; done | sort -g | head -n 1
}
board() { "$bench" run "$work/board.bin" | cut -d ' ' -f 1; }
TIMEFORMAT=%U
qemu() {
    { time qemu-system-arm -M mps2-an500 -nographic -monitor none -serial none -semihosting \
        -kernel "$work/qemu.elf" < /dev/null > /dev/null 2>&1; } 2>&1
}

printf '%-8s %12s %10s %10s %8s %8s\n' workload 'M instr' board/s qemu/s ratio wanted
while read -r name rounds wanted; do
    compile "$name" 0
    board0=$(least board)
    qemu0=$(least qemu)
    compile "$name" "$rounds"
    million=$("$bench" run "$work/board.bin" | cut -d ' ' -f 2)
    board1=$(least board)
    qemu1=$(least qemu)
    awk -v n="$name" -v m="$million" -v b="$board1" -v b0="$board0" -v q="$qemu1" -v q0="$qemu0" \
        -v w="$wanted" 'BEGIN { printf "%-8s %12.0f %10.0f %10.0f %8.2f %8s\n",
            n, m, m / (b - b0), m / (q - q0), (q - q0) / (b - b0), w }'
done <<LIST
integer 200000 0.10
double 100000 0.40
mixed 200000 0.30
LIST

echo
echo "1 kHz tick, both cores asleep between (wanted: 250 virtual s per s):"
"$bench" tick_m7 tick_m4 20000
echo "wake, handler, sleep, every 2 us on one core (wanted: under 1.5 us a round):"
"$bench" rounds_m7 - 1000
echo "peripheral reads in a loop:"
"$bench" mmio_m7 - 100
echo "HAL_Delay on both cores:"
"$bench" hal_delay_m7 hal_delay_m4 20000
