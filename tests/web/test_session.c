/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a page is told and what it may do: lines on a board that runs candial's own images. */
#include "tests/formats/cmocka_head.h"

#include "web/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct web_run run;
static struct web_text text;

static int open_run(void **state)
{
    static char name[] = "candial", cm7[] = "--cm7", cm4[] = "--cm4";
    static char paths[2][4096];
    char *arguments[] = {name, cm7, paths[0], cm4, paths[1], NULL};
    (void)state;
    for (int i = 0; i < 2; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/candial_cm%d.elf", getenv("CANDIAL_FIRMWARE_DIR"),
                 i == 0 ? 7 : 4);
    }
    return web_run_open(&run, 5, arguments) ? 0 : -1;
}

static int close_run(void **state)
{
    (void)state;
    web_run_close(&run);
    web_text_free(&text);
    return 0;
}

static const char *state_after(uint64_t ps)
{
    assert_true(web_run_advance(&run, ps));
    web_text_clear(&text);
    web_session_state(&run.session, &text);
    return text.bytes;
}

static void expect_in(const char *whole, const char *part)
{
    if (strstr(whole, part) == NULL) {
        fail_msg("no %s in %.2000s", part, whole);
    }
}

static void does(const char *line)
{
    char error[256] = "";
    if (!web_session_do(&run.session, line, error, sizeof error)) {
        fail_msg("%s", error);
    }
}

static void hello(void **state)
{
    (void)state;
    web_text_clear(&text);
    web_session_hello(&run.session, &text);
    expect_in(text.bytes, "{\"kind\":\"hello\",\"protocol\":1,\"profile\":\"Ford Mustang S550\"");
    expect_in(text.bytes, "\"own_firmware\":true,\"drives\":true");
    expect_in(text.bytes, "\"low_deg\":0.000,\"high_deg\":180.000,\"park_deg\":-10.000");
    expect_in(text.bytes, "[60.000,22.500,true]");
    expect_in(text.bytes, "\"board\":{\"name\":\"nucleo-h755zi-q\",\"title\":\"NUCLEO-H755ZI-Q\","
                          "\"chip\":\"STM32H755\",\"leds\":[true,true,true,false]}");
    expect_in(text.bytes, "\"log\":null"); /* the car drives */
}

static void a_board_starts(void **state)
{
    (void)state;
    const char *told = state_after(2 * PS_PER_S);
    expect_in(told, "\"supply\":\"ok\"");
    expect_in(told, "candial ");
    expect_in(told, "\"samples\":[{\"t_s\":");
    expect_in(told, "{\"id\":342,\"extended\":false");
    expect_in(told, "[\"dial1\",");
    assert_null(strstr(state_after(0), "candial ")); /* told once */
}

static void hands(void **state)
{
    (void)state;
    does("do power off");
    expect_in(state_after(PS_PER_S), "\"supply\":\"off\"");
    does("do boot0 high");
    does("do power on");
    does("do probe");
    const char *told = state_after(PS_PER_S);
    expect_in(told, "\"boot0\":true");
    expect_in(told, "CM7 in the boot ROM");
    does("do boot0 low");
    does("do power off");
    does("do power on");
    expect_in(state_after(2 * PS_PER_S), "\"state\":\"live\"");
}

static void console_and_frames(void **state)
{
    (void)state;
    does("type version");
    expect_in(state_after(PS_PER_S), "ok");
    does("can 7E0#0102");
    expect_in(state_after(PS_PER_S), "\"sender\":\"other\",\"length\":2,\"data\":\"0102\"");
    does("can 18FEEE00#R");
    expect_in(state_after(PS_PER_S), "{\"id\":419360256,\"extended\":true");
    does("can 123##1000102030405060708090A0B"); /* 12 bytes at the faster rate */
    expect_in(state_after(PS_PER_S), "\"length\":12,\"data\":\"000102030405060708090A0B\"");
}

static void destroyed_frames(void **state)
{
    (void)state;
    expect_in(state_after(PS_PER_S), "\"errors\":[]");
    does("spoil 20");
    const char *told = state_after(20 * PS_PER_MS);
    expect_in(told, "\"sender\":\"car\",\"error\":\"bit");
    unsigned count = 0;
    for (const char *at = told; (at = strstr(at, "\"error\":\"bit")) != NULL; at++) {
        count++;
    }
    assert_int_equal(count, 20);
    expect_in(state_after(PS_PER_S), "\"errors\":[]"); /* those, and no more */
}

/* Its FDCAN1 listens only: what it sends is nothing, until the profile lets it. */
static void taps(void **state)
{
    (void)state;
    does("tap on");
    expect_in(state_after(PS_PER_S), "\"frames\":[]");
    struct bench_frame frame = {.content = {.id = 0x123,
                                            .fd = true,
                                            .bit_rate_switch = true,
                                            .len = 2,
                                            .data = {0xAA, 0x55}},
                                .sender = BENCH_BY_BOARD};
    run.session.observer.frame(&run.session, &frame);
    frame.content = (struct can_log_frame){.id = 0x18FEEE00, .extended = true, .fd = true};
    run.session.observer.frame(&run.session, &frame);
    expect_in(state_after(PS_PER_S), "\"frames\":[\"123##1AA55\",\"18FEEE00##0\"]");
    does("tap off");
}

static void the_car(void **state)
{
    (void)state;
    does("oil 60");
    expect_in(state_after(30 * PS_PER_S), "\"frame_c\":60.0");
    does("sensor off");
    expect_in(state_after(3 * PS_PER_S), "\"state\":\"fault\"");
    does("sensor on");
    expect_in(state_after(3 * PS_PER_S), "\"state\":\"live\"");
    does("engine off");
    expect_in(state_after(3 * PS_PER_S), "\"state\":\"stale\"");
    does("engine on");
    expect_in(state_after(3 * PS_PER_S), "\"state\":\"live\"");
}

/* The first is the level now. Beyond the limit they are counted. */
static void pins(void **state)
{
    (void)state;
    does("scope PA0");
    expect_in(state_after(PS_PER_S), "\"edges\":[[\"PA0\",");
    does("scope");
    expect_in(state_after(PS_PER_S), "\"edges\":[]");
    expect_in(state_after(60 * PS_PER_S), "\"samples_dropped\":");
}

static void others_are_refused(void **state)
{
    static const char *const lines[] = {"",
                                        "nonsense",
                                        "do",
                                        "do harm",
                                        "can",
                                        "can 156",
                                        "can 156#0",
                                        "can 800#00",
                                        "can #",
                                        "can 156#001122334455667788",
                                        "can 123##",
                                        "can 123##G",
                                        "can 123##100112233445566778899",
                                        "can 123##1001",
                                        "spoil",
                                        "spoil 0",
                                        "spoil 10001",
                                        "spoil one",
                                        "tap",
                                        "tap maybe",
                                        "engine",
                                        "engine maybe",
                                        "oil hot",
                                        "oil 1000",
                                        "oil nan",
                                        "scope PZ0",
                                        "scope PA16",
                                        "scope PA0 no",
                                        "program /nowhere"};
    char error[256];
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        error[0] = '\0';
        assert_false(web_session_do(&run.session, lines[i], error, sizeof error));
        assert_true(error[0] != '\0');
    }
    run.session.opens_files = false; /* as behind a WebSocket */
    assert_false(web_session_do(&run.session, "program build/firmware/candial_cm7.elf", error,
                                sizeof error));
}

static void quoting(void **state)
{
    static const char bytes[] = "a\"\\\n\x80\xC3\xA9\xE2\x82";
    struct web_text quoted = {NULL, 0, 0};
    (void)state;
    web_text_put_quoted(&quoted, bytes, sizeof bytes - 1);
    assert_string_equal(quoted.bytes, "\"a\\\"\\\\\\u000a\\ufffd\xC3\xA9\\ufffd\\ufffd\"");
    web_text_free(&quoted);
}

/* ---- with a log and a profile that asks ---- */

static char log_path[] = "/tmp/candial_session_XXXXXX";

static int open_log_run(void **state)
{
    static char name[] = "candial", cm7[] = "--cm7", cm4[] = "--cm4", log[] = "--log";
    static char profile[] = "--profile", obd2[4096], paths[2][4096];
    char *arguments[] = {name, cm7, paths[0], cm4, paths[1], log, log_path, profile, obd2, NULL};
    FILE *file = fdopen(mkstemp(log_path), "w");
    (void)state;
    for (int i = 0; i <= 50; i++) {
        fprintf(file, "(%.6f) can0 12F#00000000%08X\n", 1000 + i / 10.0, (unsigned)i);
    }
    fclose(file);
    for (int i = 0; i < 2; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/candial_cm%d.elf", getenv("CANDIAL_FIRMWARE_DIR"),
                 i == 0 ? 7 : 4);
    }
    snprintf(obd2, sizeof obd2, "%s/obd2-generic.yaml", CANDIAL_PROFILES);
    return web_run_open(&run, 9, arguments) ? 0 : -1;
}

static int close_log_run(void **state)
{
    unlink(log_path);
    return close_run(state);
}

static void a_log(void **state)
{
    (void)state;
    web_text_clear(&text);
    web_session_hello(&run.session, &text);
    expect_in(text.bytes, "\"log\":{\"frames\":51,\"length_s\":5.000000}");
    does("tap on");
    expect_in(state_after(PS_PER_S / 2), "\"log\":{\"t_s\":0.000000,\"frames\":1,\"ended\":false}");
    const char *told = state_after(3 * PS_PER_S); /* 3.5 s: 2.5 s of it; the next frame is pulled */
    expect_in(told, "\"log\":{\"t_s\":2.500000,\"frames\":2");
    expect_in(told, "\"frames\":[\"7DF#02"); /* it asks, as it hears a car */
    does("spoil 5");
    told = state_after(PS_PER_S / 5); /* two frames, and five attempts */
    expect_in(told, "\"sender\":\"log\",\"error\":\"bit");
    assert_null(strstr(told, "\"state\":\"active\",\"tec\":0,\"rec\":0,")); /* it counts them */
    expect_in(state_after(4 * PS_PER_S), "\"frames\":51,\"ended\":true}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hello),
        cmocka_unit_test(a_board_starts),
        cmocka_unit_test(hands),
        cmocka_unit_test(console_and_frames),
        cmocka_unit_test(destroyed_frames),
        cmocka_unit_test(taps),
        cmocka_unit_test(the_car),
        cmocka_unit_test(pins),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(quoting),
    };
    const struct CMUnitTest log_tests[] = {cmocka_unit_test(a_log)};
    const int failed = cmocka_run_group_tests(tests, open_run, close_run);
    return failed + cmocka_run_group_tests(log_tests, open_log_run, close_log_run);
}
