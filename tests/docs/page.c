/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/docs/page.h"

#include "tests/formats/cmocka_head.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *page_read(const char *path)
{
    char full[1024];
    const char *root = getenv("CANDIAL_SOURCE_DIR");
    snprintf(full, sizeof full, "%s/%s", root != NULL ? root : ".", path);
    FILE *file = fopen(full, "rb");
    if (file == NULL) {
        fail_msg("%s cannot be read", full);
    }
    size_t capacity = 1u << 20;
    char *text = malloc(capacity);
    assert_non_null(text);
    size_t length = fread(text, 1, capacity - 1, file);
    assert_true(length < capacity - 1);
    text[length] = '\0';
    fclose(file);
    return text;
}

/* The line behind the marker of `name`. */
static const char *after_marker(const char *page, const char *name)
{
    char marker[100];
    snprintf(marker, sizeof marker, "<!-- checked: %s -->\n", name);
    const char *at = strstr(page, marker);
    if (at == NULL) {
        fail_msg("the page has no %s", marker);
    }
    return at + strlen(marker);
}

static const char *next_line(const char *at)
{
    const char *end = strchr(at, '\n');
    return end == NULL ? at + strlen(at) : end + 1;
}

static void take_cell(char *cell, const char *begin, const char *end)
{
    while (begin < end && *begin == ' ') {
        begin++;
    }
    while (end > begin && end[-1] == ' ') {
        end--;
    }
    size_t length = 0;
    for (; begin < end; begin++) {
        if (*begin != '`') {
            assert_true(length < PAGE_CELL - 1);
            cell[length++] = *begin;
        }
    }
    cell[length] = '\0';
}

/* "| a | b |" */
static void take_row(struct page_table *table, const char *line)
{
    assert_true(table->rows < PAGE_ROWS);
    const char *end = strchr(line, '\n');
    const char *begin = line + 1;
    for (size_t column = 0; begin < end; column++) {
        const char *bar = memchr(begin, '|', (size_t)(end - begin));
        if (bar == NULL) {
            break;
        }
        assert_true(column < PAGE_COLUMNS);
        take_cell(table->cell[table->rows][column], begin, bar);
        begin = bar + 1;
    }
    table->rows++;
}

void page_table(const char *page, const char *name, struct page_table *table)
{
    const char *line = next_line(next_line(after_marker(page, name)));
    memset(table, 0, sizeof *table);
    for (; *line == '|'; line = next_line(line)) {
        take_row(table, line);
    }
    if (table->rows == 0) {
        fail_msg("%s is no table", name);
    }
}

char *page_block(const char *page, const char *name)
{
    const char *fence = after_marker(page, name);
    assert_memory_equal(fence, "```", 3);
    const char *begin = next_line(fence);
    const char *end = strstr(begin, "\n```");
    assert_non_null(end);
    size_t length = (size_t)(end + 1 - begin);
    char *text = malloc(length + 1);
    assert_non_null(text);
    memcpy(text, begin, length);
    text[length] = '\0';
    return text;
}

long page_number(const struct page_table *table, size_t row, size_t column)
{
    const char *text = table->cell[row][column];
    char *end = NULL;
    long number = strtol(text, &end, 0);
    if (end == text || *end != '\0') {
        fail_msg("`%s` is no number", text);
    }
    return number;
}

long page_find(const struct page_table *table, size_t column, const char *text)
{
    for (size_t row = 0; row < table->rows; row++) {
        if (strcmp(table->cell[row][column], text) == 0) {
            return (long)row;
        }
    }
    return -1;
}
