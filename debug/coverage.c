/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/coverage.h"

#include <stdlib.h>
#include <string.h>

/* ---- the set ---- */

static size_t slot_of(const struct coverage *c, uint32_t address)
{
    size_t slot = (address >> 1) * UINT32_C(0x9E3779B1) % c->room;
    while (c->slots[slot] != 0 && c->slots[slot] != address + 1) {
        slot = (slot + 1) % c->room;
    }
    return slot;
}

static void grow(struct coverage *c)
{
    struct coverage more = {.count = c->count, .room = c->room == 0 ? 4096 : 2 * c->room};
    more.slots = calloc(more.room, sizeof *more.slots);
    if (more.slots == NULL) {
        abort();
    }
    for (size_t i = 0; i < c->room; i++) {
        if (c->slots[i] != 0) {
            more.slots[slot_of(&more, c->slots[i] - 1)] = c->slots[i];
        }
    }
    free(c->slots);
    *c = more;
}

void coverage_add(struct coverage *c, uint32_t address)
{
    if (2 * c->count >= c->room) {
        grow(c);
    }
    const size_t slot = slot_of(c, address);
    c->count += c->slots[slot] == 0;
    c->slots[slot] = address + 1;
}

bool coverage_has(const struct coverage *c, uint32_t address)
{
    return c->room != 0 && c->slots[slot_of(c, address)] != 0;
}

void coverage_free(struct coverage *c)
{
    free(c->slots);
    *c = (struct coverage){NULL, 0, 0};
}

/* ---- lines ---- */

struct line {
    const char *file;
    int number;
    bool hit;
};

struct lines {
    struct line *list;
    size_t count, room;
};

static void add_line(struct lines *all, const struct line *line)
{
    if (all->count == all->room) {
        all->room = all->room == 0 ? 4096 : 2 * all->room;
        struct line *more = realloc(all->list, all->room * sizeof *more);
        if (more == NULL) {
            abort();
        }
        all->list = more;
    }
    all->list[all->count++] = *line;
}

/* Each halfword has the line of the instruction it is in. */
static void collect(const struct coverage *c, struct image *image, struct lines *all)
{
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        for (uint32_t at = s->run_address; at - s->run_address < s->length; at += 2) {
            struct line line = {.hit = coverage_has(c, at)};
            line.file = image_line_path(image, at, &line.number);
            if (line.file != NULL && line.number > 0) {
                add_line(all, &line);
            }
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct line *x = a;
    const struct line *y = b;
    const int files = strcmp(x->file, y->file);
    return files != 0 ? files : x->number - y->number;
}

/* Those of one file, from `first` on; returns the first of the next. */
static size_t write_file(const struct lines *all, size_t first, FILE *out)
{
    const char *file = all->list[first].file;
    unsigned found = 0;
    unsigned hit = 0;
    size_t i = first;
    fprintf(out, "TN:\nSF:%s\n", file);
    while (i < all->count && strcmp(all->list[i].file, file) == 0) {
        const int number = all->list[i].number;
        bool any = false;
        for (; i < all->count && all->list[i].number == number &&
               strcmp(all->list[i].file, file) == 0;
             i++) {
            any = any || all->list[i].hit;
        }
        fprintf(out, "DA:%d,%d\n", number, any);
        found++;
        hit += any;
    }
    fprintf(out, "LF:%u\nLH:%u\nend_of_record\n", found, hit);
    return i;
}

bool coverage_write(const struct coverage *c, struct image *image, FILE *out)
{
    struct lines all = {NULL, 0, 0};
    collect(c, image, &all);
    const bool any = all.count != 0;
    if (any) {
        qsort(all.list, all.count, sizeof *all.list, compare);
    }
    for (size_t i = 0; i < all.count;) {
        i = write_file(&all, i, out);
    }
    free(all.list);
    return any;
}
