/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Exact fast-forward. A core that comes back to the same block with the same registers and the
 * same memory, and has in between neither changed a register, nor read one that time or reading
 * changes, nor used the FPU or SEV, will go round for ever, until an interrupt or another's store. Masks may be set
 * and taken back on the way: while an interrupt is pending behind one, no turn lasts that long. Whole iterations up to the end of
 * the turn are added to its account instead of being executed; the rest of the turn runs, so that
 * it ends at the same block and cycle as without.
 *
 * Without a store in between memory is the same. With stores (an idle loop that calls functions
 * pushes registers) one iteration is recorded: all pages are asked for anew, each page's first
 * store lets us keep what it held, and at the anchor the pages are compared. That costs some
 * microseconds, so it is done where much can be skipped.
 *
 * Memory and registers it reads can change between turns only: by events, or by the other core's turns. So if
 * both cores' last turns were nothing but such loops, neither can disturb the other before the
 * next event, and the slices between them need not be kept: that is the jump.
 */
#include <string.h>

#include "vboard/cpu/core.h"
#include "vboard/cpu/thumb.h"

#define MAX_BLOCKS 32u  /* of an iteration; idle loops of HAL, FreeRTOS and OpenAMP have fewer */
#define MAX_BACKOFF 5u  /* 2^5 turns without a watch after as many failures */
#define FIRST_CHUNK 512 /* cycles to the second watch of a long turn; doubles up to LAST_CHUNK */
#define LAST_CHUNK 32768
/* Cycles left of the turn; about what a recording costs to execute. */
#define WORTH_RECORDING 20000u
#define MAX_RECORD_BACKOFF 6u

/*
 * Two cores that both look at shared memory or registers let each other go first all the time, so that no
 * turn lasts for an iteration. The watch then goes on in the next turn, provided that the other core
 * has done nothing but look, too.
 */
void cpu_loop_begin_turn(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    bool goes_on = l->yielded && l->watching && !l->disturbed && !l->recording;
    l->yielded = false;
    l->clean = true;
    l->pure = false;
    l->first = !goes_on;
    l->resumed = goes_on;
    if (!goes_on) {
        l->disturbed = false;
    }
}

bool cpu_loop_was_clean(const struct cpu *c)
{
    const struct cpu_loop *l = &c->loop;
    bool looked = l->pure || (l->clean && l->watching && !l->disturbed);
    return looked && c->meter->did == 0;
}

static void stop_following(struct cpu *c)
{
    if (c->loop.following) {
        engine_round_end(c->engine, 0);
    }
    c->loop.following = false;
}

static void end_watch(struct cpu *c)
{
    c->loop.watching = false;
    c->loop.recording = false;
    stop_following(c);
    c->meter->observe &= ~(unsigned)ENGINE_OBSERVE_ALL;
}

void cpu_loop_begin_run(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    bool first = l->first;
    bool entered = l->entered;
    l->first = false;
    l->entered = false;
    if (l->resumed && !entered) {
        l->resumed = false;
        c->meter->observe |= ENGINE_OBSERVE_ALL;
        return;
    }
    if (!c->in_run) {
        l->chunk = FIRST_CHUNK;
    } else if (l->chunk < LAST_CHUNK) {
        l->chunk *= 2;
    }
    if (!c->fast_forward || c->debug.counts) {
        l->clean = false;
        return;
    }
    if (entered) { /* what was interrupted is watched again at once */
        l->resumed = false;
        l->clean = false;
        end_watch(c);
        return;
    }
    /* Behind an exception, too; but a long turn is looked at from its second chunk on. */
    if (l->rests_until != 0 && cpu_time(c) >= l->rests_until) {
        l->rests_until = 0;
    }
    if ((first || !c->in_run) && (l->backoff > 0 || l->rests_until != 0)) {
        l->backoff -= first && l->backoff > 0;
        l->clean = false;
        end_watch(c);
        return;
    }
    l->whole = first && !l->disturbed;
    l->disturbed = false;
    l->watching = true;
    stop_following(c);
    c->meter->did = 0;
    l->have_regs = false;
    l->shared = false;
    l->counts = false;
    l->blocks = 0;
    c->meter->observe |= ENGINE_OBSERVE_ALL;
}

/* Not in this turn. */
static void leave(struct cpu *c)
{
    c->loop.clean = false;
    c->loop.pure = false;
    end_watch(c);
}

static void give_up(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    leave(c);
    if (l->failures < MAX_BACKOFF) {
        l->failures++;
    }
    l->backoff = (1u << l->failures) - 1u;
}

/* A loop that looks at memory of both cores cannot run ahead of the other one, unless that only loops
 * too. */
static uint64_t until_its_turn(const struct cpu *c, uint64_t stop_cycle)
{
    const struct cpu *peer = c->machine.peer(c->machine.ctx, c->core);
    if (!c->loop.shared || peer == NULL || peer->loop.pure) {
        return stop_cycle;
    }
    uint64_t cycle = cpu_cycle_at(c, cpu_time(peer));
    return cycle < stop_cycle ? cycle : stop_cycle;
}

/* One is left to be executed, which makes anew what is not added up. */
static uint64_t add_up(struct cpu *c, uint64_t turns)
{
    uint64_t alike = turns < c->loop.alike ? turns : c->loop.alike;
    uint64_t added = alike > 1 ? alike - 1 : 0;
    engine_round_add_up(c->engine, (uint32_t)added);
    return added;
}

/* The iteration costs `period` cycles: skip as many as fit. */
static void skip(struct cpu *c, uint64_t period)
{
    struct cpu_loop *l = &c->loop;
    l->failures = 0;
    l->pure = l->whole && (!l->following || l->alike == UINT32_MAX); /* it has no end of its own */
    if (l->pure) {
        vtime_ps further = c->machine.jump_limit(c->machine.ctx, c->core);
        c->limit = further > c->limit ? further : c->limit;
        c->time.stop_cycle = cpu_cycle_at(c, c->limit);
    }
    uint64_t done = cpu_cycles_done(c);
    uint64_t stop = until_its_turn(c, c->time.stop_cycle);
    if (stop > done) {
        uint64_t left = stop - done;
        uint64_t turns = (left - 1) / period;
        if (l->following) {
            turns = add_up(c, turns);
        }
        uint64_t extra = turns * (c->time.extra - l->extra); /* of its accesses to registers */
        cpu_time_grant(c, (int64_t)left);
        c->meter->left -= (int64_t)(turns * period);
        c->time.extra += extra;
        c->skipped += turns * period - extra;
    }
    stop_following(c);
    if (stop < c->time.stop_cycle) { /* what the other one does next may end the loop */
        l->have_regs = false;
        l->blocks = 0;
    } else {
        end_watch(c);
    }
}

/* ---- loops with stores ---- */

/* Nothing can be skipped beyond the next event, however far this turn might go. */
static bool event_is_near(const struct cpu *c, uint64_t cost)
{
    vtime_ps next = sched_next(&c->chip->sched);
    return next != VTIME_NEVER && cpu_cycle_at(c, next) <= cpu_cycles_done(c) + cost;
}

/* Is there more to skip than `cost`, what it costs to find out? */
static bool is_worth(struct cpu *c, uint64_t cost)
{
    struct cpu_loop *l = &c->loop;
    if (event_is_near(c, cost)) {
        return false;
    }
    if (c->time.stop_cycle > cpu_cycles_done(c) + cost ||
        c->machine.jump_limit(c->machine.ctx, c->core) != 0) {
        return true;
    }
    if (l->record_backoff > 0) {
        l->record_backoff--;
        return false;
    }
    return true;
}

/* It is a loop, and nothing can be gained now: the next event is too near, or the turn too short. */
static void not_worth_it(struct cpu *c, uint64_t cost)
{
    if (event_is_near(c, cost)) {
        c->loop.rests_until = sched_next(&c->chip->sched);
        leave(c);
    } else {
        give_up(c);
    }
}

static void record(struct cpu *c)
{
    c->loop.recording = true;
    c->loop.page_count = 0;
    engine_flush_pages(c->engine);
}

void cpu_loop_record(struct cpu *c, uint32_t page)
{
    struct cpu_loop *l = &c->loop;
    const uint8_t *host = cpu_bus_host(c, page, ENGINE_PAGE_SIZE);
    if (l->page_count == LOOP_PAGES || host == NULL) {
        l->disturbed = true;
        return;
    }
    l->pages[l->page_count].host = host;
    memcpy(l->pages[l->page_count].before, host, ENGINE_PAGE_SIZE);
    l->page_count++;
}

static bool pages_unchanged(const struct cpu_loop *l)
{
    for (unsigned i = 0; i < l->page_count; i++) {
        if (memcmp(l->pages[i].host, l->pages[i].before, ENGINE_PAGE_SIZE) != 0) {
            return false;
        }
    }
    return true;
}

static void consider_recording(struct cpu *c, uint64_t cycle)
{
    struct cpu_loop *l = &c->loop;
    if (!is_worth(c, WORTH_RECORDING)) {
        not_worth_it(c, WORTH_RECORDING);
        return;
    }
    l->cycle = cycle;
    l->extra = c->time.extra;
    l->blocks = 1;
    record(c);
}

static void found_nothing(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    l->record_failures += l->record_failures < MAX_RECORD_BACKOFF;
    l->record_backoff = (1u << l->record_failures) - 1u;
    give_up(c);
}

static void found(struct cpu *c, uint64_t cycle)
{
    c->loop.record_failures = 0;
    skip(c, cycle - c->loop.cycle);
}

/* ---- rounds that the engine follows ---- */

/* With stores, or not the same again: follow the next iteration. What it counts lies in RAM that only this core uses. */
static void consider_following(struct cpu *c, uint64_t cycle)
{
    struct cpu_loop *l = &c->loop;
    if (!is_worth(c, LOOP_WORTH_FOLLOWING)) {
        not_worth_it(c, LOOP_WORTH_FOLLOWING);
        return;
    }
    l->following = true;
    l->cycle = cycle;
    l->extra = c->time.extra;
    l->blocks = 1;
    engine_round_begin(c->engine);
}

static void at_anchor_followed(struct cpu *c, uint64_t cycle)
{
    struct cpu_loop *l = &c->loop;
    l->alike = engine_round_end(c->engine, cycle - l->cycle);
    if (l->alike > 1) {
        engine_round_keep(c->engine, cycle - l->cycle, c->time.extra - l->extra);
        found(c, cycle);
    } else {
        l->records = true; /* next time */
        found_nothing(c);
    }
}

/* Same registers, but it has stored: judge the iteration that was recorded, or look at the next one in one of the two
 * ways. Not all that can be recorded can be followed (MSR). */
static void at_anchor_with_stores(struct cpu *c, uint64_t cycle)
{
    struct cpu_loop *l = &c->loop;
    if (l->recording && pages_unchanged(l)) {
        found(c, cycle);
    } else if (l->recording) {
        l->records = false;
        found_nothing(c);
    } else if (l->records || !engine_can_follow(c->engine)) {
        consider_recording(c, cycle);
    } else {
        consider_following(c, cycle);
    }
}

/* ---- the watch ---- */

/* Was it found here before, and would do the same now? */
static bool recalls(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    uint64_t cycles = 0;
    uint64_t extra = 0;
    l->alike = engine_can_follow(c->engine) ? engine_round_recall(c->engine, &cycles, &extra) : 0;
    if (l->alike <= 1) {
        return false;
    }
    l->following = true;
    l->extra = c->time.extra - extra;
    skip(c, cycles);
    return true;
}

/* Back at the first block: the first time note the registers, then compare them. */
static void at_anchor(struct cpu *c)
{
    struct cpu_loop *l = &c->loop;
    uint32_t now[LOOP_REGS];
    engine_get_all(c->engine, now);
    now[16] = engine_get(c->engine, ENGINE_PRIMASK);
    now[17] = engine_get(c->engine, ENGINE_BASEPRI);
    uint64_t cycle = cpu_cycles_done(c);
    bool same = l->have_regs && !l->counts && memcmp(now, l->regs, sizeof(now)) == 0;
    if (!l->have_regs) {
        memcpy(l->regs, now, sizeof(now));
        l->cycle = cycle;
        l->extra = c->time.extra;
        l->have_regs = true;
        l->stores = false;
        l->blocks = 1;
    } else if (memcmp(now + 16, l->regs + 16, sizeof(now) - 16 * sizeof(*now)) != 0) {
        give_up(c); /* the masks */
    } else if (l->following) {
        at_anchor_followed(c, cycle);
    } else if (!same && engine_can_follow(c->engine)) {
        consider_following(c, cycle);
    } else if (!same) {
        give_up(c); /* it counts something */
    } else if (l->stores) {
        at_anchor_with_stores(c, cycle);
    } else {
        skip(c, cycle - l->cycle);
    }
}

void cpu_loop_jump(struct cpu *c, uint32_t address, bool stored, bool effects)
{
    struct cpu_loop *l = &c->loop;
    if (l->disturbed || effects || l->blocks > MAX_BLOCKS) {
        give_up(c);
        return;
    }
    l->stores = l->stores || stored;
    l->clean = l->clean && !stored;
    l->pure = l->pure && !stored;
    if (l->blocks++ == 0) {
        l->anchor = address;
        l->whole = l->whole && !(stored && l->shared); /* the other core may see what was stored */
        if (recalls(c)) {
            return;
        }
    } else if (address == l->anchor) {
        at_anchor(c);
    }
}

/* What a block does is known when it begins. */
void cpu_loop_block(struct cpu *c, const struct engine_block *b)
{
    cpu_loop_jump(c, b->address, false, (b->flags & ~(unsigned)THUMB_STORES) != 0);
    if ((b->flags & THUMB_STORES) != 0) {
        c->loop.stores = true;
        c->loop.clean = false;
    }
}
