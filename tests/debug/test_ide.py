#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""What .vscode names is there: images, tasks, ports, launches; and the virtual board's task ends its start as it says."""
import json
import os
import re

from board import SOURCE, Board, check, finish


def read(name):
    with open(os.path.join(SOURCE, ".vscode", name)) as file:
        return json.load(file)


launch, tasks = read("launch.json"), read("tasks.json")
labels = {task["label"]: task for task in tasks["tasks"]}
names = {launch["name"] for launch in launch["configurations"]}
for configuration in launch["configurations"]:
    check("the image of " + configuration["name"], re.fullmatch(
        r"build/firmware/candial_cm[74]\.elf", configuration["executable"]))
    check("its task", configuration.get("preLaunchTask", "build") in labels)
    for other in configuration.get("chainedConfigurations", {}).get("launches", []):
        check("the one it starts", other["name"] in names)
for compound in launch["compounds"]:
    check(compound["name"], set(compound["configurations"]) <= names)
for task in tasks["tasks"]:
    check("what it depends on", task.get("dependsOn", "build") in labels)
    for word in re.findall(r"(?:scripts|\./)\S+", task["command"]):
        check(word, os.access(os.path.join(SOURCE, word), os.X_OK))
board = Board("--gdb", "0", "--for", "1s", "--speed", "max")
ends = labels["virtual board"]["problemMatcher"]["background"]["endsPattern"]
check("it has started when it says so", any(re.search(ends, line) for line in board.said), board.said)
board.end()
finish()
