/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DOCS_PAGE_H
#define TESTS_DOCS_PAGE_H

/*
 * Reads what a Markdown page says, so that a test can compare it with the code. A table or a code block to be
 * compared has the line `<!-- checked: NAME -->` before it. Whatever cannot be read fails the test.
 */
#include <stddef.h>
#include <stdint.h>

#define PAGE_ROWS 64
#define PAGE_COLUMNS 6
#define PAGE_CELL 400

struct page_table {
    size_t rows; /* without head and rule */
    char cell[PAGE_ROWS][PAGE_COLUMNS][PAGE_CELL];
};

/* A whole file of the source tree, by its path there. Free with free(). */
char *page_read(const char *path);

/* The table NAME; cells come without blanks around them and without backticks. */
void page_table(const char *page, const char *name, struct page_table *table);

/* What stands between the fences of code block NAME. Free with free(). */
char *page_block(const char *page, const char *name);

/* A cell as a whole number. */
long page_number(const struct page_table *table, size_t row, size_t column);

/* The row whose `column` reads `text`, or -1. */
long page_find(const struct page_table *table, size_t column, const char *text);

#endif
