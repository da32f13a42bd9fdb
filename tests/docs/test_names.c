/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * docs/SPEC.md lists the names that stand as texts in code that a PC does not run: options, keys, reset causes,
 * console texts. They are read from the sources, in both directions.
 */
#include "tests/formats/cmocka_head.h"

#include "core/profile_keys.h"
#include "core/record.h"
#include "tests/docs/page.h"

#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX 80

struct names {
    size_t count;
    char name[NAMES_MAX][120];
};

static char *spec;

static int read_spec(void **state)
{
    (void)state;
    spec = page_read("docs/SPEC.md");
    return 0;
}

static int free_spec(void **state)
{
    (void)state;
    free(spec);
    return 0;
}

static bool has(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->name[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void add(struct names *names, const char *name, size_t length)
{
    char text[120];
    assert_true(length < sizeof text);
    memcpy(text, name, length);
    text[length] = '\0';
    if (!has(names, text)) {
        assert_true(names->count < NAMES_MAX);
        strcpy(names->name[names->count++], text);
    }
}

/* Adds the first group of every match. */
static void match_all(struct names *names, const char *text, const char *pattern)
{
    regex_t regex;
    regmatch_t match[2];
    assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED), 0);
    for (const char *at = text; regexec(&regex, at, 2, match, 0) == 0; at += match[0].rm_eo) {
        add(names, at + match[1].rm_so, (size_t)(match[1].rm_eo - match[1].rm_so));
    }
    regfree(&regex);
}

/* The same in a file of the tree. */
static void find_in(struct names *names, const char *path, const char *pattern)
{
    char *text = page_read(path);
    match_all(names, text, pattern);
    free(text);
}

static void expect_same(const struct names *told, const struct names *real)
{
    for (size_t i = 0; i < told->count; i++) {
        if (!has(real, told->name[i])) {
            fail_msg("the page tells of `%s`, the code does not have it", told->name[i]);
        }
    }
    for (size_t i = 0; i < real->count; i++) {
        if (!has(told, real->name[i])) {
            fail_msg("the code has `%s`, the page does not tell of it", real->name[i]);
        }
    }
}

/* What the table's first column says of each row, up to a blank. */
static void first_words(const char *table_name, size_t skip, struct names *names)
{
    static struct page_table table;
    page_table(spec, table_name, &table);
    for (size_t i = 0; i < table.rows; i++) {
        const char *cell = table.cell[i][0];
        assert_true(strlen(cell) > skip);
        add(names, cell + skip, strcspn(cell + skip, " "));
    }
}

/* The options that a command's help, the text `array` of `path`, offers. */
static void offered(struct names *names, const char *path, const char *array)
{
    char *text = page_read(path);
    char *begin = strstr(text, array);
    assert_non_null(begin);
    char *end = strstr(begin, ";\n");
    assert_non_null(end);
    *end = '\0';
    match_all(names, begin, "--([a-z0-9]+(-[a-z0-9]+)*)");
    free(text);
}

static void options(void **state)
{
    struct names told = {0};
    struct names real = {0};
    (void)state;
    first_words("options", 2, &told);
    offered(&real, "cli/run_options.c", "help[] =");
    offered(&real, "host/board_options.c", "board_options_help[] =");
    expect_same(&told, &real);
}

static void commands(void **state)
{
    struct names told = {0};
    struct names real = {0};
    (void)state;
    first_words("commands", 0, &told);
    find_in(&real, "cli/main.c", "\\{\"([a-z]+)\", \"");
    expect_same(&told, &real);
}

static void console_commands(void **state)
{
    struct names told = {0};
    struct names real = {0};
    (void)state;
    first_words("console commands", 0, &told);
    find_in(&real, "firmware/cm7/commands.c", "\\{\"([a-z]+)[ \"]");
    expect_same(&told, &real);
}

static void console_keys(void **state)
{
    struct names told = {0};
    struct names real = {0};
    (void)state;
    first_words("console keys", 0, &told);
    for (unsigned i = 0; i < profile_key_count; i++) {
        add(&real, profile_keys[i].name, strlen(profile_keys[i].name));
    }
    expect_same(&told, &real);
}

/* "servo.pulse" -> "servo", "pulse". */
static void split_keys(struct names *told, const char *name)
{
    static struct page_table table;
    page_table(spec, name, &table);
    for (size_t i = 0; i < table.rows; i++) {
        for (const char *at = table.cell[i][0]; *at != '\0'; at += *at == '.') {
            size_t length = strcspn(at, ".");
            add(told, at, length);
            at += length;
        }
    }
}

static void keys_of_profiles(void **state)
{
    struct names told = {0};
    struct names real = {0};
    (void)state;
    split_keys(&told, "keys");
    split_keys(&told, "request keys");
    find_in(&real, "formats/profile/profile.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/dial.c", "\\.name = \"([a-z0-9_]+)\"");
    for (unsigned i = 0; i < profile_key_count; i++) {
        for (const char *at = profile_keys[i].name; *at != '\0'; at += *at == '.') {
            size_t length = strcspn(at, ".");
            add(&real, at, length);
            at += length;
        }
    }
    find_in(&real, "formats/profile/broadcast.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/request.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/condition.c", "\\.name = \"([a-z0-9_]+)\"");
    add(&told, "broadcast", 9); /* the kinds of source, told of in the row of `source` */
    add(&told, "obd2", 4);
    add(&told, "uds", 3);
    add(&told, "j1939", 5);
    expect_same(&told, &real);
}

#define FALLBACK(name, owner, kind, when, need, member, at, detail, low, high, error, fallback)    \
    fallback,

static const int32_t fallbacks[] = {PROFILE_KEYS(FALLBACK)};

/* `0.6s`, `20ms`, `5us`, in microseconds. */
static double time_us(const char *text)
{
    char *unit;
    double number = strtod(text, &unit);
    return number * (unit[0] == 'u' ? 1 : unit[0] == 'm' ? 1e3 : 1e6);
}

static void expect_fallback(const struct profile_key *key, int32_t value, const char *cell)
{
    double told = 0;
    switch (key->kind) {
    case PROFILE_MS32:
    case PROFILE_MS16:
        told = time_us(cell) / 1e3;
        break;
    case PROFILE_US16:
    case PROFILE_BAND:
        told = time_us(cell);
        break;
    case PROFILE_TEMPERATURE:
    case PROFILE_SLOPE:
        told = strtod(cell, NULL) * 1e3;
        break;
    case PROFILE_SPEED:
        told = strtod(cell, NULL);
        break;
    case PROFILE_SWITCH:
        told = strcmp(cell, "true") == 0;
        break;
    default:
        return;
    }
    if ((int32_t)(told + (told < 0 ? -0.5 : 0.5)) != value) {
        fail_msg("the page tells of `%s` as the default of `%s`, the code has %d", cell, key->name,
                 (int)value);
    }
}

static void key_fallbacks(void **state)
{
    static struct page_table table;
    (void)state;
    page_table(spec, "keys", &table);
    for (unsigned i = 0; i < profile_key_count; i++) {
        size_t row = 0;
        while (row < table.rows && strcmp(table.cell[row][0], profile_keys[i].name) != 0) {
            row++;
        }
        if (row == table.rows) {
            fail_msg("the page does not tell of `%s`", profile_keys[i].name);
        }
        expect_fallback(&profile_keys[i], fallbacks[i], table.cell[row][1]);
    }
}

/* The record's `flags` of a dial: each bit, and no other. */
static void key_bits(void **state)
{
    static struct page_table table;
    struct names told = {0};
    struct names real = {0};
    (void)state;
    page_table(spec, "dial", &table);
    match_all(&told, table.cell[1][3], "(bit [0-7] [a-z_.]+)");
    for (unsigned i = 0; i < profile_key_count; i++) {
        const struct field *field = &profile_keys[i].field;
        char row[60];
        if (profile_keys[i].is_of_dial && field->type == FIELD_BIT) {
            assert_int_equal(field->at, page_number(&table, 1, 0));
            snprintf(row, sizeof row, "bit %d %s", field->detail, profile_keys[i].name);
            add(&real, row, strlen(row));
        }
    }
    expect_same(&told, &real);
}

static void reset_causes(void **state)
{
    static struct page_table table;
    struct names told = {0};
    struct names real = {0};
    (void)state;
    page_table(spec, "causes", &table);
    for (size_t i = 0; i < table.rows; i++) {
        char row[120];
        snprintf(row, sizeof row, "RCC_RSR_%.30s, \"%.30s\"", table.cell[i][1], table.cell[i][0]);
        add(&told, row, strlen(row));
    }
    find_in(&real, "firmware/cm7/console.c", "\\{(RCC_RSR_[A-Z0-9]+, \"[a-z0-9-]+\")\\}");
    expect_same(&told, &real);
}

static void boot_texts(void **state)
{
    struct names told = {0};
    struct names real = {0};
    (void)state;
    char *block = page_block(spec, "boot texts");
    for (char *line = strtok(block, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        add(&told, line, strlen(line));
    }
    free(block);
    find_in(&real, "firmware/cm7/startup.c", "\"([a-z]+[^\"]*)\\\\r\\\\n\";");
    expect_same(&told, &real);
}

/* The pieces the console's lines are made of stand in both. */
static void console_texts(void **state)
{
    static const char *const pieces[] = {
        "candial ",
        "profile ",
        " (settings)",
        " (default: ",
        "no settings",
        "hsi (HSE absent)",
        "hsi (HSE lost)",
        "hsi (HSE off",
        " kHz)",
        ", steered to LSE",
        " MHz, agrees with LSE",
        " active",
        " listen-only",
        ", data ",
        "reset cm7 ",
        " cm4 ",
        "cm4 running",
        "cm4 absent",
        "error ",
        "crash cm7 exception ",
        " hfsr ",
        " mmfar ",
        " pc ",
        " lr ",
        " cfsr ",
        " bfar ",
        "unknown",
        "clock ",
        "hse ",
        " MHz",
        "can ",
    };
    (void)state;
    char *code = page_read("firmware/cm7/console.c");
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char quoted[100];
        snprintf(quoted, sizeof quoted, "\"%s", pieces[i]);
        if (strstr(code, quoted) == NULL || strstr(spec, pieces[i]) == NULL) {
            fail_msg("`%s` is missing in the console's code or on the page", pieces[i]);
        }
    }
    free(code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands),         cmocka_unit_test(options),
        cmocka_unit_test(keys_of_profiles), cmocka_unit_test(reset_causes),
        cmocka_unit_test(boot_texts),       cmocka_unit_test(console_commands),
        cmocka_unit_test(console_keys),     cmocka_unit_test(console_texts),
        cmocka_unit_test(key_fallbacks),    cmocka_unit_test(key_bits),
    };
    return cmocka_run_group_tests(tests, read_spec, free_spec);
}
