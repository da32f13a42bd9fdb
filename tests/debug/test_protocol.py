#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""The remote protocol: what it says it can, large transfers, and GDB with all that is optional switched off.

GDB's own remote tests are not part of any package; these ask for what they do.
"""
import os
import re
import shutil
import sys
import tempfile

from board import CM7, Board, Client, check, finish, gdb, packet

if shutil.which("gdb-multiarch") is None:
    print("no gdb-multiarch: scripts/setup.sh test installs it")
    sys.exit(77)

folder = tempfile.TemporaryDirectory()
AXI_SRAM = 0x24000000  # candial uses none of it
ALL_BYTES = bytes(range(256)) * 400  # 100 KB; each needs escapes: $, #, }, *

# What GDB can do without, by older packets. (Not target-features, its own idea of an Arm is another, and not breakpoints,
# for which it would write instructions.)
OPTIONAL = ["binary-download", "fetch-register", "set-register", "verbose-resume", "noack",
            "threads", "memory-map", "symbol-lookup",
            "query-attached"]

SESSION = """
file {0}
{2}
target extended-remote :{1}
restore {3} binary 0x24000000
dump binary memory {4} 0x24000000 0x24019000
{5}
set var $r7 = 0x12345678
set var *(unsigned char *)0x24000123 = 0x5a
p/x $r7
p/x *(unsigned *)0x24000120
tbreak dials_post
continue
p $pc == (unsigned)dials_post
stepi
p $pc != (unsigned)dials_post
{6}
info threads
detach
"""


def with_gdb(name, before, breaks):
    written = os.path.join(folder.name, "written")
    read = os.path.join(folder.name, "read")
    with open(written, "wb") as file:
        file.write(ALL_BYTES)
    board = Board("--gdb", "0", "--speed", "max")
    said = gdb(SESSION, CM7, board.ports[0], "\n".join(before), written, read, "", breaks)
    board.end()
    with open(read, "rb") as file:
        check(name + ": what is written is read", file.read() == ALL_BYTES, said)
    check(name + ": registers and memory", "= 0x12345678" in said and "= 0x5a222120" in said, said)
    check(name + ": it stops and steps", said.count(" = 1\n") == 2, said)
    check(name + ": there is a thread", re.search(r"\* 1 +Thread ", said) or "* 1" in said, said)
    check(name + ": it leaves", "detached" in said, said)
    return said


def with_all():
    said = with_gdb("all packets", [], "watch ((struct ipc_block *)0x38000000)->m7.mailbox.seq\ncontinue\ndelete")
    check("a watchpoint", "Hardware watchpoint" in said and "New value" in said, said)


def with_none():
    with_gdb("none of them", ["set architecture armv7e-m", *("set remote %s-packet off" % p for p in OPTIONAL)], "")


def says_what_it_can(client):
    told = client.ask("qSupported:multiprocess+;swbreak+;xmlRegisters=i386").split(";")
    size = int(told[0].split("=")[1], 16)
    check("it says what it can", {"QStartNoAckMode+", "qXfer:features:read+", "qXfer:memory-map:read+",
                                  "qXfer:threads:read+", "ReverseStep+", "ReverseContinue+"} <= set(told), str(told))
    check("vCont", client.ask("vCont?") == "vCont;c;C;s;S;t;r")
    check("what it does not know", [client.ask(text) for text in (
        "vMustReplyEmpty", "qNothing", "QNothing", "_", "qCRC:0,4", "vFile:open:", "A1,2,33")] == [""] * 7)
    return size


def reads(client, size):
    """A reply is as long as it said, or less, and a hole ends it."""
    reply = client.ask("m24000000,%x" % size)
    check("no longer than it said", len(reply) + 4 <= size and len(reply) > size - 32, "%d" % len(reply))
    check("a hole", client.ask("md0000000,4") == "E01")
    check("up to a hole", len(client.ask("m2001fff0,20")) == 32)
    check("nothing", client.ask("m24000000,0") == "")
    check("odd places", client.ask("m24000001,3") == client.ask("m24000000,4")[2:])
    text = ""
    while True:
        part = client.ask("qXfer:features:read:target.xml:%x,100" % len(text))
        text += part[1:]
        if part[0] == "l":
            break
    check("a description in parts", text.startswith("<?xml") and text.endswith("</target>") and
          text.count("<reg ") == 40, text)
    check("behind its end", client.ask("qXfer:features:read:target.xml:%x,100" % len(text)) == "l")


def acknowledges(client):
    """Half duplex: +, -, again; then without."""
    client.send(b"$qC#00")
    check("a wrong sum is refused", client.socket.recv(1) == b"-")
    client.send(packet("qC"))
    check("a right one is not", client.socket.recv(1) == b"+")
    first = client.reply()
    client.send(b"-")
    check("it says it again", client.reply() == first)
    check("switched off", client.ask("QStartNoAckMode") == "OK" and client.ask("qC") == first)
    client.left = b""
    client.send(packet("qC"))
    data = client.socket.recv(100)
    check("no + any more", data == packet(first), str(data))


def stops(client):
    check("it stands", client.ask("?").startswith("T02thread:1;"))
    client.send(packet("c"))
    client.send(b"\x03")
    check("it is stopped", client.reply().startswith("T02"))
    check("a step", client.ask("vCont;s").startswith("T05") and client.ask("s").startswith("T05"))
    pc = int.from_bytes(bytes.fromhex(client.ask("pf")), "little")
    check("a watchpoint", client.ask("Z2,38000000,8000") == "OK" and "watch:" in client.ask("c"))
    behind = client.ask("pf")
    check("the step over it is done", client.ask("s").startswith("T05") and client.ask("pf") == behind)
    check("the next one is a step", client.ask("s").startswith("T05") and client.ask("pf") != behind)
    check("it is taken away", client.ask("z2,38000000,8000") == "OK")
    check("a range", client.ask("vCont;r%x,%x:1;c" % (pc, pc + 2)).startswith("T05"))
    check("it leaves", client.ask("D") == "OK")


def by_hand():
    board = Board("--gdb", "0", "--speed", "max")
    client = Client(board.ports[0])
    size = says_what_it_can(client)
    reads(client, size)
    acknowledges(client)
    stops(client)
    client.close()
    board.end()


by_hand()
with_all()
with_none()
finish()
