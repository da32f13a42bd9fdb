/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The program as somebody uses it whose board is dead: demo, recover, run with a scenario and a flash file.
 * The wrong image is candial_cm7_ldo.elf; stm32flash is the distribution's, where it is installed.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct program_result result;

static void expect(int status, const char *const *says)
{
    if (result.status != status) {
        fail_msg("exit status %d instead of %d:\n%s%s", result.status, status, result.out,
                 result.err);
    }
    for (; *says != NULL; says++) {
        if (strstr(result.out, *says) == NULL && strstr(result.err, *says) == NULL) {
            fail_msg("`%s' is not said:\n%s%s", *says, result.out, result.err);
        }
    }
}

#define SAYS(...)                                                                                  \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static bool has_stm32flash(void)
{
    return system("command -v stm32flash >/dev/null") == 0;
}

static void demo(void **state)
{
    (void)state;
    program_run_plain("demo deadlock", &result);
    expect(0,
           SAYS("and it works!", "Reason: (4) No device found on target", "Target voltage: 3.30 V",
                "CM7 in the boot ROM", "error 1 remove power", "good: every step went as told"));
    assert_null(strstr(result.out, "NOT as expected"));
    if (has_stm32flash()) {
        expect(0, SAYS("$ stm32flash -m 8n1", "-S 0x08100000", "(100.00%) Done."));
    }
    program_run_plain("demo deadlock --rom 0x91", &result);
    expect(0, SAYS("boot ROM 0x91 leaves PWR_CR3 alone", "good: every step went as told"));
}

static void demo_with_own_client(void **state)
{
    (void)state;
    program_run_plain("demo deadlock --no-stm32flash", &result);
    expect(0, SAYS("boot ROM version 0x90 answers", "bytes at 0x08100000 written and verified",
                   "good: every step went as told"));
}

static void recover(void **state)
{
    (void)state;
    program_run_plain("recover", &result);
    expect(0, SAYS("CN11-7", "CN11-5", "CN11 is not fitted", "STM32_Programmer_CLI -c port=SWD",
                   "openocd -f board/st_nucleo_h745zi.cfg", "stm32flash -b 115200"));
    program_run_plain("recover --virtual", &result);
    expect(0, SAYS("good: the board is back"));
    program_run_plain("recover --virtual --run openocd", &result);
    expect(2, SAYS("--run is for a real board"));
    program_run_plain("recover --run hammer", &result);
    expect(2, SAYS("--run hammer is not known: use openocd, cube or stm32flash"));
    program_run_plain("recover now", &result);
    expect(2, SAYS("unexpected `now'"));
    program_run_plain("demo", &result);
    expect(2, SAYS("name the demo: candial demo deadlock"));
    program_run_plain("demo deadlock --rom 0x92", &result);
    expect(2, SAYS("--rom 0x92 is not known: use 0x90 or 0x91"));
}

/* A tool of the same name stands in for the real ones: what they are asked to do, and that a failure is
 * one. */
static void recover_with_tools(void **state)
{
    static const char tool[] = "#!/bin/sh\necho \"asked: $0 $*\"\nexit ${FAKE_STATUS:-0}\n";
    static const char *const names[] = {"openocd", "STM32_Programmer_CLI", "stm32flash"};
    char folder[400];
    char path[2000];
    (void)state;
    for (int i = 0; i < 3; i++) {
        const char *file = scratch_file(names[i], tool, sizeof tool - 1);
        snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(file, '/') - file), file);
        assert_int_equal(system("true"), 0);
        snprintf(path, sizeof path, "chmod +x '%s'", file);
        assert_int_equal(system(path), 0);
    }
    const char *before = getenv("PATH");
    snprintf(path, sizeof path, "%s:%s", folder, before);
    char kept[1500];
    snprintf(kept, sizeof kept, "%s", before);
    setenv("PATH", path, 1);
    program_run_plain("recover --run openocd", &result);
    expect(0, SAYS("flash erase_sector 0 0 last; flash erase_sector 1 0 last", "candial.hex verify",
                   "good: written"));
    program_run_plain("recover --run cube", &result);
    expect(0, SAYS("port=SWD mode=UR -e all", "-v", "good: written"));
    program_run_plain("recover --run stm32flash --port /dev/ttyUSB7", &result);
    expect(0, SAYS("-b 115200 -o /dev/ttyUSB7", "-S 0x08000000 /dev/ttyUSB7",
                   "-S 0x08100000 /dev/ttyUSB7", "good: written"));
    setenv("FAKE_STATUS", "1", 1);
    program_run_plain("recover --run openocd", &result);
    expect(1, SAYS("not good: the tool failed"));
    unsetenv("FAKE_STATUS");
    setenv("PATH", kept, 1);
}

/* ---- run ---- */

static void run(const char *arguments, const char *scenario)
{
    char all[1200];
    snprintf(all, sizeof all, "run --speed max %s --scenario '%s'", arguments,
             scratch_text("scenario.yaml", scenario));
    program_run(all, &result);
}

static void scenario(void **state)
{
    (void)state;
    run("--for 4s", "- {at: 1.5s, do: nrst low}\n- {at: 1.6s, do: nrst high}\n"
                    "- {at: 2s, do: power off}\n- {at: 2.1s, do: probe}\n"
                    "- {at: 2.5s, do: power on}\n- {at: 3s, do: probe}\n");
    expect(0, SAYS("> 1.500000 s: nrst low", "reset cm7 pin cm4 pin", "> Error: no target voltage",
                   "> Target voltage: 3.30 V", "good: no reset"));
    run("--for 1s", "- {at: 0s, do: boot0 high}\n- {at: 500ms, do: probe}\n");
    expect(0, SAYS("CM7 in the boot ROM", "no pulse on the servo's pin"));
    run("--for 1s", "- {at: 0s, do: power off}\n- {at: 500ms, do: probe}\n");
    expect(0, SAYS("Error: no target voltage"));
    run("--for 1s", "- {at: 0s, do: button press}\n");
    expect(0, SAYS("rescue: button held at power-on"));
    run("--for 1s", "- {at: 500ms, do: jump}\n");
    expect(2, SAYS("scenario.yaml:1: [0].do: jump is no action"));
    program_run("run --for 1s --rom-uart tcp", &result);
    expect(2, SAYS("--rom-uart: tcp"));
}

/*
 * The distribution's stm32flash on the pseudo-terminal of a run at a real board's pace: its time-outs hold.
 * The second word of the script ends the run as Ctrl-C does.
 */
static void stm32flash_beside_a_run(void **state)
{
    static const char script[] =
        "set -u; p='%s.pty'; rm -f \"$p\"; head -c 3000 '%s/candial_cm4.elf' >'%s.bin'\n"
        "'%s/candial' run --scenario '%s' --rom-uart \"pty:$p\" --for 120s >'%s.out' 2>&1 &\n"
        "run=$!; until [ -e \"$p\" ] || ! kill -0 $run; do :; done\n"
        "stm32flash -m 8n1 -b 115200 -v -w '%s.bin' -S 0x08100000 \"$p\"; status=$?\n"
        "kill -INT $run; wait $run; exit $status\n";
    char text[4096];
    char base[256];
    char yaml[256];
    const char *firmware = getenv("CANDIAL_FIRMWARE_DIR");
    const char *binary = getenv("CANDIAL_BINARY_DIR");
    (void)state;
    if (!has_stm32flash()) {
        skip();
    }
    firmware = firmware == NULL ? "build/firmware" : firmware;
    snprintf(base, sizeof base, "%s", scratch_text("pty_run", ""));
    snprintf(yaml, sizeof yaml, "%s",
             scratch_text("rom.yaml", "- {at: 0s, do: boot0 high}\n- {at: 100s, do: probe}\n"));
    snprintf(text, sizeof text, script, base, firmware, base, binary == NULL ? "build" : binary,
             yaml, base, base);
    const char *file = scratch_text("pty_run.sh", text);
    snprintf(text, sizeof text, "sh '%s' >/dev/null", file);
    const int status = system(text);
    snprintf(text, sizeof text, "rm -f '%s.bin' '%s.out' '%s.pty'", base, base, base);
    assert_int_equal(system(text), 0);
    assert_int_equal(status, 0);
}

/* What an image did to the flash is there in the next run; so is the deadlock. */
static void flash_file(void **state)
{
    char file[512];
    char arguments[1600];
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    (void)state;
    snprintf(file, sizeof file, "%s", scratch_text("board.flash", ""));
    unlink(file);
    snprintf(arguments, sizeof arguments, "run --speed max --for 1.5s --flash '%s'", file);
    program_run(arguments, &result);
    expect(0, SAYS("profile Ford Mustang S550 (settings)"));
    assert_int_equal(access(file, R_OK), 0);
    program_run_plain(arguments, &result);
    expect(0, SAYS("profile Ford Mustang S550 (settings)", "live"));
    snprintf(arguments, sizeof arguments,
             "run --speed max --for 1.5s --flash '%s' --cm7 '%s/candial_cm7_ldo.elf'", file,
             folder == NULL ? "build/firmware" : folder);
    program_run_plain(arguments, &result);
    expect(1, SAYS("not good: deadlock"));
    snprintf(arguments, sizeof arguments, "run --speed max --for 1.5s --flash '%s'", file);
    program_run_plain(arguments, &result);
    expect(1, SAYS("not good: deadlock"));
    /* Damaged: said, and nothing is overwritten. */
    FILE *damaged = fopen(file, "r+b");
    assert_non_null(damaged);
    assert_int_equal(fseek(damaged, 5000, SEEK_SET), 0);
    assert_int_equal(fputc('x', damaged), 'x');
    assert_int_equal(fclose(damaged), 0);
    program_run_plain(arguments, &result);
    expect(2, SAYS("is damaged (size or CRC)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(demo),       cmocka_unit_test(demo_with_own_client),
        cmocka_unit_test(recover),    cmocka_unit_test(recover_with_tools),
        cmocka_unit_test(scenario),   cmocka_unit_test(stm32flash_beside_a_run),
        cmocka_unit_test(flash_file),

    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
