#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""`candial doctor` at made-up computers and boards."""
import os
import subprocess
import tempfile

from board import BUILD, SOURCE, check, finish

folder = tempfile.TemporaryDirectory()
root = os.path.join(folder.name, "root")
tools = os.path.join(folder.name, "bin")
os.mkdir(tools)


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


def tool(name, says=""):
    write(os.path.join(tools, name), "#!/bin/sh\n/bin/cat <<'EOF'\n%s\nEOF\n" % says, 0o755)


def doctor(*arguments):
    done = subprocess.run([os.path.join(BUILD, "candial"), "doctor", *arguments], cwd=SOURCE, text=True,
                          env=dict(os.environ, CANDIAL_ROOT=root, PATH=tools), capture_output=True)
    return done.returncode, done.stdout + done.stderr


def expect(what, status, *words):
    code, said = doctor()
    check(what, code == status and all(word in said for word in words), said)


expect("nothing", 1, "bad   ST-LINK", "bad   programmer", "next: mend")
device = os.path.join(root, "sys/bus/usb/devices/1-2")
for name, value in [("idVendor", "0483"), ("idProduct", "374e"), ("busnum", "1"), ("devnum", "7")]:
    write(os.path.join(device, name), value + "\n")
expect("an ST-LINK that may not be used", 1, "good  ST-LINK", "STLINK-V3E", "bad   permission",
       "70-candial-stlink.rules")
write(os.path.join(root, "dev/bus/usb/001/007"), "")
expect("no tool", 1, "good  permission", "bad   programmer")
tool("openocd", "Info : Target voltage: 3.272000\nat pc 0x08000abc")
expect("all is well", 0, "good  supply", "VDD 3.27 V", "good  chip", "next: ./flash", "no gdb-multiarch")
tool("gdb-multiarch")
expect("a debugger", 0, "good  debugger")
tool("openocd", "Info : Target voltage: 1.100000\nat pc 0x08000abc")
expect("too low", 1, "bad   supply", "VDD 1.10 V", "JP2")
tool("openocd", "Info : Target voltage: 3.272000\nat pc 0x1ff0a1b2")
expect("BOOT0", 1, "bad   BOOT0", "CN11-7")
tool("openocd", "Info : Target voltage: 3.304000\nError: init mode failed (unable to connect to the target)")
expect("a dead chip", 1, "good  supply", "bad   chip", "candial recover")
tool("openocd", "Error: libusb_open() failed with LIBUSB_ERROR_ACCESS")
expect("not for us", 1, "may not use the ST-LINK")
code, said = doctor("x")
check("an argument", code == 2 and said.count("\n") == 1, said)
code, said = doctor("--help")
check("help", code == 0 and said.startswith("usage: candial doctor"), said)
finish()
