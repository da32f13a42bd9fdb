/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the DBC reader refuses, where it says it is, and that nothing it is fed breaks it. */
#include "tests/formats/cmocka_head.h"

#include "tests/dbc/dbc_text.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "BO_ 1 X: 8 Y\n SG_ s : 0|8@1+ (1,0) [0|0] \"\" Z\n"

static void errors_name_the_place(void **state)
{
    static const struct {
        const char *text, *error;
    } rows[] = {
        {"", "t.dbc:1:1: no message (BO_) in it: is this a DBC file?"},
        {"(1.0) can0 123#11\n", "t.dbc:1:1: `(` begins no statement of a DBC file: correct it"},
        {"hello world", "t.dbc:1:1: `hello` begins no statement"},
        {"BO_ x X: 8 Y\n", "t.dbc:1:5: `x` stands where a message's identifier should"},
        {"BO_ 1 X 8 Y\n", "t.dbc:1:9: `8` stands where `:` should: correct it"},
        {"BO_ 1 X:", "t.dbc:1:9: the file ends where the message's length in bytes should stand"},
        {"BO_ 1 : 8 Y\n", "t.dbc:1:7: `:` stands where a message's name should"},
        {"BO_ 1 X: -8 Y\n", "t.dbc:1:10: `-8` stands where"},
        {"BO_ 4294967296 X: 8 Y\n", "t.dbc:1:5: `4294967296` stands where"},
        {"BO_ 1 X: 70000 Y\n", "t.dbc:1:5: 70000 bytes is no message's length"},
        {" SG_ s : 0|8@1+ (1,0) [0|0] \"\" Z\n", "t.dbc:1:6: a signal outside of a message"},
        {"BO_ 1 X: 8 Y\n\tSG_ s 0|8@1+ (1,0) [0|0] \"\" Z\n", "t.dbc:2:8: `0` is neither M nor m"},
        {"BO_ 1 X: 8 Y\n SG_ s m : : 0|8@1+", "t.dbc:2:12: `:` stands where the start bit"},
        {"BO_ 1 X: 8 Y\n SG_ s mx : 0|8@1+", "t.dbc:2:8: `mx` is neither M nor m and a number"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|0@1+ (1,0)", "t.dbc:2:10: 0|0: a signal is 1 to 64 bits long"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|65@1+ (1,0)", "t.dbc:2:10: 0|65: a signal is 1 to 64"},
        {"BO_ 1 X: 8 Y\n SG_ s : 65536|8@1+ (1,0)", "t.dbc:2:10: 65536|8: a signal is"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|8@2+ (1,0)", "t.dbc:2:14: byte order and sign are @0+, @0-"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|8@1* (1,0)", "t.dbc:2:14: byte order and sign are"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|8@1+ (1;0)", "t.dbc:2:19: `;` stands where `,` should"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|8@1+ (nan,0)", "t.dbc:2:18: `nan` stands where the factor"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|8@1+ (0x10,0)", "t.dbc:2:18: `0x10` stands where the factor"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|8@1+ (1e999,0)", "t.dbc:2:18: `1e999` stands where the factor"},
        {"BO_ 1 X: 8 Y\n SG_ s : 0|8@1+ (1,0) [0|0] C Z", "t.dbc:2:29: `C` stands where a text"},
        {"BO_ 1 X: 8 Y\n SG_ ö : 0|8@1+ (1,0) [0|0] \"C\n Z", "t.dbc:2:29: a text without an end"},
        {HEAD "VAL_ 1 s 1 \"a\" 2 b;", "t.dbc:3:18: `b` stands where a text in quotes should"},
        {HEAD "VAL_ 1 s Table;", "t.dbc:3:10: neither a value nor the name of a VAL_TABLE_"},
        {HEAD "VAL_ 1 s 1 \"a\" , ;", "t.dbc:3:16: `,` stands where `;` should"},
        {HEAD "CM_ SG_ 1 s 5;", "t.dbc:3:13: `5` stands where a text in quotes should"},
        {HEAD "SG_MUL_VAL_ 1 s t 0-1;", "t.dbc:3:17: message X has no such signal to switch by"},
        {HEAD "SG_MUL_VAL_ 1 s s 5;", "t.dbc:3:19: pages are written from low to high, as 0-3"},
        {HEAD "SG_MUL_VAL_ 1 s s 5-3;", "t.dbc:3:19: pages are written from low to high"},
        {HEAD "SG_MUL_VAL_ 1 s s 0-0;", "t.dbc:2:1: s: switches nest deeper than 8 or in a circle"},
        {HEAD "SIG_VALTYPE_ 1 s : x;", "t.dbc:3:20: `x` stands where 0 (integer), 1 (float)"},
        {HEAD "BA_DEF_DEF_ 5 5;", "t.dbc:3:13: `5` stands where a text in quotes should"},
        {"\xFF\xFE"
         "B",
         "t.dbc:1:1: UTF-16: save the file as UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *error = dbc_complaint_of(rows[i].text);
        if (strstr(error, rows[i].error) != error || strchr(error, '\n') != NULL) {
            fail_msg("said `%s`, expected `%s`", error, rows[i].error);
        }
    }
}

/* A bad statement costs itself and no more, wherever it ends. */
static void one_bad_statement(void **state)
{
    static const char *const bad[] = {
        " SG_ Text : 24|1600@1+ (1,0) [0|0] \"\" Z\n",
        " SG_ Text : 24|8@1+ (1,0) [0|0] \"\n",
        "VAL_ 1 s 1 \"one\" 2\n",
        "VAL_ 1 s 1 \"one\" 2 \"two ;\n",
        "SG_MUL_VAL_ 1 s nobody 0-0;\n",
        "SG_MUL_VAL_ 1 s s 0-;\n",
        "BO_ 2 Y 8 Z\n SG_ lost : 0|8@1+ (1,0) [0|0] \"\" Z\n",
        "BA_DEF_DEF_ 5 5;\n",
        "CM_ \"IMPORT nowhere.dbc\";\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[600];
        snprintf(text, sizeof text,
                 HEAD "%sBO_ 3 L: 8 Z\n SG_ last : 0|8@1+ (1,0) [0|0] \"K\" Z\n"
                      "VAL_ 3 last 3 \"three\" ;\n",
                 bad[i]);
        struct dbc *dbc = dbc_of(text);
        assert_int_equal(dbc->message_count, 2);
        assert_int_equal(signal_of(dbc, "X", "s")->parent, -1);
        const struct dbc_signal *last = signal_of(dbc, "L", "last");
        assert_int_equal(last->text_count, 1);
        assert_string_equal(last->unit, "K");
        if (dbc->left_out_count < 1) {
            fail_msg("nothing is said of: %s", bad[i]);
        }
        if (strncmp(dbc->left_out[0], "t.dbc:3:", 8) != 0) { /* seen at the next line's beginning */
            assert_non_null(strstr(dbc->left_out[0], "the statement of line 3: left out"));
        }
        assert_non_null(strstr(dbc->left_out[0], ": left out"));
        dbc_free(dbc);
    }
}

/* Pages without the comma between them, and a file without messages. */
static void what_others_write(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("BO_ 291 M: 8 X\n SG_ V m0 : 8|8@1+ (1,0) [0|0] \"\" X\n"
                             " SG_ S M : 0|8@1+ (1,0) [0|0] \"\" X\n"
                             "SG_MUL_VAL_ 291 V S 0-0 0-128, 200-201;\n");
    assert_int_equal(signal_of(dbc, "M", "V")->page_count, 3);
    assert_int_equal(signal_of(dbc, "M", "V")->pages[1].high, 128);
    assert_int_equal(dbc->left_out_count, 0);
    assert_non_null(strstr(dbc->notes[0], "t.dbc:4:25: no comma before these pages"));
    dbc_free(dbc);
    dbc = dbc_of("VERSION \"\"\nBU_: X\nVAL_TABLE_ T 1 \"a\" ;\n");
    assert_int_equal(dbc->message_count, 0);
    assert_non_null(strstr(dbc->notes[0], "no message (BO_) in it"));
    dbc_free(dbc);
}

static void zero_bytes(void **state)
{
    static const char text[] = "BO_ 1 X: 8 Y\n\n  \0 SG_";
    char error[200] = "";
    (void)state;
    assert_null(dbc_parse("t.dbc", (const uint8_t *)text, sizeof text, error, sizeof error));
    assert_non_null(strstr(error, "t.dbc:3:3: a zero byte"));
}

/* Ten switches in a row, and a ring of three. */
static void deep_and_round(void **state)
{
    static char text[4096];
    size_t used = (size_t)snprintf(text, sizeof text, "BO_ 1 X: 64 Y\n");
    (void)state;
    for (int i = 0; i < 11; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 " SG_ s%d m0M : %d|8@1+ (1,0) [0|0] \"\" Z\n", i, 8 * i);
    }
    size_t head = used;
    for (int i = 1; i < 11; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "SG_MUL_VAL_ 1 s%d s%d 0-0;\n", i,
                                 i - 1);
    }
    assert_non_null(strstr(dbc_complaint_of(text), "t.dbc:11:1: s9: switches nest deeper than 8"));
    strcpy(text + head, "SG_MUL_VAL_ 1 s0 s1 0-0;\nSG_MUL_VAL_ 1 s1 s2 0-0;\n"
                        "SG_MUL_VAL_ 1 s2 s0 0-0;\n");
    assert_non_null(strstr(dbc_complaint_of(text), "in a circle"));
}

/* Damages a good file at random: it is read or refused, never more (the sanitizers watch). */
static void damaged_files(void **state)
{
    static const char good[] =
        HEAD " SG_ t M : 8|8@0- (0.5,-1) [0|1] \"°C\" Z\n"
             " SG_ u m1M : 16|8@1+ (1,0) [0|0] \"\" Z\n"
             "VAL_TABLE_ T 1 \"a\" 2 \"b\";\nVAL_ 1 s T;\nVAL_ 1 t -1 \"x\" 2 \"y\";\n"
             "CM_ SG_ 1 s \"long \\\"comment\\\"\n; over lines\";\nSG_MUL_VAL_ 1 u t 1-1, 3-5;\n"
             "BA_ \"GenMsgCycleTime\" BO_ 1 100;\nSIG_VALTYPE_ 1 s : 0;\n";
    static const char marks[] = " \n\";:,|@()[]-0M9\\\xB0\xC3_S";
    uint64_t random = fuzz_seed("damaged_files");
    (void)state;
    for (int run = 0; run < 20000; run++) {
        char text[sizeof good];
        char error[300];
        memcpy(text, good, sizeof good);
        size_t length = sizeof good - 1;
        unsigned damages = 1 + (unsigned)(fuzz_next(&random) % 4);
        for (unsigned i = 0; i < damages; i++) {
            size_t at = fuzz_next(&random) % length;
            if (fuzz_next(&random) % 3 == 0) {
                length = at + 1;
            } else {
                text[at] = marks[fuzz_next(&random) % (sizeof marks - 1)];
            }
        }
        struct dbc *dbc = dbc_parse("t.dbc", (const uint8_t *)text, length, error, sizeof error);
        assert_true(dbc != NULL || strncmp(error, "t.dbc", 5) == 0);
        dbc_free(dbc);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_place), cmocka_unit_test(one_bad_statement),
        cmocka_unit_test(what_others_write),     cmocka_unit_test(zero_bytes),
        cmocka_unit_test(deep_and_round),        cmocka_unit_test(damaged_files),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
