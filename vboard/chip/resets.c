/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/resets.h"

#include <stddef.h>

#include "vboard/chip/chip.h"

bool resets_let_run(const struct chip_resets *r)
{
    return r->powered && !r->vcore_lost && !r->nrst_low && !r->standby;
}

/* All at once, as far as a core can tell: no line of one that comes later in the table may still be
 * high when a core starts, or it would be pending there. */
static void reset_periphs(struct chip *c, enum reset_kind kind)
{
    c->resets.resetting = true;
    for (size_t i = 0; i < c->bus.periph_count; i++) {
        c->bus.periphs[i]->held_in_reset = false;
        periph_reset(c->bus.periphs[i], kind);
    }
    c->resets.resetting = false;
    cores_start(c);
}

static void reset_all(struct chip *c, enum reset_kind kind)
{
    struct chip_resets *r = &c->resets;
    uint32_t sources = r->pending;
    cores_reset(&c->cores);
    if (c->ram_reset != NULL) {
        c->ram_reset(c->ram_ctx);
    }
    power_wake(&c->power);
    c->access = (struct access){.master = MASTER_DEBUG};
    reset_periphs(c, kind);
    r->pending = 0;
    chip_cut_turn(c);
    if (r->on_reset != NULL && sources != 0) {
        r->on_reset(r->on_reset_ctx, sources, c->sched.now);
    }
}

static void run_reset(void *ctx, vtime_ps now)
{
    struct chip *c = ctx;
    (void)now;
    if (c->resets.powered && !c->resets.vcore_lost) {
        c->resets.standby = false;
        reset_all(c, RESET_SYSTEM);
    }
}

void resets_carry_out(struct chip *c)
{
    reset_all(c, RESET_SYSTEM);
}

void resets_init(struct chip *c)
{
    event_init(&c->resets.event, run_reset, c);
}

void chip_request_reset(struct chip *c, enum reset_source source)
{
    c->resets.pending |= 1u << source;
    if (!event_queued(&c->resets.event)) {
        sched_at(&c->sched, &c->resets.event, c->sched.now);
    }
    chip_cut_turn(c);
}

void chip_nrst(struct chip *c, bool low)
{
    if (c->resets.nrst_low == low) {
        return;
    }
    c->resets.nrst_low = low;
    if (c->resets.powered && !c->resets.vcore_lost) {
        c->resets.pending |= 1u << RESET_SRC_PIN;
        c->resets.standby = false;
        reset_all(c, RESET_SYSTEM);
    }
}

void chip_lose_vcore(struct chip *c)
{
    c->resets.vcore_lost = true;
    c->resets.standby = false;
    sched_cancel(&c->sched, &c->resets.event);
    c->resets.pending = 0;
    reset_all(c, RESET_SYSTEM);
}

void chip_power(struct chip *c, bool on)
{
    if (on == c->resets.powered) {
        return;
    }
    c->resets.powered = on;
    c->resets.vcore_lost = c->resets.standby = false;
    sched_cancel(&c->sched, &c->resets.event);
    c->resets.pending = on ? 1u << RESET_SRC_POR : 0;
    reset_all(c, RESET_POWER_ON);
}
