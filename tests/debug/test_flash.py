#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""./flash: checks, keeps, programs and verifies on the virtual board, and says what is wrong with a real one."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from board import BUILD, CM4, CM7, FIRMWARE, SOURCE, check, finish

if shutil.which("openocd") is None:
    print("no openocd: scripts/setup.sh test installs it")
    sys.exit(77)

folder = tempfile.TemporaryDirectory()
tools = os.path.join(folder.name, "bin")
os.mkdir(tools)


def flash(*arguments, path=None, candial=os.path.join(BUILD, "candial"), text_in="\n"):
    environment = dict(os.environ, CANDIAL=candial, CANDIAL_STATE=folder.name, HOME=folder.name)
    if path is not None:
        environment["PATH"] = path
    done = subprocess.run([os.path.join(SOURCE, "flash"), *arguments], cwd=SOURCE, text=True,
                          env=environment, capture_output=True, input=text_in)
    return done.returncode, done.stderr + done.stdout


def changed_image():
    name = os.path.join(folder.name, "changed.elf")
    with open(CM7, "rb") as original:
        content = original.read()
    banner = re.search(rb"candial \d+\.\d+\.\d+", content).group(0)
    with open(name, "wb") as file:
        file.write(content.replace(banner, banner[:-1] + b"9"))
    return name, (banner[:-1] + b"9").decode()


def fake(name, says, status):
    path = os.path.join(tools, name)
    with open(path, "w") as file:
        file.write("#!/bin/sh\ncat <<'EOF'\n%s\nEOF\nexit %d\n" % (says, status))
    os.chmod(path, 0o755)


def unchecked():
    """The program itself, but for its check, which takes its time and is asked for elsewhere."""
    path = os.path.join(tools, "unchecked")
    with open(path, "w") as file:
        file.write("#!/bin/sh\n[ \"$1\" != check ] || exit 0\nexec '%s' \"$@\"\n" %
                   os.path.join(BUILD, "candial"))
    os.chmod(path, 0o755)
    return path


def virtual():
    image, banner = changed_image()
    status, said = flash("--virtual", image, CM4, candial=unchecked())
    check("flashed", status == 0 and "programmed and verified" in said, said)
    check("the new one speaks", "it says: " + banner in said, said)
    kept = [name for name in os.listdir(os.path.join(folder.name, "backup"))]
    check("what was there is kept", len(kept) == 2, str(kept))
    with open(os.path.join(folder.name, "backup", sorted(kept)[0]), "rb") as file:
        content = file.read()
    check("all of it", len(content) == 0x20000 and b"candial " in content and
          banner.encode() not in content)


def refused():
    unsafe = os.path.join(FIRMWARE, "candial_cm7_ldo.elf")
    status, said = flash("--virtual", "--no-backup", unsafe)
    check("an unsafe image is not flashed", status == 1 and "not flashed" in said, said)
    for words in [["--nonsense"], ["--tool"], ["--tool", "hammer"], ["a", "b", "c"]]:
        status, said = flash(*words)
        check(" ".join(words), status == 2 and "see ./flash --help" in said, said)
    status, said = flash("/nowhere/cm7.elf")
    check("no image", status == 1 and "/nowhere/cm7.elf is not there" in said, said)
    fake("candial", "SAFE", 0) # the check itself takes its time, and is asked for once above
    status, said = flash("--dry-run", CM7, CM4, candial=os.path.join(tools, "candial"))
    check("a dry run", status == 0 and "would program" in said, said)


def real():
    """A board that is not there, as the tools see it."""
    path = tools + ":" + os.environ["PATH"]
    safe = os.path.join(tools, "candial")
    for says, remedy in [("Error: open failed", "no ST-LINK"),
                         ("Error: LIBUSB_ERROR_ACCESS", "70-candial-stlink.rules"),
                         ("Error: init mode failed (unable to connect to the target)", "candial recover")]:
        fake("openocd", says, 1)
        status, said = flash(CM7, CM4, path=path, candial=safe)
        check(says, status == 1 and remedy in said and "not flashed; log:" in said, said)
    fake("openocd", "** Verified OK **\n** Verified OK **", 0)
    status, said = flash("--port", "/dev/null", CM7, CM4, path=path, candial=safe)
    check("a silent one", status == 0 and "take the power away" in said and "it says nothing" in said, said)
    fake("openocd", "** Programming Finished **", 0)
    status, said = flash(CM7, CM4, path=path, candial=safe)
    check("not verified", status == 1 and "not verified" in said, said)
    fake("STM32_Programmer_CLI", "Download verified successfully", 0)
    status, said = flash("--tool", "cubeprogrammer", "--port", "/dev/null", CM7, CM4, path=path, candial=safe)
    check("the other tool", status == 0 and "programming with cubeprogrammer" in said, said)


refused()
virtual()
real()
finish()
