/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/dcache.h"

#include <stdlib.h>
#include <string.h>

#define PAGE CACHED_PAGE
#define PAGES CACHED_PAGES
#define NOWHERE CACHED_NOWHERE
#define LINES (PAGE / CACHE_LINE)
#define TOLD 64u
#define SET_Pos 5u

/* Bytes of a line are bits of a mask. */
struct line {
    bool valid;
    bool dirty;       /* to be written back as a whole */
    uint32_t ahead;   /* written by the M7, and not in memory: others see `below` */
    uint32_t behind;  /* written by others since the M7 has its copy, which is `mine` */
    uint32_t lost;    /* were ahead when the line was invalidated: all see `below` */
    uint32_t m7_pc;   /* of the last store into it */
    uint32_t lost_pc; /* of what invalidated it */
    uint32_t other_pc;
    enum master other; /* that wrote last */
    uint8_t below[CACHE_LINE], mine[CACHE_LINE];
};

struct page {
    uint32_t physical;
    uint8_t *host;
    struct line line[LINES];
};

/* A finding is told once for two places in code and a page. */
struct told {
    enum finding_code code;
    uint32_t pc, at, page;
};

struct dcache {
    struct chip *chip;
    struct dcache_owner owner;
    enum dcache_scope scope;
    bool touched[PAGES]; /* by another master */
    struct page *page[PAGES];
    struct page *list[PAGES]; /* the same, those that there are */
    unsigned count;
    struct told told[TOLD];
    unsigned told_count;
};

/* ---- life ---- */

struct dcache *dcache_create(struct chip *chip, enum dcache_scope scope,
                             const struct dcache_owner *owner)
{
    struct dcache *d = calloc(1, sizeof *d);
    if (d != NULL) {
        d->chip = chip;
        d->owner = *owner;
        d->scope = scope;
    }
    return d;
}

void dcache_destroy(struct dcache *d)
{
    for (unsigned i = 0; d != NULL && i < d->count; i++) {
        free(d->list[i]);
    }
    free(d);
}

void dcache_reset(struct dcache *d)
{
    for (unsigned i = 0; i < d->count; i++) {
        memset(d->list[i]->line, 0, sizeof d->list[i]->line);
    }
    d->told_count = 0;
}

bool dcache_watches(const struct dcache *d, uint32_t physical)
{
    unsigned n = cached_page(physical);
    return n != NOWHERE && (d->scope == DCACHE_ALL || d->touched[n]);
}

bool dcache_touch(struct dcache *d, uint32_t physical)
{
    unsigned n = cached_page(physical);
    bool first = n != NOWHERE && !d->touched[n];
    if (first) {
        d->touched[n] = true;
    }
    return first;
}

/* ---- lines ---- */

static struct page *make_page(struct dcache *d, unsigned n, uint32_t physical)
{
    const struct mem_region *r = chip_region(d->chip, physical, MASTER_DEBUG);
    struct page *p = r != NULL ? calloc(1, sizeof *p) : NULL;
    if (p == NULL) {
        abort(); /* as everywhere in a simulation under way */
    }
    p->physical = physical & ~(PAGE - 1u);
    p->host = r->host + (p->physical - r->base);
    d->page[n] = d->list[d->count++] = p;
    return p;
}

/* The line at an address; NULL: none is known there, and none is wanted. */
static struct line *line_at(struct dcache *d, uint32_t physical, bool make, uint8_t **host)
{
    unsigned n = cached_page(physical);
    struct page *p = n != NOWHERE ? d->page[n] : NULL;
    if (p == NULL && n != NOWHERE && make) {
        p = make_page(d, n, physical);
    }
    if (p == NULL) {
        return NULL;
    }
    unsigned i = physical % PAGE / CACHE_LINE;
    *host = p->host + (size_t)CACHE_LINE * i;
    return &p->line[i];
}

/* The access's bytes of its line. */
static uint32_t bytes_of(const struct dcache_access *a)
{
    return ((1u << a->size) - 1u) << a->physical % CACHE_LINE;
}

/* Do two views of the line differ in these bytes? In which first? */
static bool differs(const uint8_t *a, const uint8_t *b, uint32_t mask, unsigned *where)
{
    for (; mask != 0; mask &= mask - 1u) {
        unsigned i = (unsigned)__builtin_ctz(mask);
        if (a[i] != b[i]) {
            *where = i;
            return true;
        }
    }
    return false;
}

static void keep(uint8_t *view, const uint8_t *host, uint32_t mask)
{
    for (; mask != 0; mask &= mask - 1u) {
        unsigned i = (unsigned)__builtin_ctz(mask);
        view[i] = host[i];
    }
}

/* ---- findings ---- */

static bool was_told(struct dcache *d, const struct told *new)
{
    for (unsigned i = 0; i < d->told_count; i++) {
        const struct told *t = &d->told[i];
        if (t->code == new->code && t->pc == new->pc && t->at == new->at && t->page == new->page) {
            return true;
        }
    }
    if (d->told_count == TOLD) {
        return true;
    }
    d->told[d->told_count++] = *new;
    return false;
}

/* The access meets what `other` did at byte `i` of its line, by the instruction at `at`. */
static void tell(struct dcache *d, enum finding_code code, const struct dcache_access *a,
                 unsigned i, enum master other, uint32_t at)
{
    const uint32_t address = (a->physical & ~(CACHE_LINE - 1u)) + i;
    const bool is_code =
        code == FOUND_CACHE_CODE_NOT_CLEANED; /* each of its instructions fetches */
    const struct told told = {code, is_code ? 0 : a->pc, at, address / PAGE};
    if (!was_told(d, &told)) {
        d->owner.found(d->owner.ctx, code, a, address, other, at);
    }
}

/* ---- accesses of the M7 ---- */

static void m7_reads(struct dcache *d, struct line *l, const uint8_t *host,
                     const struct dcache_access *a, uint32_t mask)
{
    unsigned i;
    if (differs(l->below, host, l->lost & mask, &i)) {
        tell(d, FOUND_CACHE_LOST, a, i, MASTER_CM7, l->lost_pc);
    }
    l->lost &= ~mask;
    if (a->policy == DCACHE_BYPASS) {
        return;
    }
    if (!l->valid) {
        l->valid = true;
        l->behind = 0;
    } else if (differs(l->mine, host, l->behind & mask, &i)) {
        tell(d, FOUND_CACHE_STALE, a, i, l->other, l->other_pc);
        l->behind &= ~mask; /* once for each store */
    }
}

static void m7_writes(struct line *l, const uint8_t *host, const struct dcache_access *a,
                      uint32_t mask)
{
    const bool stays = a->policy == DCACHE_BACK_ALLOC || (a->policy == DCACHE_BACK && l->valid);
    l->behind &= a->policy == DCACHE_BYPASS ? ~0u : ~mask;
    if (!stays) {
        l->ahead &= ~mask;
        l->lost &= ~mask;
        return;
    }
    l->behind &= l->valid ? ~0u : 0u;
    l->valid = l->dirty = true;
    keep(l->below, host, mask & ~(l->ahead | l->lost));
    l->ahead |= mask;
    l->lost &= ~mask;
    l->m7_pc = a->pc;
}

/* ---- accesses of others ---- */

static void other_reads(struct dcache *d, struct line *l, const uint8_t *host,
                        const struct dcache_access *a, uint32_t mask)
{
    unsigned i;
    if (differs(l->below, host, (l->ahead | l->lost) & mask, &i)) {
        tell(d, FOUND_CACHE_NOT_CLEANED, a, i, MASTER_CM7, l->m7_pc);
        keep(l->below, host, mask); /* once for each store */
    }
}

static void other_writes(struct line *l, const uint8_t *host, const struct dcache_access *a,
                         uint32_t mask)
{
    l->ahead &= ~mask;
    l->lost &= ~mask;
    if (l->valid) {
        keep(l->mine, host, mask & ~l->behind);
        l->behind |= mask;
        l->other = a->master;
        l->other_pc = a->pc;
    }
}

void dcache_fetch(struct dcache *d, const struct dcache_access *a)
{
    uint8_t *host = NULL;
    struct line *l = line_at(d, a->physical, false, &host);
    const uint32_t mask = bytes_of(a);
    unsigned i;
    if (l != NULL && differs(l->below, host, (l->ahead | l->lost) & mask, &i)) {
        tell(d, FOUND_CACHE_CODE_NOT_CLEANED, a, i, MASTER_CM7, l->m7_pc);
        keep(l->below, host, UINT32_MAX); /* once for each line */
    }
}

void dcache_access(struct dcache *d, const struct dcache_access *a)
{
    uint8_t *host = NULL;
    const bool m7 = a->master == MASTER_CM7;
    const bool fills =
        m7 && (a->write ? a->policy == DCACHE_BACK_ALLOC : a->policy != DCACHE_BYPASS);
    struct line *l = line_at(d, a->physical, fills, &host);
    if (l == NULL) {
        return;
    }
    const uint32_t mask = bytes_of(a);
    if (m7 && a->write) {
        m7_writes(l, host, a, mask);
    } else if (m7) {
        m7_reads(d, l, host, a, mask);
    } else if (a->write) {
        other_writes(l, host, a, mask);
    } else {
        other_reads(d, l, host, a, mask);
    }
}

/* ---- maintenance ---- */

/* The whole line goes to memory, over what others have written there since. */
static void clean(struct dcache *d, struct line *l, const uint8_t *host,
                  const struct dcache_access *a)
{
    unsigned i;
    if (l->dirty && differs(l->mine, host, l->behind, &i)) {
        tell(d, FOUND_CACHE_OVERWRITES, a, i, l->other, l->other_pc);
        l->behind = 0;
    }
    l->dirty = false;
    l->ahead = 0;
}

static void invalidate(struct line *l, const struct dcache_access *a)
{
    l->lost |= l->ahead;
    l->lost_pc = l->ahead != 0 ? a->pc : l->lost_pc;
    l->valid = l->dirty = false;
    l->ahead = l->behind = 0;
}

static void maintain(struct dcache *d, struct line *l, const uint8_t *host, enum dcache_op op,
                     const struct dcache_access *a)
{
    if (l->valid && (op & DCACHE_CLEAN) != 0) {
        clean(d, l, host, a);
    }
    if (l->valid && (op & DCACHE_INVALIDATE) != 0) {
        invalidate(l, a);
    }
}

void dcache_line(struct dcache *d, enum dcache_op op, const struct dcache_access *a)
{
    uint8_t *host = NULL;
    struct line *l = line_at(d, a->physical, false, &host);
    if (l != NULL) {
        maintain(d, l, host, op, a);
    }
}

/* A set has a line in every fourth page: 128 sets of 32 bytes are 4 KB (PM0253 4.8.3). */
void dcache_set(struct dcache *d, enum dcache_op op, uint32_t set_way,
                const struct dcache_access *a)
{
    const uint32_t at = (set_way >> SET_Pos) % DCACHE_SETS * CACHE_LINE;
    const unsigned i = at % PAGE / CACHE_LINE;
    struct dcache_access of_line = *a;
    for (unsigned n = 0; n < d->count; n++) {
        struct page *p = d->list[n];
        if (p->physical % (4 * PAGE) == (at & ~(PAGE - 1u))) {
            of_line.physical = p->physical + CACHE_LINE * i;
            maintain(d, &p->line[i], p->host + (size_t)CACHE_LINE * i, op, &of_line);
        }
    }
}
