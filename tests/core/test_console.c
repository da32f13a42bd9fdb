/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The console's line editing, words and numbers. */
#include "tests/core/core_test.h"

#include "core/lineedit.h"
#include "core/words.h"

#include <stdio.h>
#include <string.h>

static struct lineedit edit;
static char screen[4096];
static size_t screen_len;

static void put(const char *text, size_t len)
{
    assert_true(screen_len + len < sizeof screen);
    memcpy(screen + screen_len, text, len);
    screen_len += len;
    screen[screen_len] = '\0';
}

static void start(void)
{
    lineedit_init(&edit, put);
    screen_len = 0;
}

/* The last result; lines on the way are cleared. */
static enum lineedit_result type(const char *keys)
{
    enum lineedit_result result = LINEEDIT_MORE;
    for (; *keys != '\0'; keys++) {
        if (result == LINEEDIT_LINE) {
            lineedit_clear(&edit);
        }
        result = lineedit_take(&edit, (uint8_t)*keys);
    }
    return result;
}

static void expect(const char *keys, const char *line)
{
    start();
    assert_int_equal(type(keys), LINEEDIT_LINE);
    assert_string_equal(edit.line, line);
    assert_int_equal(edit.len, strlen(line));
}

static void keys(void **state)
{
    (void)state;
    expect("status\r", "status");
    expect("status\n", "status");
    expect("statuss\b\r", "status");
    expect("\b\bstatus\x7F\r", "statu");
    expect("nonsense\x15status\r", "status");
    expect("nonsense\x03status\r", "status");
    expect("set\ta\r", "set a");
    expect("st\x1B[Ca\x1B[Dx\r", "stxa");
    expect("tatus\x01s\r", "status");
    expect("tatus\x1B[Hs\x1B[F!\r", "status!");
    expect("tatus\x1BOHs\x05!\r", "status!");
    expect("abc\x1B[D\x1B[D\x1B[3~\r", "ac");
    expect("abc\x1B[3~\x1B[5~\x1B[Z\x1Bq\r", "abc");
    expect("abc\x1B[1;5D\x7F\r", "ac"); /* as far as it is understood */
    expect("a\x01\x02\xC3\xA9z\x1B[D\x7F\r", "za");
    expect("a\xC3\xA9\x7F\r", "a");
    expect("\xC3\xA9\x01\x1B[C!\r", "\xC3\xA9!");
    expect("\r", "");
}

static void pairs_of_line_ends(void **state)
{
    (void)state;
    start();
    assert_int_equal(type("a\r"), LINEEDIT_LINE);
    lineedit_clear(&edit);
    assert_int_equal(type("\n"), LINEEDIT_MORE);
    assert_int_equal(type("\n"), LINEEDIT_LINE); /* an empty one */
    lineedit_clear(&edit);
    assert_int_equal(type("b\r\n"), LINEEDIT_MORE);
}

static void history(void **state)
{
    (void)state;
    expect("one\rtwo\r\x1B[A\x1B[A\r", "one");
    expect("one\rtwo\r\x1B[A\x1B[A\x1B[B\r", "two");
    expect("one\rtwo\rx\x1B[A\x1B[B\x1B[B\r", "");
    expect("one\r\r\x1B[A\r", "one"); /* empty lines are not kept */
    expect("1\r2\r3\r4\r5\r\x1B[A\x1B[A\x1B[A\x1B[A\x1B[A\r", "2");
    expect("\x1B[A\x1B[B\r", "");
    expect("one\r\x1B[A!\r\x1B[A\r", "one!");
}

static void echo(void **state)
{
    (void)state;
    expect("ab\bc\r", "ac");
    assert_string_equal(screen, "ab\ra\x1B[Kc\r\n");
    expect("\xC3\xA9z\x1B[D!\r", "\xC3\xA9!z");
    assert_string_equal(screen, "\xC3\xA9z\r\xC3\xA9z\x1B[K\b\r\xC3\xA9!z\x1B[K\b\r\n");
}

static void too_long(void **state)
{
    (void)state;
    start();
    for (unsigned i = 0; i < LINEEDIT_MAX; i++) {
        assert_int_equal(lineedit_take(&edit, 'x'), LINEEDIT_MORE);
    }
    assert_int_equal(lineedit_take(&edit, 'y'), LINEEDIT_MORE);
    assert_int_equal(type("\r"), LINEEDIT_TOO_LONG);
    assert_int_equal(type("a\r"), LINEEDIT_LINE);
    assert_string_equal(edit.line, "a");
    lineedit_clear(&edit);
    for (unsigned i = 0; i <= LINEEDIT_MAX; i++) {
        (void)lineedit_take(&edit, 'x');
    }
    assert_int_equal(type("\x15 b\r"), LINEEDIT_LINE);
    assert_string_equal(edit.line, " b");
}

/* No echo, no keys, no history. */
static void machine(void **state)
{
    (void)state;
    start();
    edit.is_machine = true;
    assert_int_equal(type("ab\b\x1B[A\x7F\x15 c\r"), LINEEDIT_LINE);
    assert_string_equal(edit.line, "ab[A c");
    lineedit_clear(&edit);
    lineedit_abandon(&edit);
    assert_int_equal(screen_len, 0);
    assert_int_equal(edit.remembered, 0);
}

/* Whatever comes, the line is text and within its bounds. */
static void any_bytes(struct random *random)
{
    start();
    edit.is_machine = random_u32(random) % 4u == 0;
    for (unsigned i = 0; i < 3000; i++) {
        static const char likely[] = "\x1B[ABCDHF3~\b\x7F\x15\x01\x05\r\n ab\xC3\xA9";
        const uint32_t r = random_u32(random);
        const uint8_t byte =
            r % 3u == 0 ? (uint8_t)(r >> 8) : (uint8_t)likely[(r >> 8) % (sizeof likely - 1u)];
        screen_len = 0;
        if (lineedit_take(&edit, byte) == LINEEDIT_LINE) {
            check_seed(random, strlen(edit.line) == edit.len, "no NUL within");
            lineedit_clear(&edit);
        }
        check_seed(random, edit.cursor <= edit.len && edit.len <= LINEEDIT_MAX, "bounds");
        check_seed(random, edit.line[edit.len] == '\0', "ended");
    }
}

static void any_bytes_ever(void **state)
{
    (void)state;
    for_each_seed(100, any_bytes);
}

/* ---- words ---- */

static void split(void **state)
{
    char *word[WORDS_MAX];
    char line[] = "  set  timeout 1s ";
    char many[2 * WORDS_MAX + 3];
    (void)state;
    assert_int_equal(words_split(line, word), 3);
    assert_string_equal(word[0], "set");
    assert_string_equal(word[1], "timeout");
    assert_string_equal(word[2], "1s");
    assert_int_equal(words_split(line, word), 0); /* NUL is first now */
    many[0] = '\0';
    for (int i = 0; i <= WORDS_MAX; i++) {
        char copy[sizeof many];
        strcpy(copy, many);
        assert_int_equal(words_split(copy, word), i);
        strcat(many, "a ");
    }
    assert_int_equal(words_split(many, word), -1);
}

static void expect_milli(const char *text, int32_t milli, const char *rest)
{
    const char *end = "";
    int32_t value = 0;
    assert_true(words_milli(text, &value, &end));
    assert_int_equal(value, milli);
    assert_string_equal(end, rest);
}

static void numbers(void **state)
{
    static const char *const bad[] = {
        "",    "-", "+", ".", "abc", "1.2345", "2147484", "-2147484", "99999999999999999999",
        "--1", " 1"};
    (void)state;
    expect_milli("0", 0, "");
    expect_milli("12", 12000, "");
    expect_milli("-12.5s", -12500, "s");
    expect_milli("+.125:7", 125, ":7");
    expect_milli("3.", 3000, "");
    expect_milli("2147483.647", 2147483647, "");
    expect_milli("-2147483.647ms", -2147483647, "ms");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *end;
        int32_t value;
        if (words_milli(bad[i], &value, &end)) {
            fail_msg("`%s' is a number", bad[i]);
        }
    }
}

static void hex(void **state)
{
    uint32_t value;
    (void)state;
    assert_true(words_hex("09afAF7e", 8, &value));
    assert_int_equal(value, 0x09AFAF7Eu);
    assert_true(words_hex("fz", 1, &value));
    assert_int_equal(value, 15);
    assert_false(words_hex("fg", 2, &value));
    assert_false(words_hex("f", 2, &value));
    assert_false(words_hex("@", 1, &value));
    assert_false(words_hex("`", 1, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),           cmocka_unit_test(pairs_of_line_ends),
        cmocka_unit_test(history),        cmocka_unit_test(echo),
        cmocka_unit_test(too_long),       cmocka_unit_test(machine),
        cmocka_unit_test(any_bytes_ever), cmocka_unit_test(split),
        cmocka_unit_test(numbers),        cmocka_unit_test(hex),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
