/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial profile send` and `fetch` at the console of `candial run`: the programs as they are
 * built, over a pseudo-terminal. Only bytes decide what happens, whatever the time; --timeout is
 * far beyond what is needed.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/noisy_line.h"

#include "link/pty.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE "--timeout 1000s"
#define RECORD_BYTES 1024

static struct virtual_board board;
static struct child child;

static void expect(int status, const char *words)
{
    if (child.status != status || strstr(status == 0 ? child.said : child.wrote, words) == NULL) {
        child_fail(&child, words);
    }
}

/* One line on stderr, and nothing else. */
static void expect_refused(int status, const char *words)
{
    const char *end = strchr(child.wrote, '\n');
    expect(status, words);
    if (child.said[0] != '\0' || end == NULL || end[1] != '\0') {
        child_fail(&child, "one line");
    }
}

static void at_board(const char *arguments)
{
    char all[2048];
    snprintf(all, sizeof all, "%s --port %s " PATIENCE, arguments, board.path);
    child_run(&child, all);
}

static void read_record(const char *path, uint8_t bytes[RECORD_BYTES])
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, RECORD_BYTES, file), RECORD_BYTES);
    fclose(file);
}

/* What the board has is what the profile compiles to. */
static void expect_on_board(const char *profile)
{
    uint8_t fetched[RECORD_BYTES];
    uint8_t compiled[RECORD_BYTES];
    char arguments[1024];
    char path[512];
    snprintf(path, sizeof path, "%s", scratch_text("record", ""));
    snprintf(arguments, sizeof arguments, "profile fetch -o %s", path);
    at_board(arguments);
    expect(0, "1024 bytes");
    read_record(path, fetched);
    snprintf(arguments, sizeof arguments, "profile compile %s -o %s", profile, path);
    child_run(&child, arguments);
    expect(0, "1024 bytes");
    read_record(path, compiled);
    assert_memory_equal(fetched, compiled, RECORD_BYTES);
}

static unsigned count(const char *text, const char *words)
{
    unsigned found = 0;
    for (const char *at = strstr(text, words); at != NULL; at = strstr(at + 1, words)) {
        found++;
    }
    return found;
}

static void send_and_fetch(void **state)
{
    (void)state;
    virtual_board_start(&board, "");
    expect_on_board("ford-mustang-s550");
    at_board("profile send toyota-86");
    expect(0, "the board runs: profile Toyota 86 / Subaru BRZ gen 1 (settings)\n");
    expect_on_board("toyota-86");
    at_board("profile send vw-mqb --no-reboot");
    expect(0, "saved: ");
    expect_on_board("vw-mqb");
    at_board("profile fetch");
    expect(0, "\n  CAN 500 kbit/s, ");
    /* As YAML, and from that or from a record back again. */
    char command[1200];
    char yaml[512];
    snprintf(yaml, sizeof yaml, "%s", scratch_text("fetched.yaml", ""));
    snprintf(command, sizeof command, "profile fetch -o %s", yaml);
    at_board(command);
    expect(0, "fetched.yaml: ");
    expect_on_board(yaml);
    virtual_board_end(&board);
    /* the one reset that was asked for; the run's own words say what the board told then */
    assert_int_equal(count(board.child.said, "reset cm7 power-on"), 1);
    assert_int_equal(count(board.child.said, "reset cm7 software-cm7 cm4 software-cm7"), 1);
    assert_int_equal(count(board.child.said, "profile Toyota 86 / Subaru BRZ gen 1 (settings)"), 1);
}

static void kept_without_power(void **state)
{
    char options[700];
    (void)state;
    snprintf(options, sizeof options, "--flash %s", scratch_text("flash", ""));
    assert_int_equal(unlink(strchr(options, '/')), 0);
    virtual_board_start(&board, options);
    at_board("profile send mini-f56");
    expect(0, "the board runs: ");
    virtual_board_end(&board);
    virtual_board_start(&board, options);
    expect_on_board("mini-f56");
    virtual_board_end(&board);
}

/* The cable is pulled out after so many bytes, and put in again. */
static void broken_off(void **state)
{
    static const struct {
        unsigned after;   /* bytes; a line has 87 */
        const char *says; /* the next time; NULL: it begins anew */
        const char *profile;
    } cuts[] = {
        {5, NULL, "toyota-86"},
        {600, "going on at line 7 of 32\n", "vw-mqb"},
        {1500, "going on at line 17 of 32\n", "toyota-86"},
        {2700, "going on at line 31 of 32\n", "mini-f56"},
        {2846, "all 32 lines are there\n", "vw-mqb"}, /* in `record end' */
        {2852, NULL, "toyota-86"},                    /* behind it */
    };
    char arguments[200];
    (void)state;
    virtual_board_start(&board, "");
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        const struct noisy_line line = {.cut_after = cuts[i].after};
        snprintf(arguments, sizeof arguments, "profile send %s " PATIENCE, cuts[i].profile);
        noisy_line_run(&line, board.path, arguments, &child);
        expect(1, "the port has gone");
        at_board(arguments);
        expect(0, "the board runs: profile ");
        if (cuts[i].says == NULL) {
            assert_null(strstr(child.said, "going on"));
        } else {
            expect(0, cuts[i].says);
        }
        expect_on_board(cuts[i].profile);
    }
    virtual_board_end(&board);
}

/* Bits are wrong and bytes are lost on the way, both ways. */
static void noise(void **state)
{
    static const struct noisy_line lines[] = {
        {.damage_each = 211}, {.damage_each = 607, .answer_each = 1009}, {.answer_each = 499}};
    (void)state;
    virtual_board_start(&board, "");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *profile = i % 2 == 0 ? "toyota-86" : "vw-mqb";
        char arguments[200];
        snprintf(arguments, sizeof arguments, "profile send %s " PATIENCE, profile);
        noisy_line_run(&lines[i], board.path, arguments, &child);
        expect(0, "the board runs: profile ");
        expect_on_board(profile);
    }
    virtual_board_end(&board);
}

static void absent_or_no_port(void **state)
{
    (void)state;
    child_run(&child, "profile send vw-mqb --port /nowhere/tty");
    expect_refused(2, "/nowhere/tty: No such file or directory: name the board's port");
    child_run(&child, "profile fetch --port LICENSE");
    expect_refused(2, "LICENSE: no serial port: name the board's");
    child_run(&child, "profile fetch");
    expect_refused(2, "candial profile fetch --port PORT");
    child_run(&child, "profile fetch --port x --timeout soon");
    expect_refused(2, "candial profile fetch --port PORT");
    child_run(&child, "profile send nobodys-car --port /nowhere/tty");
    expect_refused(2, "nobodys-car: no such profile");
}

/* Another program has it: that is told, and that one is not disturbed. */
static void busy(void **state)
{
    (void)state;
    virtual_board_start(&board, "");
    const int fd = open(board.path, O_RDWR | O_NOCTTY);
    assert_true(fd >= 0 && flock(fd, LOCK_EX) == 0);
    at_board("profile fetch");
    expect_refused(2, "another program uses it");
    close(fd);
    expect_on_board("ford-mustang-s550");
    virtual_board_end(&board);
}

/* A port at which nobody, or somebody else, is. */
static void no_answer(void **state)
{
    struct pty pty;
    char error[200];
    char arguments[300];
    (void)state;
    assert_true(pty_open(&pty, "test", "pty", error, sizeof error));
    snprintf(arguments, sizeof arguments, "profile send vw-mqb --timeout 20ms --port %s", pty.name);
    child_run(&child, arguments);
    expect_refused(1, "no answer: is candial's console there (115200 8N1)");
    assert_true(write(pty.master, "login: \r\nerror: no\r\n", 20) == 20);
    child_run(&child, arguments);
    expect_refused(1, "no answer");
    pty_close(&pty);
}

/* A terminal that does not read, and half a line that somebody left. */
static void others_before(void **state)
{
    (void)state;
    virtual_board_start(&board, "");
    const int fd = open(board.path, O_RDWR | O_NOCTTY);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "reboo", 5), 5);
    at_board("profile send vw-mqb");
    expect(0, "the board runs: profile ");
    assert_int_equal(write(fd, "machine on\rrecord put 3 00", 26), 26);
    close(fd);
    expect_on_board("vw-mqb");
    virtual_board_end(&board);
    assert_int_equal(count(board.child.said, "reset cm7 software"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_or_no_port),  cmocka_unit_test(no_answer),
        cmocka_unit_test(send_and_fetch),     cmocka_unit_test(busy),
        cmocka_unit_test(kept_without_power), cmocka_unit_test(others_before),
        cmocka_unit_test(broken_off),         cmocka_unit_test(noise),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
