#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""What of an image serves what: parts.py MAPFILE prints a Markdown row for each part.

Bytes of flash (code, constants, initial values) by the linker's map. The linker merges equal
strings across files and counts them where it met them first, and adds some hundred bytes of its
own that stand at no file: a part is right to about 1 %.
"""
import re
import sys

PARTS = {  # by the source file's name; whatever is not named is the gauge itself
    "asking the car (OBD-II, UDS, J1939 requests)": r"diag_poll|request.*|isotp|obd|uds|source_obd2|source_uds",
    "console, calibration, errors": r"shell|keys|lineedit|commands.*|words|errors",
    "settings in flash": r"settings|store.*|flash|record_build|record_validate",
    "clocks compared and steered": r"clock_watch|clock_hse|clock_plan|lse",
}
GAUGE = "gauge: boot, CAN, needle, pulse, telemetry, record"
IN_FLASH = {".boot", ".itcm", ".data", ".text", ".rodata"}


def part_of(source):
    for part, pattern in PARTS.items():
        if re.fullmatch(pattern, source):
            return part
    return GAUGE


def contributions(lines):
    """(output section, source, bytes) of each input section; fill belongs to the one before."""
    output = source = None
    pending = ""
    for line in lines:
        if re.match(r"\.\S", line):
            output = line.split()[0]
        line = (pending + line).rstrip()
        pending = ""
        if re.fullmatch(r" \S+", line):  # a long name: address, size and file stand on the next line
            pending = line
            continue
        found = re.match(r" (\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)(?:\s+(\S+))?$", line)
        if found:
            if found[4]:
                source = re.sub(r"^.*[/(]|\.c\.obj$|\.o\)$|\)$", "", found[4])
            yield output, source, int(found[3], 16)


def main():
    total = {}
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read().split("Linker script and memory map", 1)[1]
    for output, source, size in contributions(text.splitlines(keepends=True)):
        if output in IN_FLASH and size:
            part = part_of(source)
            total[part] = total.get(part, 0) + size
    for part in [GAUGE, *PARTS]:
        print(f"| {part} | {total.get(part, 0):,} |")
    print(f"| sum | {sum(total.values()):,} |")


main()
