#!/usr/bin/env python3
# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""The example of python/ by pytest, with the library of this build; and the C API by a C program."""
import os
import subprocess
import sys
import tempfile

from board import BUILD, CM4, CM7, SOURCE, check, finish

PYTHON = next((p for p in (sys.executable, "/usr/bin/python3") if subprocess.run(
    [p, "-m", "pytest", "--version"], capture_output=True).returncode == 0), None)
if PYTHON is None:
    print("no pytest: scripts/setup.sh test installs it")
    sys.exit(77)

library = os.path.join(BUILD, "lib", "libcandial.so.1")
environment = dict(os.environ, CANDIAL_LIBRARY=library, CM7=CM7, CM4=CM4,
                   PYTHONDONTWRITEBYTECODE="1")
needs = subprocess.run(["ldd", library], capture_output=True, text=True).stdout
if "libasan" in needs:  # Python itself is not built with it
    environment["LD_PRELOAD"] = next(
        line.split("=>")[1].split()[0] for line in needs.splitlines() if "libasan" in line)
    environment["ASAN_OPTIONS"] = "detect_leaks=0"


def run(*words, **more):
    return subprocess.run(words, cwd=SOURCE, env=environment, capture_output=True, text=True,
                          **more)


done = run(PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "python/example")
check("the example", done.returncode == 0 and " passed" in done.stdout, done.stdout + done.stderr)

names = run("nm", "-D", "--defined-only", library).stdout.split("\n")
exported = {line.split()[-1] for line in names if line}
check("nothing but candial_ is exported", exported and all(
    name.startswith("candial_") for name in exported), str(exported))

PROGRAM = """
#include "lib/candial.h"
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
    char error[200] = "";
    struct candial_options options = {.size = sizeof options, .cm7 = argv[1], .cm4 = argv[2]};
    struct candial *board = candial_open(&options, error, sizeof error);
    if (board == NULL) {
        puts(error);
        return 1;
    }
    candial_do(board, "power on", NULL, 0);
    candial_run(board, 100000);
    printf("%s %s %d\\n", candial_supply(board), candial_core(board, 7), candial_api_version());
    candial_close(board);
    options.size = sizeof(size_t) + 2 * sizeof(char *); /* a caller of an older time */
    options.wiring = "nonsense";
    board = candial_open(&options, error, sizeof error);
    printf("%d\\n", board != NULL);
    candial_close(board);
    return argc == 3 ? 0 : 1;
}
"""
with tempfile.TemporaryDirectory() as folder:
    source, program = os.path.join(folder, "a.c"), os.path.join(folder, "a.out")
    with open(source, "w") as file:
        file.write(PROGRAM)
    sanitize = ["-fsanitize=address,undefined"] if "libasan" in needs else []
    built = run("cc", "-std=c11", "-Wall", "-Werror", *sanitize, "-I", SOURCE, source, "-o", program,
                library, "-Wl,-rpath," + os.path.dirname(library))
    check("C", built.returncode == 0, built.stderr)
    environment.pop("LD_PRELOAD", None)
    said = run(program, CM7, CM4)
    check("a board in C", said.stdout.startswith("ok ") and said.stdout.endswith(" 1\n1\n"),
          said.stdout + said.stderr)
    said = run(program, "/nowhere", CM4)
    check("no image", said.returncode == 1 and "/nowhere" in said.stdout, said.stdout)
with open(os.path.join(BUILD, "lib", "candial.pc")) as file:
    check("pkg-config", "-lcandial" in file.read())
finish()
