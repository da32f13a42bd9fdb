#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Tasks kept as FreeRTOS keeps them are GDB's threads: their names, what they do, and their registers."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from board import SOURCE, Board, Client, check, finish, gdb

if shutil.which("gdb-multiarch") is None:
    print("no gdb-multiarch: scripts/setup.sh test installs it")
    sys.exit(77)

folder = tempfile.TemporaryDirectory()
IMAGE = os.path.join(folder.name, "tasks.elf")
STRIPPED = os.path.join(folder.name, "stripped.elf")
subprocess.run(["arm-none-eabi-gcc", "-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard", "-Og",
                "-g", "-std=gnu11", "-ffreestanding", "-Wall", "-Wextra", "-Werror", "-nostdlib",
                "-fno-tree-loop-distribute-patterns", "-Wl,--no-warn-rwx-segments", "-Wl,-e,reset_handler",
                "-T", "tests/check/images/m7.ld", "-o", IMAGE, "tests/debug/images/tasks.c", "-lgcc"],
               cwd=SOURCE, check=True)
subprocess.run(["arm-none-eabi-strip", "-o", STRIPPED, IMAGE], check=True)

TASKS = [("IDLE", "runs", 0), ("blink", "blocked", 1), ("heater", "blocked", 1), ("logger", "suspended", 1),
         ("<sensor>", "blocked", 2), ("gone", "deleted", 0)]

SCRIPT = """
file {0}
target extended-remote :{1}
break all_wait
continue
continue
delete
echo -- list\\n
info threads
thread find sensor
thread 5
echo -- task\\n
backtrace
info registers r4 sp pc
p $s16
p $sp < (char*)&stacks[3] && $sp > (char*)&stacks[2]
up
p $pc >= (char*)measure && $pc < (char*)sensor_task
thread find blink
thread 2
p $s16
p $s0
echo -- change\\n
thread 5
set var $r4 = 0x1234
set var $s16 = 2.5
p wake = 1
break all_wait
continue
thread
p/x woken_r4
p woken_s16
thread apply all backtrace 1
echo -- reset\\n
monitor reset halt
maintenance flush register-cache
flushregs
stepi
info threads
echo -- end\\n
"""


def section(text, name):
    return text.split("-- " + name + "\n")[1].split("\n-- ")[0] if "-- " + name in text else ""


def start(image):
    return Board("--gdb", "0", "--speed", "max", "--cm7", image, images=False)


def listed(text):
    return [(name, state, int(priority)) for name, state, priority in
            re.findall(r'Thread \d+ "([^"]*)" \((\w+), priority (\d+)\)', text)]


def with_gdb(image):
    board = start(image)
    said = gdb(SCRIPT, IMAGE, board.ports[0])
    board.end()
    check("all are there", listed(section(said, "list")) == TASKS, said)
    task = section(said, "task")
    check("where it waits, and who called it", re.search(
        r"#0 .*wait_for_sample.*\n#1 .* measure .*\n#2 .* sensor_task ", task), said)
    check("what it has left in its registers", "0x4444" in task and "= 1.5" in task, task)
    check("its stack", len(re.findall(r"\$\d+ = 1$", task, re.M)) == 2, task)
    check("whose FPU is not used has none", task.count("<unavailable>") == 2, task)
    change = section(said, "change")
    check("it finds what was changed", "= 0x1234" in change and "= 2.5" in change, change)
    check("the idle task is back", '"IDLE" hit Breakpoint' in change or
          "Current thread is 1" in change, change)
    check("all stacks are seen", change.count("#0 ") >= 6, change)
    reset = section(said, "reset")
    check("a core that was reset runs no task", '"CM7"' in reset and not listed(reset), reset)


def word(client, address):
    return int.from_bytes(bytes.fromhex(client.ask("m%x,4" % address)), "little")


def symbols(client, known):
    """The dialogue of qSymbol; the names that were asked for."""
    asked = []
    answer = client.ask("qSymbol::")
    while answer.startswith("qSymbol:"):
        name = bytes.fromhex(answer[8:]).decode()
        asked.append(name)
        address = known.get(name)
        answer = client.ask("qSymbol:%s:%s" % ("" if address is None else "%x" % address, answer[8:]))
    check("the end of it", answer == "OK", answer)
    return asked


def by_hand():
    """No symbols in the image: those that the debugger knows."""
    names = subprocess.run(["arm-none-eabi-nm", IMAGE], capture_output=True, text=True).stdout
    known = {line.split()[2]: int(line.split()[0], 16) for line in names.splitlines()}
    board = start(STRIPPED)
    client = Client(board.ports[0])
    check("one thread", "thread:1;" in client.ask("?") and client.ask("qfThreadInfo") == "m1" and
          client.ask("qsThreadInfo") == "l" and client.ask("qC") == "QC1" and client.ask("T1") == "OK")
    check("which is the core", bytes.fromhex(client.ask("qThreadExtraInfo,1")) == b"CM7" and
          'name="CM7"' in client.ask("qXfer:threads:read::0,1000"))
    check("a program without tasks", symbols(client, {})[0] == "pxCurrentTCB" and
          client.ask("qfThreadInfo") == "m1")
    asked = symbols(client, known)
    check("what it asks for", "pxReadyTasksLists" in asked and "uxTopUsedPriority" in asked, str(asked))
    threads = client.ask("qfThreadInfo")[1:].split(",")
    xml = re.sub("}(.)", lambda m: chr(ord(m[1]) ^ 0x20), client.ask("qXfer:threads:read::0,4000"))
    check("tasks", len(threads) == 6 and xml.count("<thread ") == 6 and "&#60;sensor&#62;" in xml, xml)
    check("the running one first", int(threads[0], 16) == word(client, known["pxCurrentTCB"]) and
          client.ask("qC") == "QC" + threads[0])
    said = [bytes.fromhex(client.ask("qThreadExtraInfo," + t)).decode() for t in threads]
    check("what they do", said == ["%s: %s" % t[:2] for t in TASKS], str(said))
    running = client.ask("g")
    check("others have other registers", client.ask("Hg" + threads[4]) == "OK" and
          client.ask("g") != running and client.ask("p4") == "44440000")
    check("no stack pointer to set", client.ask("Pd=00000000").startswith("E"))
    check("again the running one", client.ask("Hg0") == "OK" and client.ask("g") == running)
    check("there is no such one", client.ask("Hg12345") == "E01" and client.ask("T12345") == "E01" and
          client.ask("T") == "E01" and client.ask("qThreadExtraInfo,") == "E01")
    client.close()
    board.end()


with_gdb(IMAGE)
by_hand()
finish()
