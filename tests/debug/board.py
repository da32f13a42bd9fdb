# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""`candial run` with debuggers' ports, for the tests of this folder."""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("CANDIAL_SOURCE_DIR", os.getcwd())
BUILD = os.environ.get("CANDIAL_BINARY_DIR", os.path.join(SOURCE, "build/host-asan"))
FIRMWARE = os.environ.get("CANDIAL_FIRMWARE_DIR", os.path.join(SOURCE, "build/firmware"))
CM7 = os.path.join(FIRMWARE, "candial_cm7.elf")
CM4 = os.path.join(FIRMWARE, "candial_cm4.elf")

failures = 0


def check(what, good, seen=""):
    """Tells of a failure and goes on."""
    global failures
    if not good:
        failures += 1
        print("FAILED:", what)
        print(seen)


def finish():
    print("failures:", failures)
    sys.exit(1 if failures else 0)


class Board:
    """A run of the program; `ports` are those its standard error tells of."""

    def __init__(self, *arguments, ports_after="gdb:", images=True):
        self.json = tempfile.NamedTemporaryFile(suffix=".json")
        words = [os.path.join(BUILD, "candial"), "run", "--json", self.json.name, *arguments]
        if images:
            words += ["--cm7", CM7, "--cm4", CM4]
        self.process = subprocess.Popen(
            words, cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.said = []
        self.ports = []
        while not self.ports and self.process.poll() is None:
            line = self.process.stderr.readline()
            self.said.append(line)
            if line.startswith(ports_after):
                self.ports = [int(port) for port in re.findall(r":(\d+)", line)]

    def end(self):
        """Ends it as ^C does; what it said, on standard output and error."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate()
        return out, "".join(self.said) + err

    def wait_for(self, wanted):
        """Until a line of --json is as wanted; that line, or None when the run ends before."""
        words = ["tail", "-n", "+1", "-f", "--pid", str(self.process.pid), self.json.name]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as tail:
            for text in tail.stdout:
                line = json.loads(text) if '"t_s"' in text else None
                if line is not None and wanted(line):
                    tail.kill()
                    return line
        return None

    def lines(self):
        with open(self.json.name) as file:
            return [json.loads(line) for line in file if '"t_s"' in line and line.endswith("\n")]


def gdb(script, *arguments):
    """What gdb says to a script; {0} and {1} in it are taken by the arguments."""
    with tempfile.NamedTemporaryFile("w", suffix=".gdb") as file:
        file.write("set pagination off\nset confirm off\n" + script.format(*arguments))
        file.flush()
        done = subprocess.run(["gdb-multiarch", "-nx", "-batch", "-x", file.name], cwd=SOURCE,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return done.stdout


def packet(text):
    return ("$%s#%02x" % (text, sum(text.encode()) % 256)).encode()


class Client:
    """A raw connection."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.left = b""

    def send(self, data):
        self.socket.sendall(data)

    def ask(self, text):
        """Sends a packet; the data of the next one that comes."""
        try:
            self.send(packet(text))
        except (BrokenPipeError, ConnectionResetError):
            return None
        return self.reply()

    def reply(self):
        while True:
            match = re.search(rb"\$([^#]*)#[0-9a-f]{2}", self.left)
            if match:
                self.left = self.left[match.end():]
                self.send(b"+")
                return match.group(1).decode("latin1")
            try:
                more = self.socket.recv(4096)
            except ConnectionResetError:
                more = b""
            if not more:
                return None
            self.left += more

    def close(self):
        self.socket.close()
