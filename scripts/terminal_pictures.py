#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""The pictures of terminals in docs/debug.md, from real runs: scripts/terminal_pictures.py [NAME ...]

Each is what tmux shows after the lines below were typed into it, as SVG; the board is build/host/candial with the
images of build/firmware. Needs tmux, gdb-multiarch, openocd and arm-none-eabi-gcc.
"""
import html
import os
import re
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PICTURES = os.path.join(TOP, "docs/pictures")
FIRMWARE = "build/firmware/candial_"
WIDTH, SIZE, LEADING = 8.4, 14, 18  # of a cell, a letter, a line
COLOURS = ["#c9d1d9", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#f0f6fc"]
PAPER = "#0d1117"

CLEAR = None  # instead of what is typed: the screen begins anew

# name: (columns, lines, arguments of candial run, [(what is typed, what is awaited)])
SESSIONS = {
    "gdb-both-cores": (108, 44, ["--gdb", "3333"], [
        ("gdb-multiarch -nx -q -x debug/both.gdb", "(gdb)"),
        (f"both {FIRMWARE}cm7.elf 3333 {FIRMWARE}cm4.elf 3334", "(gdb)"),
        (CLEAR, "(gdb)"),
        ("break dials_frame", "(gdb)"),
        ("break FDCAN1_IT0_IRQHandler", "(gdb)"),
        ("continue", "(gdb)"),
        ("continue", "(gdb)"),
        ("info threads", "(gdb)"),
        ("thread 2.1", "(gdb)"),
        ("backtrace", "(gdb)"),
        ("thread 1.1", "(gdb)"),
        ("print *event", "(gdb)"),
        ("reverse-stepi", "(gdb)"),
        ("monitor time", "(gdb)"),
    ]),
    "gdb-tasks": (124, 30, ["--gdb", "3333", "--cm7", "build/tasks.elf"], [
        ("gdb-multiarch -nx -q build/tasks.elf", "(gdb)"),
        ("target extended-remote :3333", "(gdb)"),
        ("info threads", "(gdb)"),
        ("thread 5", "(gdb)"),
        ("backtrace", "(gdb)"),
        ("info registers r4 sp", "(gdb)"),
    ]),
    "openocd-dead-board": (100, 27, ["--jtag", "9824", "--wiring", "ldo"], [
        ("openocd -f debug/openocd.cfg -c init -c 'targets' -c shutdown", "$ "),
    ]),
}


def tmux(*words):
    return subprocess.run(["tmux", "-L", "candial-pictures", *words], capture_output=True, text=True).stdout


def shown(colours=False):
    return tmux("capture-pane", "-p", *(["-e"] if colours else []))


def wait_for(prompt, before):
    """Until the prompt is the last of what is shown, and it is not what was shown before."""
    while True:
        text = shown().rstrip("\n")
        if text != before and text.split("\n")[-1].rstrip() == prompt.rstrip():
            return
        time.sleep(0.1)


def play(columns, lines, steps):
    tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(lines), "-c", TOP,
         "env PS1='$ ' HISTFILE= PAGER=cat sh")
    tmux("set-option", "-g", "status", "off")
    wait_for("$ ", "")
    for typed, prompt in steps:
        before = shown().rstrip("\n")
        if typed is CLEAR:
            tmux("send-keys", "C-l")
        else:
            tmux("send-keys", "-l", typed)
            tmux("send-keys", "Enter")
        wait_for(prompt, before)
    text = shown(colours=True)
    tmux("kill-server")
    return text


def spans(line):
    """(column, style, text) of a line with SGR sequences."""
    column, colour, bold = 0, COLOURS[0], False
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        sequence = re.fullmatch(r"\x1b\[([\d;]*)m", part)
        if not sequence:
            if part:
                yield column, colour, bold, part
            column += len(part)
            continue
        for code in [int(n or 0) for n in sequence[1].split(";")]:
            if code == 0:
                colour, bold = COLOURS[0], False
            elif code == 1:
                bold = True
            elif code == 39:
                colour = COLOURS[0]
            elif 30 <= code <= 37 or 90 <= code <= 97:
                colour = COLOURS[code % 10]


def svg(text, columns, title):
    lines = text.rstrip("\n").split("\n")
    width, height = columns * WIDTH + 24, len(lines) * LEADING + 24
    out = ["<!-- SPDX-FileCopyrightText: candial contributors -->", "<!-- SPDX-License-Identifier: MIT -->",
           f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" role="img" '
           f'viewBox="0 0 {width:.0f} {height}">', f"<title>{html.escape(title)}</title>",
           f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>',
           f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}">']
    for number, line in enumerate(lines):
        for column, colour, bold, part in spans(line):
            if part.strip():
                column += len(part) - len(part.lstrip())
                part = part.strip().replace(" ", "\xa0")  # SVG would make one of many
                out.append(f'<text x="{12 + column * WIDTH:.1f}" y="{12 + SIZE + number * LEADING}" '
                           f'textLength="{len(part) * WIDTH:.1f}" fill="{colour}"'
                           f'{" font-weight=" + chr(34) + "bold" + chr(34) if bold else ""}>'
                           f"{html.escape(part, quote=False)}</text>")
    return "\n".join(out + ["</g>", "</svg>", ""])


def build_tasks():
    subprocess.run(["arm-none-eabi-gcc", "-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard",
                    "-Og", "-g", "-std=gnu11", "-ffreestanding", "-fno-tree-loop-distribute-patterns",
                    "-nostdlib", "-Wl,--no-warn-rwx-segments", "-Wl,-e,reset_handler", "-T",
                    "tests/check/images/m7.ld", "-o", "build/tasks.elf", "tests/debug/images/tasks.c", "-lgcc"],
                   cwd=TOP, check=True)


def main():
    build_tasks()
    for name in sys.argv[1:] or SESSIONS:
        columns, lines, arguments, steps = SESSIONS[name]
        with tempfile.TemporaryFile() as said:
            board = subprocess.Popen(["build/host/candial", "run", *arguments], cwd=TOP,
                                     stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            time.sleep(2)  # into the drive
            text = play(columns, lines, steps)
            board.terminate()
            board.wait()
        with open(os.path.join(PICTURES, name + ".svg"), "w") as file:
            file.write(svg(text, columns, name.replace("-", " ")))


main()
