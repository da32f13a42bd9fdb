/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The program as a user calls it: what is refused, with which status and in how many lines. */
#include "tests/formats/cmocka_head.h"

#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static char output[65536];

/* Runs `candial ARGUMENTS` with its streams as the shell words `streams` say; the exit status. */
static int candial(const char *arguments, const char *streams)
{
    char command[2048];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    snprintf(command, sizeof command, "'%s/candial' %s %s", folder == NULL ? "build" : folder,
             arguments, streams);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* One line on stderr that contains `words`, nothing on stdout, exit status 2. */
static void assert_refused(const char *arguments, const char *words)
{
    int status = candial(arguments, "2>&1");
    const char *end = strchr(output, '\n');
    if (status != 2 || end == NULL || end[1] != '\0' || strstr(output, words) == NULL) {
        fail_msg("candial %s: status %d, said `%s`, expected `%s`", arguments, status, output,
                 words);
    }
}

static void help_and_version(void **state)
{
    (void)state;
    assert_int_equal(candial("--version", "2>&1"), 0);
    assert_int_equal(strncmp(output, "candial ", 8), 0);
    assert_int_equal(candial("--help", "2>/dev/null"), 0);
    assert_non_null(strstr(output, "  run  "));
    assert_non_null(strstr(output, "never replaces the car's own warnings"));
    assert_int_equal(candial("run --help", "2>/dev/null"), 0);
    assert_non_null(strstr(output, "--log FILE"));
    assert_non_null(strstr(output, "--wiring NAME"));
    assert_int_equal(candial("help run", "2>/dev/null"), 0);
    assert_non_null(strstr(output, "--log FILE"));
    assert_int_equal(candial("profile --help", "2>/dev/null"), 0);
    assert_non_null(strstr(output, "candial profile compile FILE"));
}

/* The picture of an image that shows one, and the words for one that does not (tests/check/images). */
static void screens(void **state)
{
    (void)state;
    char path[512], arguments[2048];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    const char *const images[] = {"display_good", "good"};
    snprintf(path, sizeof path, "%s", scratch_text("screen.png", ""));
    for (unsigned i = 0; i < 2; i++) {
        snprintf(arguments, sizeof arguments,
                 "run --cm7 '%s/tests/check/images/%s.elf' --for 100ms --speed max --screen '%s'",
                 folder == NULL ? "build" : folder, images[i], path);
        assert_int_equal(candial(arguments, "2>&1"), i == 0 ? 0 : 2);
        assert_int_equal(strstr(output, "nothing to write, LTDC is off") != NULL, i == 1);
    }
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fgetc(file), 0x89);
    fclose(file);
}

static void usage_errors(void **state)
{
    (void)state;
    assert_refused("", "no command given: see `candial --help`");
    assert_refused("fly", "unknown command `fly': see `candial --help`");
    assert_refused("profil", "unknown command `profil': did you mean profile?");
    assert_refused("help chekc", "unknown command `chekc': did you mean check?");
    assert_refused("run --fly", "unknown option `--fly'");
    assert_refused("run -x", "unknown option `-x'");
    assert_refused("run --wirring ldo", "unknown option `--wirring': did you mean --wiring? See");
    assert_refused("decode --signals a", "unknown option `--signals': did you mean --signal? See");
    assert_refused("run --log", "--log needs a value");
    assert_refused("run car.log", "unexpected `car.log': a log is given with --log");
    assert_refused("run --speed fast", "--speed fast is no speed: use a number above 0, or max");
    assert_refused("run --speed 0", "--speed 0 is no speed");
    assert_refused("run --speed -1", "--speed -1 is no speed");
    assert_refused("run --for ever", "--for ever is no time");
    assert_refused("run --for 0", "--for 0 is no time");
    assert_refused("run --hse 0", "--hse 0 is not known");
    assert_refused("run --hse late:soon", "--hse late:soon is not known");
    assert_refused("run --board nucleo", "--board nucleo is not known: use nucleo-h755zi-q");
    assert_refused("run --wiring lid", "--wiring lid is not known: use smps");
    assert_refused("run --optsr 1x", "--optsr 1x is no 32-bit number");
    assert_refused("run --boot7 0x100000000", "--boot7 0x100000000 is no 32-bit number");
    assert_refused("run --seed x", "--seed x is no number");
    assert_refused("profile", "see `candial profile --help`");
    assert_refused("profile paint x", "unknown `profile paint'");
    assert_refused("profile check", "give one profile");
    assert_refused("profile list x", "takes none");
    assert_refused("profile compile vw-mqb -o", "give one profile");
    assert_refused("profile compile vw-mqb -o /nowhere/x", "/nowhere/x: No such file");
}

static void bad_files(void **state)
{
    (void)state;
    char arguments[1024];
    assert_refused("run --profile nobodys-car", "nobodys-car: no such profile: give a YAML file");
    assert_refused("profile show nobodys-car", "nobodys-car: no such profile");
    assert_refused("run --log /nowhere.log", "/nowhere.log: No such file or directory");
    assert_refused("run --cm7 /nowhere.elf", "/nowhere.elf: No such file or directory");
    assert_refused("run --cm7 /bin/sh", "not for ARM");
    snprintf(arguments, sizeof arguments, "run --cm7 %s", scratch_text("cut.elf", "\177ELF\1\1\1"));
    assert_refused(arguments, "cut.elf: truncated ELF header");
    snprintf(arguments, sizeof arguments, "run --log %s", scratch_text("words.log", "no frames\n"));
    assert_refused(arguments, "words.log: no CAN frame of a known format found");
    snprintf(arguments, sizeof arguments, "profile check %s",
             scratch_text("car.yaml", "name: x\ncolour: red\n"));
    assert_refused(arguments, "car.yaml:2: colour: unknown key: use one of: name, can, dials");
}

static void profiles(void **state)
{
    (void)state;
    char arguments[1024];
    assert_int_equal(candial("profile list", "2>&1"), 0);
    assert_non_null(strstr(output, "ford-mustang-s550"));
    assert_non_null(strstr(output, "bmw-e9x"));
    assert_int_equal(candial("profile check vw-mqb", "2>&1"), 0);
    assert_non_null(strstr(output, "vw-mqb: good: Volkswagen MQB, 1 dial"));
    assert_int_equal(candial("profile show hyundai-genesis-coupe", "2>&1"), 0);
    assert_non_null(
        strstr(output, "CAN id 0x382, intel, start bit 32, 8 bits, T = raw * 0.75 - 40"));
    snprintf(arguments, sizeof arguments, "profile compile bmw-e9x -o %s", scratch_text("r", ""));
    assert_int_equal(candial(arguments, "2>&1"), 0);
    FILE *file = fopen(strstr(arguments, "-o ") + 3, "rb");
    assert_non_null(file);
    assert_int_equal(fread(output, 1, sizeof output, file), 1024);
    fclose(file);
    assert_memory_equal(output, "CDP1", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_and_version), cmocka_unit_test(screens),
        cmocka_unit_test(usage_errors),     cmocka_unit_test(bad_files),
        cmocka_unit_test(profiles),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
