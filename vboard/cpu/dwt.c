/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/dwt.h"

#include <string.h>

#define OFFSET_CTRL 0x000u
#define OFFSET_CYCCNT 0x004u
#define OFFSET_LAR 0xFB0u
#define OFFSET_LSR 0xFB4u
#define LAR_KEY 0xC5ACCE55u
#define LSR_PRESENT 1u
#define LSR_LOCKED 2u
#define CTRL_CYCCNTENA 1u
#define CTRL_WRITABLE 0x007FFFFFu
#define CTRL_NUMCOMP 0x40000000u /* four comparators */

void dwt_reset(struct dwt *d, bool lockable)
{
    memset(d, 0, sizeof(*d));
    d->lockable = d->locked = lockable;
}

static uint32_t count(const struct dwt *d, uint64_t cycle)
{
    return d->counting ? (uint32_t)(cycle - d->origin) : d->stopped_at;
}

static void set_count(struct dwt *d, uint32_t value, uint64_t cycle)
{
    d->stopped_at = value;
    d->origin = cycle - value;
}

/* Counting needs both enables. */
static void update(struct dwt *d, uint64_t cycle)
{
    uint32_t now = count(d, cycle);
    d->counting = d->trace_enabled && (d->ctrl & CTRL_CYCCNTENA) != 0;
    set_count(d, now, cycle);
}

uint32_t dwt_read(const struct dwt *d, uint32_t offset, uint64_t cycle)
{
    switch (offset) {
    case OFFSET_CTRL:
        return d->ctrl | CTRL_NUMCOMP;
    case OFFSET_CYCCNT:
        return count(d, cycle);
    case OFFSET_LSR:
        return (d->lockable ? LSR_PRESENT : 0) | (d->locked ? LSR_LOCKED : 0);
    default:
        return 0;
    }
}

void dwt_write(struct dwt *d, uint32_t offset, uint32_t value, uint64_t cycle)
{
    if (offset == OFFSET_LAR) {
        d->locked = d->lockable && value != LAR_KEY;
    } else if (d->locked) {
        return;
    } else if (offset == OFFSET_CTRL) {
        d->ctrl = value & CTRL_WRITABLE;
        update(d, cycle);
    } else if (offset == OFFSET_CYCCNT) {
        set_count(d, value, cycle);
    }
}

void dwt_trace_enable(struct dwt *d, bool on, uint64_t cycle)
{
    d->trace_enabled = on;
    update(d, cycle);
}
