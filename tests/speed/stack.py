#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Worst stack of an image: tests/speed/stack.py BUILD_FOLDER IMAGE (candial_cm7 or candial_cm4).

Reads the call graphs that GCC writes beside each object (-fcallgraph-info=su) and adds the deepest
chain of the main program, the deepest handler of each priority level, and what an exception pushes.
Calls through pointers are not in the graphs: they are counted as reaching any function whose address
is taken, if there is one (none is, outside the vector tables, as long as this prints no such line).
"""
import pathlib
import re
import sys

NODE = re.compile(r'node: \{ title: "([^"]+)" label: "[^"]*\\n(\d+) bytes \((\w+)')
EDGE = re.compile(r'edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"')
# Basic frame of 8 words; with the FPU's 18 more, and up to a word of alignment (PM0253 2.4.7).
FRAME = {"candial_cm7": 26 * 4 + 4, "candial_cm4": 8 * 4 + 4}
# Handlers that can nest: one of each priority level, NMI and HardFault above all.
LEVELS = {
    "candial_cm7": [["HSEM1_IRQHandler"], ["USART3_IRQHandler"], ["SysTick_Handler"],
                    ["NMI_Handler"], ["HardFault_Handler"]],
    "candial_cm4": [["TIM2_IRQHandler", "FDCAN1_IT0_IRQHandler", "HSEM2_IRQHandler"],
                    ["SysTick_Handler"], ["NMI_Handler"], ["HardFault_Handler"]],
}


def load(folder, image):
    size, calls = {}, {}
    for path in pathlib.Path(folder).rglob("*.ci"):
        if f"{image}.dir" not in str(path):
            continue
        text = path.read_text()
        for name, count, _ in NODE.findall(text):
            size[name] = max(size.get(name, 0), int(count))
        for source, target in EDGE.findall(text):
            calls.setdefault(source, set()).add(target)
    return size, calls


def deepest(name, size, calls, path=()):
    """Bytes and chain of the deepest way down from `name`; a cycle is an error."""
    if name in path:
        raise SystemExit(f"stack.py: recursion: {' > '.join(path + (name,))}")
    best, chain = 0, ()
    for target in sorted(calls.get(name, ())):
        depth, way = deepest(target, size, calls, path + (name,))
        if depth > best:
            best, chain = depth, way
    return size.get(name, 0) + best, (name.split(":")[-1],) + chain


def find(size, calls, plain):
    names = [n for n in set(size) | set(calls) if n.split(":")[-1] == plain]
    return names[0] if names else None


def main():
    folder, image = sys.argv[1], sys.argv[2]
    size, calls = load(folder, image)
    if not size:
        raise SystemExit(f"stack.py: no call graphs of {image} in {folder}: build the firmware preset")
    total, chain = deepest(find(size, calls, image[-3:] + "_main"), size, calls)
    print(f"{image}: main {total} B ({' > '.join(chain)})")
    for level in LEVELS[image]:
        depths = [deepest(find(size, calls, h), size, calls) for h in level if find(size, calls, h)]
        if depths:
            depth, chain = max(depths)
            total += depth + FRAME[image]
            print(f"{image}: + {depth} B and a frame of {FRAME[image]} B ({' > '.join(chain)})")
    if any("__indirect_call" in targets for targets in calls.values()):
        print(f"{image}: there are calls through pointers, not counted")
    print(f"{image} worst stack {total} B")


main()
