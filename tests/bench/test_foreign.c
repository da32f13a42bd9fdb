/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What `candial run` says of firmware that is not candial's, and its exit status. */
#include "tests/formats/cmocka_head.h"

#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define IMAGES CHECK_IMAGES "/"

static char output[262144];

/* Runs `candial run ARGUMENTS --speed max` with its streams as the shell words say; the exit status. */
static int run_to(const char *arguments, const char *streams)
{
    char command[4096];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    snprintf(command, sizeof command, "'%s/candial' run %s --speed max %s",
             folder == NULL ? "build" : folder, arguments, streams);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void expect(const char *arguments, int status, const char *const *texts)
{
    const int got = run_to(arguments, "2>&1");
    if (got != status) {
        fail_msg("run %s: exit status %d, not %d:\n%s", arguments, got, status, output);
    }
    for (; *texts != NULL; texts++) {
        if (strstr(output, *texts) == NULL) {
            fail_msg("run %s: did not say `%s':\n%s", arguments, *texts, output);
        }
    }
}

#define EXPECT(arguments, status, ...)                                                             \
    expect(arguments, status, (const char *const[]){__VA_ARGS__, NULL})

static void an_image_alone_is_no_failure(void **state)
{
    (void)state;
    EXPECT("--cm7 " IMAGES "at_work.elf --for 3s", 0, "CM7 asleep in delay\n",
           "CM4 empty: no image where it boots\n",
           "green lit 50.000 ms of 100.000 ms (50.0 %); ○ yellow off; ○ red off\n",
           "pins PD1 PD8 high; PB14 low\n",
           "PA0 TIM2_CH1 50.00 Hz, high 1.500 ms of 20.000 ms (7.5 %)\n",
           "board: busy \"as\" a bee", "PD8 USART3_TX 115207 baud, ", "bytes: busy \"as\" a bee\n",
           "FDCAN1 error-active, TEC 0, REC 0; sent 60, seen 2481, stored 2481, lost 0",
           "CAN sent 0x123 every 50.000 ms (60)\n",
           "good: no core died, no reset, no lost frame, no finding\n");
}

static void another_bit_rate(void **state)
{
    (void)state;
    EXPECT("--cm7 " IMAGES "can_rate.elf --for 4s", 0, "it runs at 50 kbit/s, its bus at 500",
           "RCC_D2CCIP1R.FDCANSEL");
}

static void filters_that_let_nothing_through(void **state)
{
    (void)state;
    EXPECT("--cm7 " IMAGES "can_rejects.elf --for 2s", 0, "seen 1240, stored 0",
           "note: FDCAN1 rejected all of 1240 frames", "SIDFC");
}

static void what_harms_the_board(void **state)
{
    (void)state;
    EXPECT("--cm7 " IMAGES "vos0.elf --for 300ms", 1, "not good: over-voltage: ");
    EXPECT("--cm7 " IMAGES "overclock.elf --for 300ms", 1, "not good: overclock: ");
    EXPECT("--cm7 " IMAGES "wait_states.elf --for 300ms", 1, "not good: wait-states: ");
    EXPECT("--cm7 " IMAGES "good.elf --for 300ms", 0, "good: no core died");
}

static void who_gives_up(void **state)
{
    (void)state;
    EXPECT("--cm7 " IMAGES "gives_up.elf --for 2s", 1, "CM7 Error_Handler  CM4 empty",
           "CM7 ends in Error_Handler (0x0800", "seen since 1.060 s\n",
           "red lit 50.000 ms of 100.000 ms", "bytes: giving up\n",
           "not good: CM7 ends in Error_Handler (0x0800");
    /* Not yet at its end. */
    EXPECT("--cm7 " IMAGES "gives_up.elf --for 1s", 0, "good: no core died");
    /* Without a symbol it sleeps in code without a name; nothing says that it has given up. */
    EXPECT("--cm7 " IMAGES "gives_up.hex --for 2s", 0, "CM7 asleep in code without a name\n");
}

static void who_faults(void **state)
{
    (void)state;
    EXPECT("--cm7 " IMAGES "fault.elf --for 1s", 1,
           "not good: CM7 ends in the handler of HardFault (hard_fault, 0x0800");
    EXPECT("--cm7 " IMAGES "fault.bin@0x08000000 --for 1s", 1,
           "not good: CM7 ends in the handler of HardFault (0x0800");
    EXPECT("--cm7 " IMAGES "lockup.elf --for 1s", 1,
           "not good: CM7 is locked up (hard_fault, 0x0800");
    EXPECT("--cm7 " IMAGES "ldo_early.elf --for 1s", 1,
           "not good: deadlock: ", "CM7 without power\n");
    EXPECT("--cm7 " IMAGES "watchdog.elf --for 1s", 1,
           "not good: reset: the chip was reset while it ran (", " by a watchdog)\n");
}

static void files_as_check_takes_them(void **state)
{
    (void)state;
    EXPECT("--cm7 " IMAGES "good.hex --cm4 " IMAGES "idle_m4.bin@0x08100000 --for 1s", 0,
           "CM7 asleep", "CM4 asleep");
    EXPECT("--cm7 " IMAGES "idle_m4.elf --cm4 " IMAGES "good.elf --for 1s", 0,
           "good.elf is taken as the CM7's: it holds 0x08000000", "CM7 asleep in main\n");
    EXPECT("--cm7 " IMAGES "good.elf --cm4 " IMAGES "good.elf", 2, "overlap at 0x08000000");
    EXPECT("--cm7 " IMAGES "good.bin", 2, "neither ELF nor Intel HEX: for a raw binary give");
    EXPECT("--cm4 " IMAGES "idle_m4.elf --cm7 " IMAGES "cortex_a9.elf", 2, "cortex_a9.elf");
}

static void a_bare_m4_leaves_nothing_to_run(void **state)
{
    (void)state;
    /* The M7 is held by the option bytes (BOOT_CM7 = 0, RM0399 4.9.8), the M4's bank is empty. */
    EXPECT("--cm7 " IMAGES "good.elf --optsr 0x1746AAF0 --for 1s", 0, "CM7 held: not released",
           "CM4 empty");
    EXPECT("--cm7 " IMAGES "idle_m4.elf --for 1s", 0, "CM7 empty", "CM4 asleep");
    EXPECT("--cm7 " IMAGES "idle_m4.elf --optsr 0x1786AAF0 --for 1s", 0, "CM4 held");
}

/* The first line of a file; its number of lines is *lines. */
static const char *first_line(const char *path, unsigned *lines)
{
    static char line[256];
    char other[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (*lines = 1; fgets(other, sizeof other, file) != NULL; (*lines)++) {
    }
    fclose(file);
    return line;
}

static unsigned count_in_file(const char *path, const char *text)
{
    char line[4096];
    unsigned count = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        count += strstr(line, text) != NULL;
    }
    fclose(file);
    return count;
}

static void edges_and_text_in_files(void **state)
{
    (void)state;
    char arguments[2048];
    char pins[512];
    char text[512];
    unsigned lines;
    snprintf(pins, sizeof pins, "%s", scratch_text("pins.csv", ""));
    snprintf(text, sizeof text, "%s", scratch_text("console.txt", ""));
    snprintf(arguments, sizeof arguments, "--cm7 %sat_work.elf --for 1s --pins %s --uart file:%s",
             IMAGES, pins, text);
    EXPECT(arguments, 0, "good: ");
    assert_string_equal(first_line(pins, &lines), "time_s,pin,level\n");
    assert_int_equal(count_in_file(pins, ",PA0,1\n"), 50);
    assert_int_equal(count_in_file(pins, ",PB0,1\n"), 10);
    assert_string_equal(first_line(text, &lines), "busy \"as\" a bee\r\n");
    assert_int_equal(lines, 20);
    /* Words go to stderr then. */
    assert_int_equal(run_to("--cm7 " IMAGES "at_work.elf --for 1s --uart -", "2>/dev/null"), 0);
    assert_int_equal(strncmp(output, "busy \"as\" a bee\r\nbusy", 21), 0);
    assert_null(strstr(output, "good:"));
    EXPECT("--cm7 " IMAGES "at_work.elf --uart - --json -", 2, "only once");
    EXPECT("--uart tcp", 2, "--uart tcp is not known: use pty, pty:PATH, file:PATH or -");
    EXPECT("--cm7 " IMAGES "at_work.elf --pins /nowhere/p.csv", 2, "/nowhere/p.csv: ");
}

/* at_work.c speaks on PD8; a board whose console is elsewhere hears nothing. */
static void the_console_is_the_boards(void **state)
{
    static const char *const pins[] = {"tx: PD8, rx: PD9", "tx: PA9, rx: PA10"};
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        char text[512];
        char board[512];
        char arguments[2048];
        snprintf(board, sizeof board,
                 "name: own\nchip: STM32H755\nwiring: smps\nhse: {kind: external, frequency: "
                 "8M}\nconsole: {%s}\n",
                 pins[i]);
        snprintf(text, sizeof text, "%s", scratch_text("own.txt", ""));
        snprintf(arguments, sizeof arguments,
                 "--cm7 %sat_work.elf --for 200ms --board %s --uart file:%s", IMAGES,
                 scratch_text("own.yaml", board), text);
        EXPECT(arguments, 0, "good: ");
        assert_int_equal(count_in_file(text, "bee\r\n") > 0, i == 0);
    }
}

static void the_same_as_json(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "{\"summary\":{\"frames\":1240,",
        ",\"bad_log_lines\":0,\"cores\":[{\"core\":\"CM7\",\"state\":\"asleep\",\"function\":"
        "\"delay\",",
        "\"dead\":true,\"fate\":\"error-handler\",\"last_call\":\"Error_Handler\",\"since_s\":1."
        "060000}",
        "{\"core\":\"CM4\",\"state\":\"empty\",\"function\":null,\"pc\":0,\"dead\":false,\"fate\":"
        "\"none\"",
        "{\"led\":\"red\",\"on\":",
        "{\"pin\":\"PA0\",\"function\":\"TIM2_CH1\",\"level\":\"low\",\"edges\":200,\"period_us\":"
        "20000.000,"
        "\"high_us\":1500.000,\"regular\":true}",
        "{\"pin\":\"PD8\",\"baud\":115207,\"bytes\":368,\"line\":\"giving up\"}",
        "{\"can\":\"FDCAN1\",\"state\":\"error-active\",\"tec\":0,\"rec\":0,\"sent\":21,\"seen\":"
        "1240,",
        "\"sent\":[{\"id\":291,\"extended\":false,\"count\":21,\"destroyed\":0,\"error\":\"none\"}]"
        "}}\n"};
    assert_int_equal(run_to("--cm7 " IMAGES "gives_up.elf --for 2s --json -", "2>/dev/null"), 1);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(output, parts[i]) == NULL) {
            fail_msg("no `%s' in:\n%s", parts[i], strstr(output, "{\"summary"));
        }
    }
    assert_int_equal(run_to("--cm7 " IMAGES "at_work.elf --for 1s --json -", "2>/dev/null"), 0);
    assert_non_null(strstr(output, "\"line\":\"busy \\\"as\\\" a bee\"}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_image_alone_is_no_failure),
        cmocka_unit_test(another_bit_rate),
        cmocka_unit_test(filters_that_let_nothing_through),
        cmocka_unit_test(what_harms_the_board),
        cmocka_unit_test(who_gives_up),
        cmocka_unit_test(who_faults),
        cmocka_unit_test(files_as_check_takes_them),
        cmocka_unit_test(a_bare_m4_leaves_nothing_to_run),
        cmocka_unit_test(edges_and_text_in_files),
        cmocka_unit_test(the_console_is_the_boards),
        cmocka_unit_test(the_same_as_json),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
