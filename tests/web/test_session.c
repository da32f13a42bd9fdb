/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a page is told and what it may do: lines on a board that runs candial's own images. */
#include "tests/formats/cmocka_head.h"

#include "web/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hello),
        cmocka_unit_test(a_board_starts),
        cmocka_unit_test(hands),
        cmocka_unit_test(console_and_frames),
        cmocka_unit_test(the_car),
        cmocka_unit_test(pins),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(quoting),
    };
    return cmocka_run_group_tests(tests, open_run, close_run);
}
