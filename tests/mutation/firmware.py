# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Mutants of firmware/: each is a whole image that the tests run on the virtual board.

A mutant's file is compiled and its image linked by the very commands of build/firmware, into a folder of its own;
CANDIAL_FIRMWARE_DIR leads the tests there. Tests are programs of build/host (preset speed), since
mutants run until they fail: no sanitizer, half the time. Files that are tested on the host as well are compiled and
linked into those programs first, with sanitizers: they take no time.
"""
import os
import resource
import shlex
import shutil
import subprocess
import tempfile

IMAGES = {"cm7": "candial_cm7.elf", "cm4": "candial_cm4.elf"}
# Programs, label `system`: the short ones first, and what kills much.
TESTS = [
    "system_setup", "store_health", "system_sensors", "dials_warning", "dials_dials", "dials_rest", "dials_reference",
    "system_latency", "failures_cores", "failures_work", "obd_guard", "obd_silent", "failures_backup", "failures_bus",
    "failures_sending", "failures_hands", "obd_fd", "obd_profiles", "obd_load", "clocks_hse", "clocks_hsi", "system_deaths",
    "obd_asking", "system_supply", "failures_can_clock", "clocks_hse_loss", "clocks_lse", "clocks_sweep", "obd_gateway",
]
# The M7's console, settings and supply; but for the first two some seconds each, so for these files alone.
TESTS_CONSOLE = ["store_keys", "store_flash", "store_settings", "failures_feed"]
# Power cuts, a quarter of a minute.
TESTS_FLASH = ["store_cuts"]
# Parts of the firmware on the host.
UNITS = ["firmware_bus_watch", "firmware_can_mode", "firmware_can_plan", "firmware_clock_plan", "firmware_commands_needle",
         "firmware_leds", "firmware_mem", "firmware_text", "store_fuzz_host"]
CAREFUL = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
CONSOLE = ("cm7/commands", "cm7/console", "cm7/keys", "cm7/settings", "cm7/shell", "cm7/flash", "cm7/uart", "common/text")
NEAR_CONSOLE = ("cm7/supply", "cm7/main", "cm7/dials")
FLASH = ("cm7/flash", "cm7/settings")
CPU_LIMIT_S = 60  # unchanged, the slowest takes a quarter of that


def commands(build, target):
    out = subprocess.run(["ninja", "-C", build, "-t", "commands", target], capture_output=True, text=True, check=True)
    return out.stdout.splitlines()


class Firmware:
    """The unchanged images, and how each of their files is made."""

    def __init__(self, top, folder):
        self.top = top
        self.folder = folder
        self.build = f"{top}/build/firmware"
        self.programs = f"{top}/build/host/bin"
        self.compile = {}  # file, from firmware/ -> (image, object, arguments)
        self.units = {}  # the same with programs of the host
        self.link = {}
        self.killers = {}
        self.objects = {}  # of the unchanged files, once they were needed
        self.tests = TESTS + TESTS_CONSOLE + TESTS_FLASH
        missing = [t for t in self.tests + UNITS if not os.access(f"{self.programs}/{t}", os.X_OK)]
        if missing:
            raise SystemExit(f"mutation: cmake --preset speed && ninja -C build/host {' '.join(missing)}")
        for image, elf in IMAGES.items():
            self.read_commands(self.compile, self.build, image, elf)
        for program in UNITS:
            self.read_commands(self.units, f"{top}/build/host", program, f"bin/{program}")

    def read_commands(self, found, build, name, output):
        for line in commands(build, output):
            words = shlex.split(line)
            if "-c" in words:
                source = os.path.relpath(words[words.index("-c") + 1], f"{self.top}/firmware")
                if not source.startswith(".."):
                    found.setdefault(source, []).append((name, words[words.index("-o") + 1], words))
            elif f"-o {output}" in line:
                self.link[name] = shlex.split(line.removeprefix(": && ").removesuffix(" && :"))

    def files(self):
        return sorted(file for file in self.compile if file.endswith(".c"))

    def make_object(self, text, place, words, more=()):
        """With the text where the file is meant to lie: __FILE__ and paths of debug information stay the same."""
        source = words[words.index("-c") + 1]
        args = [w for w in words if w not in ("-MD",)]
        for option in ("-MT", "-MF"):
            if option in args:
                at = args.index(option)
                del args[at : at + 2]
        args[args.index("-o") + 1] = place
        args[args.index("-c") : args.index("-c") + 2] = ["-c", "-x", "c", "-"]
        args = [w for w in args if w not in ("-fstack-usage", "-fcallgraph-info=su")]
        args += ["-w", "-g0", f"-I{os.path.dirname(source)}", *more]
        done = subprocess.run(args, input=text, cwd=self.build, capture_output=True, text=True, check=False)
        return done.returncode == 0

    def make_image(self, image, replaced, place):
        args = [replaced.get(word, word) for word in self.link[image]]
        args = [w for w in args if not w.startswith("-Wl,-Map")]
        args[args.index("-o") + 1] = place
        return subprocess.run(args, cwd=self.build, capture_output=True, check=False).returncode == 0

    def original_object(self, file, source, image, words):
        place = f"{self.folder}/{image}-{file.replace('/', '-')}.o"
        if place not in self.objects:
            self.make_object(source, place, words)
            with open(place, "rb") as made:
                self.objects[place] = made.read()
        return self.objects[place]

    def unit_that_fails(self, file, text, scratch):
        """Of the programs of the host that contain the file, the first that fails with the text instead."""
        for unit, place, words in self.units.get(file, []):
            if not self.make_object(text, f"{scratch}/unit.o", words, CAREFUL):
                continue
            args = [f"{scratch}/unit.o" if word == place else word for word in self.link[unit]] + CAREFUL
            args[args.index("-o") + 1] = f"{scratch}/{unit}"
            if subprocess.run(args, cwd=f"{self.top}/build/host", capture_output=True, check=False).returncode != 0:
                continue
            if self.fails(f"{scratch}/{unit}", self.build):
                return unit
        return None

    def fails(self, program, images):
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_S, CPU_LIMIT_S))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        environment = dict(os.environ, CANDIAL_FIRMWARE_DIR=images, CMOCKA_TEST_ABORT="1",  # at the first failure
                           ASAN_OPTIONS="detect_leaks=0")
        done = subprocess.run([program], cwd=self.top, env=environment, preexec_fn=limit,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return done.returncode != 0

    def original_must_pass(self):
        for test in self.tests + UNITS:
            if self.fails(f"{self.programs}/{test}", self.build):
                raise SystemExit(f"mutation: {test} fails with the unchanged images")

    def order(self, file):
        """The tests for a file, those in front that killed last among its like."""
        if file.startswith(FLASH):
            return self.killers.setdefault("flash", TESTS_CONSOLE + TESTS + TESTS_FLASH)
        if file.startswith(CONSOLE):
            return self.killers.setdefault("console", TESTS_CONSOLE + TESTS)
        if file.startswith(NEAR_CONSOLE):
            return self.killers.setdefault("near", TESTS + TESTS_CONSOLE)
        return self.killers.setdefault(os.path.dirname(file), list(TESTS))

    def fate(self, file, source, mutant):
        """What becomes of it, and the test that killed it."""
        with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            replaced = {}
            is_same = True
            for image, place, words in self.compile[file]:
                new = f"{scratch}/{image}.o"
                if not self.make_object(mutant.apply(source), new, words):
                    return "does not compile", None
                with open(new, "rb") as made:
                    is_same = is_same and made.read() == self.original_object(file, source, image, words)
                replaced.setdefault(image, {})[place] = new
            if is_same:
                return "same code", None
            for image, elf in IMAGES.items():
                if image not in replaced:
                    shutil.copy(f"{self.build}/{elf}", f"{scratch}/{elf}")
                elif not self.make_image(image, replaced[image], f"{scratch}/{elf}"):
                    return "does not compile", None
            unit = self.unit_that_fails(file, mutant.apply(source), scratch)
            if unit:
                return "killed", unit
            order = self.order(file)
            for test in list(order):
                if self.fails(f"{self.programs}/{test}", scratch):
                    order.remove(test)
                    order.insert(0, test)
                    return "killed", test
        return "survived", None
