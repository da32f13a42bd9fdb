#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""test_vcd.py CANDIAL: sigrok-cli decodes the servo's pulses of `run --vcd` as `--json` says. Exits 77 without it."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

SAMPLE_US = 1  # sigrok takes every 1,000th nanosecond
PERIOD_US = 20000


def pulses_of(path):
    with open(path, encoding="ascii") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["pulse_us"] for row in rows if row.get("pulse_us")]


def decoded(path, annotation):
    said = subprocess.run(["sigrok-cli", "-i", path, "-I", f"vcd:downsample={SAMPLE_US * 1000}", "-P", "pwm:data=PA0",
                           "-A", f"pwm={annotation}"], capture_output=True, text=True, check=True).stdout
    return [line.split(": ")[1] for line in said.splitlines()]


def main():
    if shutil.which("sigrok-cli") is None:
        print("skipped: sigrok-cli is not installed")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        vcd, lines = os.path.join(folder, "run.vcd"), os.path.join(folder, "run.json")
        subprocess.run([sys.argv[1], "run", "--for", "2s", "--speed", "max", "--vcd", vcd, "--json", lines],
                       stdout=subprocess.DEVNULL, check=True)
        pulses = pulses_of(lines)
        duties = [float(text.rstrip("%")) for text in decoded(vcd, "duty-cycle")]
        periods = decoded(vcd, "period")
    # The last pulse has no period yet.
    wrong = [] if len(duties) in (len(pulses), len(pulses) - 1) else [f"{len(duties)} pulses decoded, {len(pulses)} said"]
    wrong += [f"pulse {i}: {duty} %, not {pulse} us" for i, (duty, pulse) in enumerate(zip(duties, pulses))
              if abs(duty * PERIOD_US / 100 - pulse) > 2 * SAMPLE_US]
    wrong += [f"period {text}" for text in periods if not text.startswith("20.0")]
    print("\n".join(wrong))
    return 1 if wrong or not duties else 0


sys.exit(main())
