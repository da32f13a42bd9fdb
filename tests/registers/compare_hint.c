/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * compare_hint DOCUMENT [--write]
 *
 * Compares the register table with ../shared/data/stm32h7x5_registers.csv, a description of a sister
 * chip, and lists each disagreement with who is right and why (hint.csv). The list stands in
 * DOCUMENT between two comment lines; the program checks that it is up to date, or writes it. Exit
 * status 77 where the data is absent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/registers/reg_table.h"

#define HINT_FILE "../shared/data/stm32h7x5_registers.csv"
#define REASON_FILE "tests/registers/hint.csv"
#define BEGIN "<!-- begin: compare_hint -->\n"
#define END "<!-- end: compare_hint -->\n"
#define EXIT_SKIPPED 77
#define HINTS_MAX 4096
#define REASONS_MAX 512
#define TEXT_MAX (512 * 1024)

enum kind { MISSING, EXTRA, MASK, RESET };
static const char *const kinds[] = {"missing", "extra", "mask", "reset"};

/* All registers the hint has at one address: views of the same register are one. */
struct hint {
    uint32_t address, mask, reset;
    char name[48];
};

struct reason {
    char layout[16], reg[24], kind[12], right[12], why[160];
    char found[2048]; /* the disagreements it explains */
};

static struct hint hints[HINTS_MAX];
static size_t hint_count;
static struct reason reasons[REASONS_MAX];
static size_t reason_count;
static struct reg_table table;
static unsigned unexplained;
static char text[TEXT_MAX];

/* ---- reading ---- */

/* Cuts a line at its commas; false if it has not `columns` of them. */
static bool cut(char *line, char **cell, unsigned columns)
{
    unsigned n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *p = line; p != NULL && n < columns; n++) {
        cell[n] = p;
        p = strchr(p, ',');
        if (p != NULL) {
            *p++ = '\0';
        }
    }
    return n == columns;
}

static struct hint *hint_at(uint32_t address)
{
    for (size_t n = 0; n < hint_count; n++) {
        if (hints[n].address == address) {
            return &hints[n];
        }
    }
    return NULL;
}

static void read_hint(char **cell)
{
    uint32_t address = (uint32_t)(strtoul(cell[1], NULL, 0) + strtoul(cell[3], NULL, 0));
    struct hint *h = hint_at(address);
    if (h == NULL && hint_count < HINTS_MAX) {
        h = &hints[hint_count++];
        h->address = address;
        h->reset = (uint32_t)strtoul(cell[6], NULL, 0);
        snprintf(h->name, sizeof(h->name), "%s", cell[2]);
    }
    if (h != NULL) {
        h->mask |= (uint32_t)strtoul(cell[7], NULL, 0);
    }
}

static void read_reason(char **cell)
{
    if (reason_count < REASONS_MAX) {
        struct reason *r = &reasons[reason_count++];
        snprintf(r->layout, sizeof(r->layout), "%s", cell[0]);
        snprintf(r->reg, sizeof(r->reg), "%s", cell[1]);
        snprintf(r->kind, sizeof(r->kind), "%s", cell[2]);
        snprintf(r->right, sizeof(r->right), "%s", cell[3]);
        snprintf(r->why, sizeof(r->why), "%s", cell[4]);
    }
}

/* Calls `read` for each line but comments and the heading; false if there is no such file. */
static bool read_lines(const char *file, unsigned columns, void (*read)(char **cell))
{
    char line[1024];
    char *cell[16];
    FILE *f = fopen(file, "r");
    if (f == NULL) {
        return false;
    }
    bool heading = true;
    while (fgets(line, sizeof(line), f) != NULL) {
        if (line[0] != '#' && !heading && cut(line, cell, columns)) {
            read(cell);
        }
        heading = heading && line[0] == '#';
    }
    fclose(f);
    return true;
}

/* ---- comparing ---- */

/* A * in the pattern stands for anything. */
static bool matches(const char *pattern, const char *name)
{
    const char *star = strchr(pattern, '*');
    if (star == NULL) {
        return strcmp(pattern, name) == 0;
    }
    size_t before = (size_t)(star - pattern), after = strlen(star + 1), length = strlen(name);
    return length >= before + after && strncmp(pattern, name, before) == 0 &&
           strcmp(star + 1, name + length - after) == 0;
}

static void disagree(const char *layout, const char *reg, enum kind kind, uint32_t manual,
                     uint32_t hint)
{
    char entry[96];
    if (kind == MISSING || kind == EXTRA) {
        snprintf(entry, sizeof(entry), "%s", reg);
    } else {
        snprintf(entry, sizeof(entry), "%s %08X, %08X", reg, (unsigned)manual, (unsigned)hint);
    }
    for (size_t n = 0; n < reason_count; n++) {
        struct reason *r = &reasons[n];
        if (!matches(r->layout, layout) || !matches(r->reg, reg) ||
            !matches(r->kind, kinds[kind])) {
            continue;
        }
        if (strstr(r->found, entry) == NULL) {
            size_t used = strlen(r->found);
            snprintf(r->found + used, sizeof(r->found) - used, "%s%s", used != 0 ? "; " : "",
                     entry);
        }
        return;
    }
    fprintf(stderr, "%s %s %s: 0x%08X in RM0399, 0x%08X in the hint: no reason in hint.csv\n",
            layout, reg, kinds[kind], (unsigned)manual, (unsigned)hint);
    unexplained++;
}

static void compare_row(const struct reg_instance *i, const struct reg_row *r)
{
    for (uint32_t n = 0; n < r->count; n++) {
        const struct hint *h = hint_at(i->base + r->offset + n * r->stride);
        const char *name = strcmp(r->name, "R%u") == 0     ? "Rx"
                           : strcmp(r->name, "RLR%u") == 0 ? "RLRx"
                                                           : r->name;
        if (h == NULL) {
            disagree(i->layout, name, MISSING, 0, 0);
            continue;
        }
        if (h->mask != reg_row_bits(r)) {
            disagree(i->layout, name, MASK, reg_row_bits(r), h->mask);
        }
        if (((h->reset ^ r->reset) & r->known) != 0) {
            disagree(i->layout, name, RESET, r->reset, h->reset);
        }
    }
}

static void compare_all(void)
{
    for (size_t a = 0; a < table.instance_count; a++) {
        const struct reg_instance *i = &table.instances[a];
        for (size_t n = 0; n < table.row_count; n++) {
            if (strcmp(table.rows[n].layout, i->layout) == 0) {
                compare_row(i, &table.rows[n]);
            }
        }
        for (size_t n = 0; n < hint_count; n++) {
            uint32_t index = 0, offset = hints[n].address - i->base;
            if (hints[n].address >= i->base && offset < 0x400 &&
                reg_table_at(&table, i->layout, offset, &index) == NULL) {
                disagree(i->layout, hints[n].name, EXTRA, 0, hints[n].mask);
            }
        }
    }
}

static void print_list(void)
{
    size_t used = 0;
    used += (size_t)snprintf(text, sizeof(text), "%s",
                             BEGIN "| Layout | Check | Right | Why | Registers: RM0399, hint |\n"
                                   "|---|---|---|---|---|\n");
    for (size_t n = 0; n < reason_count; n++) {
        const struct reason *r = &reasons[n];
        if (r->found[0] == '\0') {
            fprintf(stderr, "hint.csv: %s,%s,%s explains nothing\n", r->layout, r->reg, r->kind);
            unexplained++;
        }
        used += (size_t)snprintf(text + used, sizeof(text) - used, "| %s | %s | %s | %s | %s |\n",
                                 r->layout, strcmp(r->kind, "*") == 0 ? "all" : r->kind, r->right,
                                 r->why, r->found);
    }
    snprintf(text + used, sizeof(text) - used, "%s", END);
}

/* ---- the document ---- */

static char *read_file(const char *file)
{
    static char content[2 * TEXT_MAX];
    FILE *f = fopen(file, "r");
    if (f == NULL) {
        return NULL;
    }
    size_t n = fread(content, 1, sizeof(content) - 1, f);
    content[n] = '\0';
    fclose(f);
    return content;
}

static int check_document(const char *file, bool write)
{
    char *content = read_file(file);
    char *begin = content != NULL ? strstr(content, BEGIN) : NULL;
    char *end = begin != NULL ? strstr(begin, END) : NULL;
    if (end == NULL) {
        fprintf(stderr, "%s: no place for the list\n", file);
        return 1;
    }
    end += strlen(END);
    if ((size_t)(end - begin) == strlen(text) && memcmp(begin, text, strlen(text)) == 0) {
        return 0;
    }
    if (!write) {
        fprintf(stderr, "%s is out of date: run compare_hint %s --write\n", file, file);
        return 1;
    }
    FILE *f = fopen(file, "w");
    if (f == NULL) {
        return 1;
    }
    fwrite(content, 1, (size_t)(begin - content), f);
    fputs(text, f);
    fputs(end, f);
    return fclose(f) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: compare_hint DOCUMENT [--write]\n", stderr);
        return 2;
    }
    if (!read_lines(HINT_FILE, 10, read_hint)) {
        puts("skipped: no " HINT_FILE);
        return EXIT_SKIPPED;
    }
    if (!read_lines(REASON_FILE, 5, read_reason)) {
        fputs("cannot open " REASON_FILE "\n", stderr);
        return 1;
    }
    reg_table_load(&table);
    compare_all();
    print_list();
    int result = check_document(argv[1], argc > 2 && strcmp(argv[2], "--write") == 0);
    reg_table_free(&table);
    return unexplained == 0 ? result : 1;
}
