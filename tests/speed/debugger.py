#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""What a debugger costs: debugger.py CANDIAL [LOG PROFILE] prints Markdown rows of ratios.

The same run without --gdb, with --gdb and nobody there, with GDB attached to the CM7 and `continue`d, and with
GDB at both cores: in turn, ROUNDS times. Each ratio is that of the processor time of candial's own process, taken
within a round; its median is printed.
"""
import os
import re
import statistics
import subprocess
import sys

ROUNDS = 7
WANTED = "0.9"


def arguments(log, profile):
    """A piece that ends before the log does: with --gdb the run would go on behind it."""
    if log is None:
        return ["--speed", "max", "--for", "120s"]
    return ["--profile", profile, "--log", log, "--speed", "max", "--for", "70s"]


def finish(process):
    """Processor seconds of a process that is about to end."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"debugger.py: candial ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def start(words, **more):
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **more)


def alone(words):
    return finish(start(words, stderr=subprocess.DEVNULL))


def debugger(port):
    return start(["gdb-multiarch", "-nx", "-batch", "-ex", "set architecture arm",
                  "-ex", f"target extended-remote :{port}", "-ex", "continue"], stderr=subprocess.DEVNULL)


def served(words, debuggers):
    process = start(words + ["--gdb", "0"], stderr=subprocess.PIPE, text=True)
    ports = re.findall(r":(\d+)", process.stderr.readline())
    if debuggers == 0:
        return finish(process)
    # It stands from the first one's coming on; how far it was before is part of the run.
    attached = [debugger(port) for port in ports[:debuggers]]
    seconds = finish(process)
    for one in attached:
        one.wait()
    return seconds


def main():
    program, log, profile = (sys.argv[1:] + [None, None])[:3]
    words = [program, "run", *arguments(log, profile)]
    ways = [("served, nobody attached", lambda: served(words, 0)),
            ("GDB attached to one core", lambda: served(words, 1)),
            ("GDB attached to both", lambda: served(words, 2))]
    ratios = {name: [] for name, _ in ways}
    for _ in range(ROUNDS):
        plain = alone(words)
        for name, measure in ways:
            ratios[name].append(plain / measure())
    for name, values in ratios.items():
        print(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} to {max(values):.2f} | {WANTED} |")


main()
