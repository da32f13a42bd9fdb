#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Every exception handler of the M4's image executes DSB after its last store (docs/errata.md, Arm's erratum 838869).

    check_handlers.py OBJDUMP candial_cm4.elf
"""
import re
import subprocess
import sys

HANDLERS = ["NMI_Handler", "SysTick_Handler", "FDCAN1_IT0_IRQHandler", "TIM2_IRQHandler", "HSEM2_IRQHandler"]
RETURN = re.compile(r"\b(bx\s+lr|pop(\.w)?\s.*pc|ldmia.*pc)")
STORE = re.compile(r"\b(str|stm|push)")


def instructions(objdump, elf, name):
    text = subprocess.run([objdump, "-d", "--no-show-raw-insn", f"--disassemble={name}", elf],
                          capture_output=True, text=True, check=True).stdout
    return [line.split("\t", 1)[1] for line in text.splitlines() if re.match(r"\s+[0-9a-f]+:\t", line)]


def is_good(lines):
    """Between each return and the store before it stands a DSB."""
    returns = [i for i, line in enumerate(lines) if RETURN.search(line)]
    for at in returns:
        before = [line for line in lines[:at] if STORE.search(line) or "dsb" in line]
        if not before or "dsb" not in before[-1]:
            return False
    return bool(returns)


def main():
    objdump, elf = sys.argv[1:]
    bad = [name for name in HANDLERS if not is_good(instructions(objdump, elf, name))]
    if bad:
        sys.exit(f"{elf}: no DSB before the return of {', '.join(bad)}: end it with handler_end()")


if __name__ == "__main__":
    main()
