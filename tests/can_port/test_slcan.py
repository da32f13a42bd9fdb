#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""test_slcan.py CANDIAL COUNT: python-can on `--can-out slcan:pty` sends and receives so many frames; none is lost,
none overtakes another. What was on the bus is read from --record. Exits 77 where python-can is missing."""
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

COUNT = int(sys.argv[2])
OURS = 0x7E0  # diagnostics: the car leaves these alone
RECEIVE_S = 0.2
LOOK_S = 0.05
TAIL_BYTES = 1 << 22
# Frames of the car come as fast; python-can reads its port byte by byte, and gives no frame while there are more.
SPEED = "1"

try:
    import can
    import serial  # noqa: F401
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)


def record_of(path):
    """Frames of a candump log: identifier and data."""
    with open(path, encoding="ascii") as lines:
        for line in lines:
            identifier, data = line.split()[2].split("#")
            yield int(identifier, 16), bytes.fromhex(data)


def receive(bus, frames, over):
    """Goes on until all is over: a program that stops reading would be given up."""
    while not over.is_set():
        message = bus.recv(timeout=RECEIVE_S)
        if message is not None and len(frames) < COUNT:
            frames.append((message.arbitration_id, bytes(message.data)))


def send(bus):
    for i in range(COUNT):
        bus.send(can.Message(arbitration_id=OURS, is_extended_id=False, data=i.to_bytes(4, "big")))


def work(program, folder):
    port = os.path.join(folder, "can")
    record = os.path.join(folder, "record")
    run = subprocess.Popen([program, "run", "--speed", SPEED, "--can-out", f"slcan:pty:{port}", "--record", record],
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    run.stderr.readline()  # where the adapter is: it is there
    received = []
    over = threading.Event()
    bus = can.Bus(interface="slcan", channel=port, bitrate=500000)
    reader = threading.Thread(target=receive, args=(bus, received, over))
    reader.start()
    send(bus)
    while len(received) < COUNT or b"7E0#%08X" % (COUNT - 1) not in tail_of(record):
        time.sleep(LOOK_S)
    over.set()
    reader.join()
    bus.shutdown()
    run.send_signal(signal.SIGINT)
    sys.stdout.write(run.stderr.read())
    run.wait()
    return received, list(record_of(record))


def tail_of(path):
    """What was written since the last frame was sent may be more than this: then nobody waits any more."""
    with open(path, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - TAIL_BYTES))
        return file.read()


def main():
    with tempfile.TemporaryDirectory() as folder:
        received, recorded = work(sys.argv[1], folder)
    sent = [int.from_bytes(data, "big") for identifier, data in recorded if identifier == OURS and len(data) == 4]
    others = [frame for frame in recorded if frame[0] != OURS]
    wrong = []
    if sent != list(range(COUNT)):
        wrong.append(f"of {COUNT} frames sent {len(sent)} were on the bus, in order: {sent == sorted(sent)}")
    if len(received) != COUNT:
        wrong.append(f"{len(received)} of {COUNT} frames came")
    elif received[0] not in others:
        wrong.append("the first frame was never on the bus")
    else:
        first = next((i for i in range(len(others)) if others[i:i + 50] == received[:50]), None)
        if first is None or others[first:first + COUNT] != received:
            wrong.append("what came is not what was on the bus, or in another order")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
