/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/icache.h"

#include <stdlib.h>
#include <string.h>

#include "vboard/cpu/cached_ram.h"

#define LINES (CACHED_PAGE / CACHE_LINE)

struct line {
    bool valid;
    uint8_t bytes[CACHE_LINE];
};

struct page {
    struct line line[LINES];
};

struct icache {
    struct page *page[CACHED_PAGES];
};

struct icache *icache_create(void)
{
    return calloc(1, sizeof(struct icache));
}

void icache_destroy(struct icache *i)
{
    for (unsigned n = 0; i != NULL && n < CACHED_PAGES; n++) {
        free(i->page[n]);
    }
    free(i);
}

/* NULL: not in RAM, or no code has run there. */
static struct line *line_at(struct icache *i, uint32_t physical, bool make)
{
    const unsigned n = cached_page(physical);
    if (n == CACHED_NOWHERE) {
        return NULL;
    }
    if (i->page[n] == NULL && make) {
        i->page[n] = calloc(1, sizeof(struct page));
        if (i->page[n] == NULL) {
            abort(); /* as everywhere in a simulation under way */
        }
    }
    return i->page[n] != NULL ? &i->page[n]->line[physical % CACHED_PAGE / CACHE_LINE] : NULL;
}

bool icache_fetch(struct icache *i, uint32_t physical, const uint8_t *line)
{
    struct line *l = line_at(i, physical, true);
    if (l == NULL) {
        return false;
    }
    const uint32_t offset = physical % CACHE_LINE;
    const bool stale = l->valid && memcmp(&l->bytes[offset], &line[offset], 2) != 0;
    if (stale || !l->valid) {
        l->valid = true;
        memcpy(l->bytes, line, CACHE_LINE);
    }
    return stale;
}

void icache_invalidate(struct icache *i, uint32_t physical)
{
    struct line *l = line_at(i, physical, false);
    if (l != NULL) {
        l->valid = false;
    }
}

void icache_invalidate_all(struct icache *i)
{
    for (unsigned n = 0; n < CACHED_PAGES; n++) {
        if (i->page[n] != NULL) {
            memset(i->page[n], 0, sizeof *i->page[n]);
        }
    }
}
