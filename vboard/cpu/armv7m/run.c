/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The loop. An instruction is a call that returns the next one; anything out of the ordinary sets
 * c->breaks, which ends the inner loops: BREAK_LOOK to look around and go on, BREAK_STOP for good.
 */
#include "vboard/cpu/armv7m/run.h"

#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"

const struct insn *stay(struct core *c, const struct insn *i)
{
    c->base.meter.left++;
    return i;
}

static void note_what_it_does(struct core *c, const struct insn *i)
{
    c->base.meter.did |= (i->flags & INSN_STORES) != 0 ? (unsigned)ENGINE_DID_STORE : 0;
    c->base.meter.did |= (i->flags & INSN_EFFECT) != 0 ? (unsigned)ENGINE_DID_MORE : 0;
}

/* It faults, or is executed again. */
static void note_break(struct core *c, const struct insn *i, const struct insn *after)
{
    if (after == i) {
        round_lose(&c->round);
    }
}

/* ---- IT blocks (DDI 0403 A7.3.2, A7.3.3) ---- */

static void advance_it(struct core *c)
{
    bool last = (c->itstate & 7u) == 0;
    uint32_t state = c->itstate;
    c->itstate = last ? 0 : (uint8_t)((state & 0xE0u) | (state << 1 & 0x1Fu));
}

/* Some encodings of 16 bits set no flags there. */
static const struct insn *execute_quietly(struct core *c, const struct insn *i)
{
    const uint32_t n = c->n;
    const uint32_t z = c->z;
    const uint32_t carry = c->c;
    const uint32_t v = c->v;
    const struct insn *after = i->exec(c, i);
    c->n = n;
    c->z = z;
    c->c = carry;
    c->v = v;
    return after;
}

static bool is_predictable_here(const struct core *c, const struct insn *i)
{
    bool last = (c->itstate & 0xFu) == 8;
    return (i->flags & INSN_IT) == 0 && ((i->flags & INSN_BRANCH) == 0 || last);
}

/* Not executed: as undone, or BKPT. */
static bool was_left(const struct core *c, const struct insn *i, const struct insn *after)
{
    return after == i && c->breaks != BREAK_NOT;
}

static const struct insn *execute_passed(struct core *c, const struct insn *i)
{
    return (i->flags & INSN_QUIET) != 0 ? execute_quietly(c, i) : i->exec(c, i);
}

/* Branches, BKPT, and an IT that should not be there. */
static __attribute__((noinline)) const struct insn *execute_odd(struct core *c,
                                                                const struct insn *i)
{
    const struct insn *after = next(i);
    if ((i->flags & (INSN_IT | INSN_BRANCH)) != 0 && !is_predictable_here(c, i)) {
        c->base.ops->unpredictable(c->base.ctx, address_of(c, i));
    }
    if (condition(c, c->itstate >> 4) || (i->flags & INSN_ALWAYS) != 0) {
        after = execute_passed(c, i);
        if (was_left(c, i, after)) {
            return i;
        }
        if ((i->flags & INSN_IT) != 0) {
            return after;
        }
    }
    advance_it(c);
    return after;
}

/* An instruction within an IT block. */
static inline const struct insn *execute_in_it(struct core *c, const struct insn *i)
{
    if ((i->flags & (INSN_IT | INSN_BRANCH | INSN_ALWAYS)) != 0) {
        return execute_odd(c, i);
    }
    const struct insn *after = next(i);
    if (condition(c, c->itstate >> 4)) {
        after = execute_passed(c, i);
        if (was_left(c, i, after)) {
            return i;
        }
    }
    advance_it(c);
    return after;
}

static const struct insn *run_it_block(struct core *c, const struct insn *i)
{
    while (c->itstate != 0 && c->base.meter.left > 0) {
        if (i->step == 0) {
            i = code_decoded(c, i);
            take_up(c);
            if (i == NULL || c->breaks == BREAK_STOP) {
                return i;
            }
            c->breaks = BREAK_NOT;
        }
        note_what_it_does(c, i);
        if (c->round.on && condition(c, c->itstate >> 4)) {
            round_follow(c, i, true);
        }
        c->base.meter.left--;
        put_aside(c);
        const struct insn *after = execute_in_it(c, i);
        take_up(c);
        if (c->breaks != BREAK_NOT) {
            note_break(c, i, after);
            return after;
        }
        i = after;
    }
    return i;
}

const struct insn *core_run_it(struct core *c, const struct insn *i)
{
    if (c->base.meter.left <= 0) {
        look_up(c); /* the loop executes them one by one */
        return i;
    }
    put_aside(c); /* none of them must go on by itself */
    while (c->itstate != 0 && c->base.meter.aside > 0 && i->step != 0) {
        c->base.meter.aside--;
        i = execute_in_it(c, i);
        if (c->breaks != BREAK_NOT) {
            return i;
        }
    }
    take_up(c);
    if (c->itstate != 0) {
        look_up(c);
        return i;
    }
    return go_on(c, i);
}

/* Slots of the block behind an IT, if all of it has been decoded and lies in the page; else 0. */
static unsigned slots_of_block(const struct core *c, const struct insn *it)
{
    const struct insn *i = next(it);
    for (unsigned n = 0; n < it->amount; n++) {
        const bool odd = (i->flags & (INSN_IT | INSN_BRANCH | INSN_ALWAYS)) != 0;
        if (i >= &c->page->slots[PAGE_SLOTS] || i->step == 0 || odd) {
            return 0;
        }
        i = next(i);
    }
    return (unsigned)(i - it);
}

const struct insn *core_skip_it(struct core *c, const struct insn *it)
{
    if (it->list == 0) {
        c->page->slots[it - c->page->slots].list = (uint16_t)slots_of_block(c, it);
    }
    if (it->list == 0 || c->base.meter.left < it->amount) {
        return NULL;
    }
    c->base.meter.left -= it->amount;
    return it + it->list;
}

/* ---- the loops ---- */

/* Whether nothing has come up but an access to a register. */
static bool may_go_on(const struct core *c)
{
    const unsigned all = ENGINE_OBSERVE_ALL | ENGINE_OBSERVE_STOP;
    return c->breaks == BREAK_LOOK && (c->base.meter.observe & all) == 0 && !c->wants_pages &&
           c->itstate == 0 && c->base.meter.left > 0;
}

static const struct insn *run_fast(struct core *c, const struct insn *i)
{
    do {
        c->breaks = BREAK_NOT;
        while (c->base.meter.left > 0) {
            c->base.meter.left--;
            i = i->exec(c, i);
        }
        take_up(c);
    } while (may_go_on(c));
    return i;
}

/* The owner wants to know of each jump. */
static void tell_jump(struct core *c, const struct insn *i)
{
    c->pc = address_of(c, i);
    c->base.ops->jumped(c->base.ctx, c->pc);
}

static const struct insn *run_watched(struct core *c, const struct insn *i)
{
    while (c->base.meter.left > 0 && (c->base.meter.observe & ENGINE_OBSERVE_ALL) != 0) {
        if (i->step == 0) {
            i = code_decoded(c, i);
            take_up(c);
            if (i == NULL || c->breaks == BREAK_STOP) {
                return i;
            }
            c->breaks = BREAK_NOT;
        }
        note_what_it_does(c, i);
        if (c->round.on) {
            round_follow(c, i, false);
        }
        c->base.meter.left--;
        put_aside(c);
        const struct insn *after = i->exec(c, i);
        take_up(c);
        if (c->breaks != BREAK_NOT) {
            note_break(c, i, after);
            return after;
        }
        if (after != next(i)) {
            tell_jump(c, after);
        }
        i = after;
    }
    return i;
}

/* Before an instruction: is there leave to execute it? */
static bool may_begin(struct core *c, const struct insn *i)
{
    take_up(c); /* what the owner asks for between two instructions puts it aside, too */
    if (c->base.meter.left <= 0) {
        c->pc = address_of(c, i);
        if (!c->base.ops->refill(c->base.ctx, c->pc)) {
            return false;
        }
    }
    return (c->base.meter.observe & ENGINE_OBSERVE_STOP) == 0;
}

static const struct insn *run_on(struct core *c, const struct insn *i)
{
    if (c->itstate != 0) {
        return run_it_block(c, i);
    }
    if ((c->base.meter.observe & ENGINE_OBSERVE_ALL) != 0) {
        return run_watched(c, i);
    }
    return run_fast(c, i);
}

static void begin(struct core *c)
{
    c->breaks = BREAK_NOT;
    c->stop = ENGINE_STOPPED;
    c->multiple = false;
    c->wants_pages = false;
    c->base.meter.unprivileged = false;
}

enum engine_stop core_run(struct core *c)
{
    if (!c->thumb) {
        return ENGINE_STATE;
    }
    begin(c);
    const struct insn *i = code_at(c, c->pc);
    while (i != NULL && c->breaks != BREAK_STOP && may_begin(c, i)) {
        c->breaks = BREAK_NOT;
        if (c->wants_pages) {
            c->wants_pages = false;
            c->pc = address_of(c, i);
            i = code_at(c, c->pc);
        } else {
            i = run_on(c, i);
        }
    }
    take_up(c);
    if (i != NULL) {
        c->pc = address_of(c, i);
    }
    return c->stop;
}

enum engine_stop core_step(struct core *c)
{
    if (!c->thumb) {
        return ENGINE_STATE;
    }
    begin(c);
    const struct insn *i = code_single(c);
    if (i != NULL) {
        c->base.meter.left--;
        put_aside(c);
        i = c->itstate != 0 ? execute_in_it(c, i) : i->exec(c, i);
    }
    take_up(c);
    if (i != NULL) {
        c->pc = address_of(c, i);
    }
    return c->stop == ENGINE_WFI ? ENGINE_STOPPED : c->stop;
}
