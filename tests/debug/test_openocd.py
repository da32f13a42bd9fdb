#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""OpenOCD as it is, at the virtual board: attaches to both cores, programs, verifies, resets; a dead board is dead."""
import os
import re
import shutil
import socket
import subprocess
import sys

from board import BUILD, CM4, CM7, SOURCE, Board, Client, check, finish

if shutil.which("openocd") is None:
    print("no openocd: scripts/setup.sh test installs it")
    sys.exit(77)

QUIET = ["gdb_port disabled", "tcl_port disabled", "telnet_port disabled"]
LOCKUP = "Error: [stm32h7x.cpu1] clearing lockup after double fault"

# Of a core that it has not polled yet, OpenOCD 0.12.0-3 (Debian 13) takes no notice when it halts.
KNOWN = ["init", "targets stm32h7x.cpu1", "poll", "targets stm32h7x.cpu0", "poll"]


def openocd(port, *commands, before=()):
    words = ["openocd", "-c", "set PORT %d" % port]
    for command in before:
        words += ["-c", command]
    words += ["-f", "debug/openocd.cfg"]
    for command in [*QUIET, *commands]:
        words += ["-c", command]
    done = subprocess.run(words, cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    return done.stdout


def start(*arguments, images=True):
    return Board("--jtag", "0", "--speed", "max", *arguments, ports_after="jtag:", images=images)


def address(elf, symbol):
    names = subprocess.run(["arm-none-eabi-nm", elf], capture_output=True, text=True).stdout
    return int(re.search(r"(\S+) \S %s$" % symbol, names, re.M).group(1), 16) & ~1


def both_cores():
    board = start()
    said = openocd(
        board.ports[0], *KNOWN, "halt", "targets stm32h7x.cpu1", "halt", "step", "resume",
        "targets stm32h7x.cpu0", "bp 0x%x 2 hw" % address(CM7, "dials_frame"), "resume",
        "wait_halt 20000", "echo [get_reg pc]", "rbp 0x%x" % address(CM7, "dials_frame"),
        "wp 0x38000184 4 w", "resume", "wait_halt 20000", "rwp 0x38000184",
        "set_reg {r7 0x12345678}", "echo [get_reg r7]", "mww 0x2001f000 0xcafe0123",
        "echo [read_memory 0x2001f000 32 1]", "echo [read_memory 0x2001f001 8 2]",
        "echo [read_memory 0x5c001000 32 1]", "resume", "shutdown")
    out, err = board.end()
    check("both TAPs", "0x6ba00477" in said and "0x06450041" in said, said)
    check("both cores", "8 breakpoints, 4 watchpoints" in said and
          "6 breakpoints, 4 watchpoints" in said, said)
    check("halts", said.count("halted due to debug-request") == 2 and "single-step" in said, said)
    check("a breakpoint", "pc 0x%08x" % address(CM7, "dials_frame") in said, said)
    check("a watchpoint", "halted due to watchpoint" in said, said)
    check("registers and memory", "r7 0x12345678" in said and "0xcafe0123" in said and
          "0x1 0xfe" in said and "0x20036450" in said, said)
    check("no errors", "Error" not in said, said)
    check("the board went on", "dial:" in out, out + err)


def program():
    board = start("--cm7", CM7, images=False)  # the M4's bank is empty
    said = openocd(board.ports[0], "program %s verify" % CM4, "program %s verify reset exit" % CM7)
    # Nothing was live as long as the M4 had no image.
    live = board.wait_for(lambda line: line["state"] == "live" and
                          abs(line["servo_deg"] - line["needle_deg"]) < 0.5)
    out, err = board.end()
    check("programmed and verified", said.count("** Programming Finished **") == 2 and
          said.count("** Verified OK **") == 2, said)
    check("by the loader, on the M7", "couldn't use loader" not in said and
          "Error" not in said.replace(LOCKUP, ""), said)
    check("and reset", "** Resetting Target **" in said, said)
    check("the M4 that was not there works, and the needle with it",
          live is not None and live["supply"] == "ok", out + err)


def empty_bank():
    board = start("--cm7", CM7, images=False)
    said = openocd(board.ports[0], *KNOWN, "shutdown")
    board.end()
    check("the M4 on erased flash, as on a real board", LOCKUP in said, said)


def cross_trigger():
    board = start()
    said = openocd(board.ports[0], "init", "halt", "sleep 50",
                   "targets stm32h7x.cpu1", "wait_halt 2000", "echo [[target current] curstate]",
                   "shutdown", before=["set USE_CTI 1"])
    board.end()
    check("one halts the other", re.search(r"^halted$", said, re.M), said)


def leaves_halted():
    board = start()
    said = openocd(board.ports[0], *KNOWN, "halt", "shutdown")
    later = openocd(board.ports[0], "init", "poll", "echo [[target current] curstate]", "shutdown")
    out, err = board.end()
    check("it was halted", "halted due to debug-request" in said, said)
    check("it is said, once", err.count("jtag: the probe is gone; what it held runs on\n") == 1, err)
    check("and it runs on", re.search(r"^running$", later, re.M), later)


def dead():
    board = start("--wiring", "ldo")
    said = openocd(board.ports[0], "init", "halt", "shutdown")
    out, err = board.end()
    check("as a dead board", "JTAG scan chain interrogation failed: all ones" in said and
          "IR capture error; saw 0x0f not 0x01" in said, said)


def looks_around():
    """The ROM tables lead to all that is there, and end; what has no clock faults."""
    board = start()
    said = openocd(board.ports[0], "init", *["stm32h7x.dap info %d" % ap for ap in (0, 1, 2, 3)],
                   "echo clock", "stm32h7x.ap2 mww 0xE00E1004 0x00400000",
                   "catch {stm32h7x.ap2 mdw 0xE00F0FE0}", "stm32h7x.ap2 mww 0xE00E1004 0x00600000",
                   "stm32h7x.ap2 mdw 0xE00F0FE0", "shutdown")
    board.end()
    info, clock = said.split("\nclock\n")
    parts = [int(part, 16) for part in re.findall(r"Part is (0x\w+)", info)]
    check("all components", parts == [
        0x450, 0x4c7, 0x00c, 0x002, 0x00e, 0x001, 0x975, 0x906,  # the M7's
        0x450, 0x914, 0x908, 0x101, 0x001, 0x906, 0x908, 0x961, 0x912,  # the system's
        0x450, 0x00c, 0x002, 0x003, 0x001, 0x925, 0x906], info)  # the M4's
    check("all tables end", info.count("End of ROM table") == 5 and "No ROM table present" in info and
          "Invalid" not in info, info)
    check("the M7's ETM is of version 4", "0x47704a13" in info, info)
    check("not without its clock", "STICKY ERROR" in clock and clock.count("0xe00f0fe0:") == 1, clock)
    check("with it", re.search(r"0xe00f0fe0: 0*1 ", clock), clock)


def shift_idcode(client):
    """TLR, to Shift-DR, 32 bits of the debug port's TAP."""
    bits = [1, 1, 1, 1, 1, 0, 1, 0, 0]
    client.send("".join("%d%d" % (2 * b, 4 + 2 * b) for b in bits).encode())
    client.send(b"0R4" * 32)
    got = b""
    while len(got) < 32:
        got += client.socket.recv(32 - len(got))
    return sum(int(chr(c)) << i for i, c in enumerate(got))


def comes_and_goes():
    board = start()
    for _ in range(200):
        client = Client(board.ports[0])
        check("the IDCODE", shift_idcode(client) == 0x6BA00477)
        client.close()
    client = Client(board.ports[0])
    client.send(b"\x00garbage\xff!?#$%ABCxyz" * 100)
    client.close()
    out, err = board.end()
    check("the board went on", "good: no reset" in out, out + err)


def refused(words, expected):
    done = subprocess.run([os.path.join(BUILD, "candial"), "run", *words],
                          cwd=SOURCE, capture_output=True, text=True)
    check(" ".join(words), done.returncode == 2 and expected in done.stderr and
          done.stderr.count("\n") == 1, done.stderr)


def bad_ports():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused(["--jtag", port], "Address already in use")
    refused(["--jtag", "x"], "is no port")
    refused(["--jtag", "70000"], "is no port")
    refused(["--jtag", "0", "--gdb", "0"], "two debuggers")


bad_ports()
comes_and_goes()
both_cores()
program()
empty_bank()
cross_trigger()
looks_around()
leaves_halted()
dead()
finish()
