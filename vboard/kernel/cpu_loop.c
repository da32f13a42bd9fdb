/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Exact fast-forward. A core that comes back to the same block with the same registers, and has in
 * between neither stored, nor accessed a peripheral, nor used the FPU, masks or SEV, will go round for
 * ever, until an interrupt or another's store. Whole iterations up to the end of the turn are added to
 * its account instead of being executed; the rest of the turn runs, so that it ends at the same block
 * and cycle as without.
 *
 * Memory it reads can change between turns only: by events, or by the other core's turns. So if both
 * cores' last turns were nothing but such loops, neither can disturb the other before the next event,
 * and the slices between them need not be kept: that is the jump.
 */
#include <string.h>

#include "vboard/kernel/cpu_core.h"

#define MAX_BLOCKS 14u     /* of an iteration; idle loops of HAL, FreeRTOS and OpenAMP have fewer */
#define MAX_BACKOFF 5u     /* 2^5 turns without a watch after as many failures */
#define FIRST_CHUNK 512    /* cycles to the second watch of a long turn; doubles up to LAST_CHUNK */
#define LAST_CHUNK 32768

void cpu_loop_begin_turn(struct cpu *c)
{
    c->loop.first = true;
    c->loop.pure = false;
    c->loop.disturbed = false;
}

static void end_watch(struct cpu *c)
{
    c->loop.watching = false;
    c->meter->observe &= ~(unsigned)ENGINE_OBSERVE_ALL;
}

void cpu_loop_begin_run(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    bool first = l->first;
    l->first = false;
    if (!c->in_run) {
        l->chunk = FIRST_CHUNK;
    } else if (l->chunk < LAST_CHUNK) {
        l->chunk *= 2;
    }
    if (!c->fast_forward) {
        return;
    }
    if (first && l->backoff > 0) {
        l->backoff--;
        end_watch(c);
        return;
    }
    l->whole = first && !l->disturbed;
    l->disturbed = false;
    l->watching = true;
    l->have_regs = false;
    l->blocks = 0;
    c->meter->observe |= ENGINE_OBSERVE_ALL;
}

static void give_up(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    end_watch(c);
    if (l->failures < MAX_BACKOFF) {
        l->failures++;
    }
    l->backoff = (1u << l->failures) - 1u;
}

/* The iteration costs `period` cycles: skip as many as fit. */
static void skip(struct cpu *c, uint64_t period)
{
    struct cpu_loop *l = &c->loop;
    l->failures = 0;
    l->pure = l->whole;
    if (l->pure) {
        vtime_ps further = c->machine.jump_limit(c->machine.ctx, c->core);
        c->limit = further > c->limit ? further : c->limit;
        c->time.stop_cycle = cpu_cycle_at(c, c->limit);
    }
    uint64_t done = cpu_cycles_done(c);
    if (c->time.stop_cycle > done) {
        uint64_t left = c->time.stop_cycle - done;
        uint64_t skipped = (left - 1) / period * period;
        cpu_time_grant(c, (int64_t)left);
        c->meter->left -= (int64_t)skipped;
        c->skipped += skipped;
    }
    end_watch(c);
}

/* Back at the first block: the first time note the registers, the second compare them. */
static void at_anchor(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    uint32_t now[16];
    engine_get_all(c->engine, now);
    uint64_t cycle = cpu_cycles_done(c);
    if (l->have_regs && memcmp(now, l->regs, sizeof(now)) == 0) {
        skip(c, cycle - l->cycle);
        return;
    }
    if (l->have_regs) {
        give_up(c); /* a counting loop */
        return;
    }
    memcpy(l->regs, now, sizeof(now));
    l->cycle = cycle;
    l->have_regs = true;
    l->blocks = 1;
}

void cpu_loop_block(struct cpu *c, const struct engine_block *b)
{
    struct cpu_loop *l = &c->loop;
    if (l->disturbed || b->flags != 0 || l->blocks > MAX_BLOCKS) {
        give_up(c);
        return;
    }
    if (l->blocks++ == 0) {
        l->anchor = b->address;
    } else if (b->address == l->anchor) {
        at_anchor(c);
    }
}
