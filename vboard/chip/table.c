/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/table.h"

#include <stdio.h>
#include <string.h>

#include "vboard/chip/periph.h"

bool chip_entry_is_on(const struct chip_entry *e, enum chip_part part)
{
    return (e->features & ~chip_part_features(part)) == 0;
}

uint32_t chip_entry_span(const struct chip_entry *e)
{
    return e->span != 0 ? e->span : e->model->span;
}

const struct chip_entry *chip_entry_at(const struct chip_entry *table, uint32_t address)
{
    for (const struct chip_entry *e = table; e->name != NULL && e->base <= address; e++) {
        if (address - e->base < chip_entry_span(e)) {
            return e;
        }
    }
    return NULL;
}

const struct chip_entry *chip_entry_named(const struct chip_entry *table, const char *name)
{
    for (const struct chip_entry *e = table; e->name != NULL; e++) {
        if (strcmp(e->name, name) == 0) {
            return e;
        }
    }
    return NULL;
}

/* A register's own name: the format of an array with its number in place. */
static void own_name(const struct reg *r, unsigned index, char *text, size_t size)
{
    const char *hole = strstr(r->name, "%u");
    if (hole == NULL) {
        snprintf(text, size, "%s", r->name);
    } else {
        snprintf(text, size, "%.*s%u%s", (int)(hole - r->name), r->name, r->first + index,
                 hole + 2);
    }
}

/* Calls `is` for each register of a model until it says so. */
static const struct reg *find(const struct model *m, unsigned *index,
                              bool (*is)(const struct reg *r, unsigned index, const void *what),
                              const void *what)
{
    for (unsigned slot = 0; m != NULL && slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        unsigned count = r->count != 0 ? r->count : 1;
        for (unsigned i = 0; r->name != NULL && i < count; i++) {
            if (is(r, i, what)) {
                *index = i;
                return r;
            }
        }
    }
    return NULL;
}

static bool is_named(const struct reg *r, unsigned index, const void *what)
{
    char name[32];
    own_name(r, index, name, sizeof(name));
    return strcmp(name, what) == 0;
}

static bool is_at(const struct reg *r, unsigned index, const void *what)
{
    return r->offset + index * r->stride == *(const uint32_t *)what;
}

uint32_t chip_register_address(const struct chip_entry *table, const char *periph, const char *reg)
{
    const struct chip_entry *e = chip_entry_named(table, periph);
    unsigned index = 0;
    const struct reg *r = e != NULL ? find(e->model, &index, is_named, reg) : NULL;
    return r != NULL ? e->base + r->offset + index * r->stride : 0;
}

bool chip_register_name(const struct chip_entry *table, uint32_t address, char *text, size_t size)
{
    const struct chip_entry *e = chip_entry_at(table, address);
    unsigned index = 0;
    text[0] = 0;
    if (e == NULL) {
        return false;
    }
    uint32_t offset = address - e->base;
    if (e->model == NULL) {
        snprintf(text, size, "%s+0x%02X", e->name, (unsigned)offset);
        return true;
    }
    offset &= ~3u;
    const struct reg *r = find(e->model, &index, is_at, &offset);
    if (r == NULL) {
        return false;
    }
    char name[32];
    own_name(r, index, name, sizeof(name));
    snprintf(text, size, "%s_%s", e->name, name);
    return true;
}
