/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A hash set with open addressing; 0 is an empty place. */
#include "check/coverage.h"

#include <stdlib.h>

#define FIRST_BITS 13u

struct check_coverage {
    uint32_t *places;
    unsigned bits; /* log2 of their number */
    size_t count;
};

struct check_coverage *check_coverage_create(void)
{
    struct check_coverage *c = calloc(1, sizeof *c);
    if (c == NULL) {
        abort(); /* as everywhere in a check under way */
    }
    c->bits = FIRST_BITS;
    c->places = calloc((size_t)1 << c->bits, sizeof *c->places);
    if (c->places == NULL) {
        abort();
    }
    return c;
}

void check_coverage_destroy(struct check_coverage *c)
{
    if (c != NULL) {
        free(c->places);
        free(c);
    }
}

/* The place of `key`, or the empty one where it belongs. Multiplied by 2^32 over the golden ratio. */
static uint32_t *find(const struct check_coverage *c, uint32_t key)
{
    size_t mask = ((size_t)1 << c->bits) - 1;
    size_t at = key * 0x9E3779B9u >> (32u - c->bits);
    while (c->places[at] != 0 && c->places[at] != key) {
        at = (at + 1) & mask;
    }
    return &c->places[at];
}

static void grow(struct check_coverage *c)
{
    struct check_coverage more = {.bits = c->bits + 1, .count = c->count};
    more.places = calloc((size_t)1 << more.bits, sizeof *more.places);
    if (more.places == NULL) {
        abort();
    }
    for (size_t i = 0; i < (size_t)1 << c->bits; i++) {
        if (c->places[i] != 0) {
            *find(&more, c->places[i]) = c->places[i];
        }
    }
    free(c->places);
    *c = more;
}

/* Bit 0 of an instruction's address is 0: it tells the cores apart, and bit 31 (no code there) that the place is
 * taken. */
static uint32_t key_of(enum core core, uint32_t address)
{
    return (address & ~1u) | (core == CORE_CM4 ? 1u : 0) | 1u << 31;
}

bool check_is_covered(const struct check_coverage *c, enum core core, uint32_t address)
{
    return *find(c, key_of(core, address)) != 0;
}

bool check_cover(struct check_coverage *c, enum core core, uint32_t address)
{
    uint32_t key = key_of(core, address);
    uint32_t *place = find(c, key);
    if (*place == key) {
        return false;
    }
    *place = key;
    c->count++;
    if (c->count * 2 > (size_t)1 << c->bits) {
        grow(c);
    }
    return true;
}
