#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""--trace, --profile-cpu and --coverage of candial's own images."""
import json
import os
import subprocess
import tempfile

from board import BUILD, CM4, CM7, SOURCE, check, finish

folder = tempfile.TemporaryDirectory()


def path(name):
    return os.path.join(folder.name, name)


def run(*arguments):
    return subprocess.run(
        [os.path.join(BUILD, "candial"), "run", "--speed", "max", "--for", "1500ms", "--cm7", CM7,
         "--cm4", CM4, *arguments], cwd=SOURCE, capture_output=True, text=True)


def read(name):
    with open(path(name)) as file:
        return file.read()


recorded = run("--json", path("with"), "--trace", path("trace"), "--profile-cpu", path("profile"),
               "--coverage", path("coverage"), "--swo", path("swo"))
plain = run("--json", path("without"))
check("the run is good", recorded.returncode == 0 and "good:" in recorded.stdout, recorded.stderr)
check("recording changes nothing", read("with") == read("without") and read("with") != "")

# Each core's functions nest, and their times never go back.
events = json.loads(read("trace"))["traceEvents"]
for tid, name in [(1, "dials_frame"), (2, "FDCAN1_IT0_IRQHandler")]:
    stack, last, good = [], 0.0, True
    for event in events:
        if event["tid"] != tid or event["ph"] == "M":
            continue
        good = good and event["ts"] >= last
        last = event["ts"]
        if event["ph"] == "B":
            stack.append(event["name"])
        else:
            good = good and bool(stack) and stack.pop() == event["name"]
    check("core %d: all that is entered is left" % tid, good and not stack, str(stack))
    entered = [e["ts"] for e in events if e["tid"] == tid and e["ph"] == "B" and e["name"] == name]
    check("%s comes with the car's frames" % name, len(entered) >= 3 and min(entered) > 1e6,
          str(entered[:5]))
    gaps = [b - a for a, b in zip(entered, entered[1:])]
    check("every 100 ms", max(gaps) < 110e3, str(gaps))

ways = dict(line.rsplit(" ", 1) for line in read("profile").splitlines())
check("who calls whom",
      any(way.startswith("CM7;") and ";take_events;dials_frame" in way for way in ways), "")
check("nobody calls the interrupt", any(
    way.split(";")[-1] == "FDCAN1_IT0_IRQHandler" for way in ways), "")
check("the depth is that of C", max(way.count(";") for way in ways) < 20, "")

hit = {}
for record in read("coverage").split("end_of_record"):
    lines = record.split()
    source = [line[3:] for line in lines if line.startswith("SF:")]
    if source:
        counts = dict(line[3:].split(",") for line in lines if line.startswith("DA:"))
        hit.setdefault(source[0], {}).update(
            {int(n): int(c) for n, c in counts.items() if int(c) or int(n) not in hit.get(source[0], {})})


def covered(file, text):
    with open(os.path.join(SOURCE, file)) as source:
        number = [n for n, line in enumerate(source, 1) if text in line][0]
    found = [lines for name, lines in hit.items() if name.endswith(file)]
    return found[0].get(number) if found else None


check("what ran is covered", covered("firmware/cm7/dials.c", "frame.id = event->id") == 1, "")
check("what did not is not", covered("firmware/cm7/commands.c", "answer_ok(\"candial %s\"") == 0, "")
check("many lines", sum(len(lines) for lines in hit.values()) > 2000, "")

refused = run("--gdb", "0", "--trace", path("x"))
check("not with --gdb", refused.returncode == 2 and refused.stderr.count("\n") == 1, refused.stderr)
refused = run("--coverage", "/nowhere/x")
check("a file that cannot be", refused.returncode == 2 and "/nowhere/x" in refused.stderr,
      refused.stderr)
finish()
