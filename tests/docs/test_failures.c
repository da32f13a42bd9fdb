/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* docs/failures.md names a test for each failure: they exist, and those of tests/failures are all named. */
#include "tests/formats/cmocka_head.h"

#include "tests/docs/page.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 100
#define NAME_SIZE 80

struct named {
    char file[NAME_SIZE], test[NAME_SIZE];
};

static const char *const tables[] = {"failures cores", "failures bus", "failures supply",
                                     "failures parts"};
static struct named named[ROWS_MAX];
static size_t named_count;

/* "tests/x/test_y.c name" */
static void take(const char *cell)
{
    struct named *n = &named[named_count++];
    assert_true(named_count < ROWS_MAX);
    if (sscanf(cell, "%79[a-z_/.] %79[a-z0-9_]", n->file, n->test) != 2) {
        fail_msg("`%s' names no test", cell);
    }
}

static int read_page(void **state)
{
    static struct page_table table;
    (void)state;
    char *page = page_read("docs/failures.md");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        page_table(page, tables[i], &table);
        for (size_t row = 0; row < table.rows; row++) {
            take(table.cell[row][3]);
        }
    }
    free(page);
    return 0;
}

static void tests_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < named_count; i++) {
        char *text = page_read(named[i].file);
        char wanted[NAME_SIZE + 30];
        snprintf(wanted, sizeof wanted, "cmocka_unit_test(%s)", named[i].test);
        if (strstr(text, wanted) == NULL) {
            fail_msg("%s has no test %s", named[i].file, named[i].test);
        }
        free(text);
    }
}

static bool is_named(const char *file, const char *test, size_t length)
{
    for (size_t i = 0; i < named_count; i++) {
        if (strcmp(named[i].file, file) == 0 && strlen(named[i].test) == length &&
            memcmp(named[i].test, test, length) == 0) {
            return true;
        }
    }
    return false;
}

static void tests_are_named(void **state)
{
    static const char *const files[] = {FAILURE_TESTS};
    static const char call[] = "cmocka_unit_test(";
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *text = page_read(files[i]);
        for (const char *at = strstr(text, call); at != NULL; at = strstr(at, call)) {
            at += sizeof call - 1;
            const size_t length = strcspn(at, ")");
            if (!is_named(files[i], at, length)) {
                fail_msg("docs/failures.md does not tell of %.*s in %s", (int)length, at, files[i]);
            }
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tests_exist),
        cmocka_unit_test(tests_are_named),
    };
    return cmocka_run_group_tests(tests, read_page, NULL);
}
