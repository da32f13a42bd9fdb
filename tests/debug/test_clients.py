#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Clients that misbehave, ports that are taken, boards that are dead: one clear line, and the board goes on."""
import os
import socket
import subprocess

from board import BUILD, CM4, CM7, SOURCE, Board, Client, check, finish


def run(*arguments):
    done = subprocess.run([os.path.join(BUILD, "candial"), "run", *arguments], cwd=SOURCE,
                          capture_output=True, text=True)
    return done.returncode, done.stderr


def refuses(ports, words):
    status, err = run("--gdb", ports, "--for", "1s", "--cm7", CM7, "--cm4", CM4)
    check("--gdb " + ports, status == 2 and words in err and err.count("\n") == 1, err)


def bad_ports():
    refuses("x", "is no port")
    refuses("70000", "is no port")
    refuses("3333,", "is no port")
    refuses("3333,3334,3335", "is no port")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refuses("%d" % taken.getsockname()[1], "Address already in use")


def garbage():
    board = Board("--gdb", "0", "--speed", "max")
    client = Client(board.ports[0])
    client.send(b"GET / HTTP/1.1\r\nHost: $#+-}\x00\xff\r\n\r\n$m0,4#00$m0,")
    check("half a packet, then a whole one", client.ask("m8000000,4") is not None)
    for nonsense in ["m", "mzz,4", "m0", "M0,4:", "X0,10:ab", "P99=00", "Z9,0,2", "Z0", "vCont;q",
                     "vFlashErase:8000001,20", "vFlashWrite:7fffff0:a", "qXfer:features:read:target.xml:z",
                     "qRcmd,zz", "G00", "p100000000", "Hg", "vRun", "bogus", "qRcmd," + "6e" * 300]:
        check("answers " + nonsense[:20], client.ask(nonsense) is not None)
    client.send(b"$" + b"a" * 100000 + b"#00")
    check("and is itself afterwards", client.ask("?").startswith("T"))
    client.close()
    out, err = board.end()
    check("the board went on", "good:" in out, out + err)


def vanishing():
    board = Board("--gdb", "0", "--speed", "max")
    for port in board.ports * 3:
        client = Client(port)
        check("stopped", client.ask("?").startswith("T02"))
        client.close()  # while the core is stopped
    client = Client(board.ports[0])
    client.ask("?")
    client.send(b"$vCont;c#a8")
    client.close()  # while it runs
    client = Client(board.ports[0])
    check("another one is welcome", client.ask("?").startswith("T02"))
    check("who may leave", client.ask("D") == "OK")
    out, err = board.end()
    check("it is said", err.count("the debugger is gone; the core, which was stopped, runs on") >= 6, err)
    check("the board went on", "good:" in out, out + err)


def standing():
    board = Board("--gdb", "0", "--speed", "max")
    client = Client(board.ports[0])
    client.ask("?")
    while client.ask("qRcmd," + b"vanish stand".hex()) != "OK":
        pass
    pc = client.ask("pf")
    client.close()
    client = Client(board.ports[0])
    check("it has stood since", client.ask("pf") == pc)
    out, err = board.end()
    check("it is said", "the board stands until another one comes" in err, err)


def dead_board():
    board = Board("--gdb", "0", "--speed", "max", "--wiring", "ldo")
    client = Client(board.ports[0])
    answer = client.ask("?")
    if answer is not None:  # it was quicker than the lock-up
        client.ask("D")
        client.close()
        client = Client(board.ports[0])
        answer = client.ask("?")
    check("nobody answers", answer is None, str(answer))
    out, err = board.end()
    check("and it is said why", "VCORE is gone" in err, err)


bad_ports()
garbage()
vanishing()
standing()
dead_board()
finish()
