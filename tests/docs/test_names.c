/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * docs/SPEC.md lists the names that stand as texts in code that a PC does not run: options, keys, reset causes,
 * console texts. They are read from the sources, in both directions.
 */
#include "tests/formats/cmocka_head.h"

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
    find_in(&real, "firmware/cm7/keys.c", "OF_[A-Z]+\\(\"([a-z_.]+)\"");
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

static void profile_keys(void **state)
{
    struct names told = {0};
    struct names real = {0};
    (void)state;
    split_keys(&told, "keys");
    split_keys(&told, "request keys");
    find_in(&real, "formats/profile/profile.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/dial.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/source.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/broadcast.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/request.c", "\\.name = \"([a-z0-9_]+)\"");
    find_in(&real, "formats/profile/condition.c", "\\.name = \"([a-z0-9_]+)\"");
    add(&told, "broadcast", 9); /* the kinds of source, told of in the row of `source` */
    add(&told, "obd2", 4);
    add(&told, "uds", 3);
    add(&told, "j1939", 5);
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
        cmocka_unit_test(commands),     cmocka_unit_test(options),
        cmocka_unit_test(profile_keys), cmocka_unit_test(reset_causes),
        cmocka_unit_test(boot_texts),   cmocka_unit_test(console_commands),
        cmocka_unit_test(console_keys), cmocka_unit_test(console_texts),
    };
    return cmocka_run_group_tests(tests, read_spec, free_spec);
}
