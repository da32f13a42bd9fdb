#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""GDB at both cores: stop both, look, watch, step, go back, load another image, run on."""
import re
import shutil
import sys
import tempfile

from board import CM4, CM7, Board, check, finish, gdb

if shutil.which("gdb-multiarch") is None:
    print("no gdb-multiarch: scripts/setup.sh test installs it")
    sys.exit(77)

MAILBOX_SEQ = "((struct ipc_block*)0x38000000)->m7.mailbox.seq"

SCRIPT = """
source debug/both.gdb
both {0} {1} {2} {3}
thread 1.1
break dials_frame
break FDCAN1_IT0_IRQHandler
echo -- both\\n
continue
continue
thread apply all backtrace 2
info registers xpsr control msp fpscr
p/x $d0
p/x *(unsigned*)0x58024804
thread 1.1
delete
echo -- watch\\n
watch """ + MAILBOX_SEQ + """
continue
delete
echo -- steps\\n
set schedule-multiple off
p $start = $pc
stepi
stepi
stepi
stepi
p $there = $pc
monitor time
echo -- back\\n
reverse-stepi 4
p $pc == $start
reverse-stepi 6
monitor time
stepi
stepi
stepi
stepi
stepi
stepi
stepi
stepi
stepi
stepi
p $pc == $there
monitor time
echo -- together\\n
set schedule-multiple on
reverse-stepi
show schedule-multiple
monitor time
echo -- end\\n
"""

# GDB, once it has gone back with both, takes what it does by itself for going back, too (13.1): another one.
RELOAD = """
source debug/both.gdb
both {0} {1} {2} {3}
echo -- load\\n
load {4}
compare-sections .itcm
monitor reset halt
maintenance flush register-cache
info symbol $pc
thread 2.1
info symbol $pc
thread 1.1
set schedule-multiple on
break dials_post
ignore $bpnum 400
echo -- run\\n
continue
monitor time
echo -- end\\n
"""


def changed_image():
    """One whose banner says another version."""
    file = tempfile.NamedTemporaryFile(suffix=".elf")
    with open(CM7, "rb") as original:
        content = original.read()
    banner = re.search(rb"candial \d+\.\d+\.\d+", content).group(0)
    file.write(content.replace(banner, banner[:-1] + b"9"))
    file.flush()
    return file, (banner[:-1] + b"9").decode()


def section(text, name):
    return text.split("-- " + name + "\n")[1].split("\n-- ")[0] if "-- " + name in text else ""


def instructions(text):
    return [int(n) for n in re.findall(r"CM7 (\d+)", text)]


board = Board("--gdb", "0", "--speed", "max")
image, banner = changed_image()
said = gdb(SCRIPT, CM7, board.ports[0], CM4, board.ports[1], image.name)
said += gdb(RELOAD, CM7, board.ports[0], CM4, board.ports[1], image.name)
out, err = board.end()

both = section(said, "both")
check("the M4 stops in its interrupt", 'hit Breakpoint 2, FDCAN1_IT0_IRQHandler' in both, said)
check("the M7 stops at the frame", 'hit Breakpoint 1, dials_frame' in both, said)
check("the other one's stack is seen", "cm4_main_loop" in both or "sleep" in both, said)
check("registers are there", re.search(r"control +0x", both) and re.search(r"fpscr +0x", both), both)
check("so is a peripheral", re.search(r"= 0x[0-9a-f]*e000", both), both)
watch = section(said, "watch")
values = re.search(r"Old value = (\d+)\s+New value = (\d+)", watch)
check("the mailbox is watched", values and int(values[2]) == int(values[1]) + 1, watch)
back = section(said, "back")
there = instructions(section(said, "steps"))[0]
check("back is where it began", "= 1" in back.split("CM7")[0], back)
check("ten instructions back", instructions(back)[:1] == [there - 10], back)
check("and forth", instructions(back)[1:2] == [there] and back.count("= 1") == 2, back)
together = section(said, "together")
check("one goes back, and takes the other along", instructions(together) == [there - 1] and
      "CM4 0" not in together and "is on" in together, together)
load = section(said, "load")
check("the image is loaded", "Transfer rate" in load and "MIS-MATCHED" not in load, load)
check("both begin anew", load.count("Reset_Handler in") == 2, load)
run = section(said, "run")
check("it runs again", "hit Breakpoint" in run and "dials_post" in run, run)

check("the other image told its name", banner in out + err or banner in said, out + err)
last = [line for line in board.lines() if line["state"] == "live"][-1]
check("the needle shows the value", abs(last["shown_c"] - max(last["frame_c"], 50)) < 2, str(last))
check("the servo stands there", abs(last["servo_deg"] - last["needle_deg"]) < 1, str(last))
finish()
