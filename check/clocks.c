/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/clocks.h"

#include "vboard/chip/clock_ids.h"

#include <inttypes.h>

#define FAMILY 4u

/* Clocks that go together, and what they are called if all of them are too fast alike. */
static const struct {
    const char *all;
    struct {
        const char *name; /* of the one; NULL: the family has no more */
        enum clock_id id;
    } clocks[FAMILY];
} families[] = {
    {"CM7", {{"CM7", CLK_CPU1}}},
    {"AXI/AHB and CM4", {{"AXI/AHB and CM4", CLK_AXI}}},
    {"APB", {{"APB1", CLK_PCLK1}, {"APB2", CLK_PCLK2}, {"APB3", CLK_PCLK3}, {"APB4", CLK_PCLK4}}},
    {"timers", {{"APB1's timers", CLK_TIMX}, {"APB2's timers", CLK_TIMY}}},
    {"USART1/6", {{"USART1/6", CLK_USART16}}},
    {"USART2 to 5, 7, 8", {{"USART2 to 5, 7, 8", CLK_USART234578}}},
    {"FDCAN", {{"FDCAN", CLK_FDCAN}}},
};

static const struct check_member *find(const struct check_item *item, enum clock_id id)
{
    for (size_t i = 0; i < item->member_count; i++) {
        if (item->members[i].what == (uint32_t)id) {
            return &item->members[i];
        }
    }
    return NULL;
}

/* " at 480 MHz, VOS1 allows 400" of the first one, " 240, not 200" of the others. */
static void put_numbers(struct line *l, const struct check_member *m, bool first)
{
    uint32_t mhz = m->khz / 1000;
    if (first) {
        line_put(l, " at %" PRIu32 " MHz, VOS%u allows %" PRIu32, mhz, m->vos, m->high_mhz);
    } else {
        line_put(l, " %" PRIu32 ", not %" PRIu32, mhz, m->high_mhz);
    }
}

/* Those of family `f` that are as fast as its clock `k`: a bit each. */
static unsigned alike(const struct check_item *item, size_t f, unsigned k)
{
    const struct check_member *m = find(item, families[f].clocks[k].id);
    unsigned bits = 0;
    for (unsigned i = 0; m != NULL && i < FAMILY && families[f].clocks[i].name != NULL; i++) {
        const struct check_member *o = find(item, families[f].clocks[i].id);
        bits |= o != NULL && o->khz == m->khz && o->high_mhz == m->high_mhz ? 1u << i : 0;
    }
    return bits;
}

static unsigned all_of(size_t f)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < FAMILY && families[f].clocks[i].name != NULL; i++) {
        bits |= 1u << i;
    }
    return bits;
}

/* "APB", or "APB1/APB4". */
static void put_names(struct line *l, size_t f, unsigned bits)
{
    const char *between = "";
    if (bits == all_of(f)) {
        line_put(l, "%s", families[f].all);
        return;
    }
    for (unsigned i = 0; i < FAMILY; i++) {
        if ((bits >> i & 1u) != 0) {
            line_put(l, "%s%s", between, families[f].clocks[i].name);
            between = "/";
        }
    }
}

void check_put_clocks(struct line *l, const struct check_item *item)
{
    bool first = true;
    for (size_t f = 0; f < sizeof families / sizeof *families; f++) {
        unsigned done = 0;
        for (unsigned k = 0; k < FAMILY && families[f].clocks[k].name != NULL; k++) {
            unsigned bits = alike(item, f, k);
            if (bits == 0 || (done >> k & 1u) != 0) {
                continue;
            }
            line_put(l, "%s", first ? "" : "; ");
            put_names(l, f, bits);
            put_numbers(l, find(item, families[f].clocks[k].id), first);
            done |= bits;
            first = false;
        }
    }
}
