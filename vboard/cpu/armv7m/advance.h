/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_ADVANCE_H
#define VBOARD_CPU_ARMV7M_ADVANCE_H

/*
 * How an instruction ends: done, and on to the next one; not done, because it faults or must wait; or done, and the
 * inner loop (run.c) has to look around. Each of them keeps the count of what may still be executed exact.
 */
#include "vboard/cpu/armv7m/core.h"

/*
 * An instruction that has been executed goes on with the next one by itself, as long as meter.left lasts:
 * a call at the end of a function, which a compiler that optimises makes a jump. Whatever wants the loop
 * (run.c) to look around puts the rest of `left` aside.
 */
#if defined(__OPTIMIZE__) && !defined(__wasm__)
#define GOES_ON 1
#else
#define GOES_ON 0 /* one call within another for each instruction: the loop makes them */
#endif

/* Each end of an instruction has a jump of its own, whose aims a processor can learn: also where the compiler thinks
 * that there are too many. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* Nothing is left: the loop goes on with `i`. Apart, so that the count is one instruction in line. */
const struct insn *stay(struct core *c, const struct insn *i);

ALWAYS_INLINE const struct insn *go_on(struct core *c, const struct insn *i)
{
    if (!GOES_ON) {
        return i;
    }
    if (__builtin_expect(--c->base.meter.left < 0, 0)) {
        return stay(c, i);
    }
    return i->exec(c, i);
}

ALWAYS_INLINE const struct insn *done(struct core *c, const struct insn *i)
{
    return go_on(c, next(i));
}

static inline void put_aside(struct core *c)
{
    c->base.meter.aside += c->base.meter.left;
    c->base.meter.left = 0;
}

static inline void take_up(struct core *c)
{
    c->base.meter.left += c->base.meter.aside;
    c->base.meter.aside = 0;
}

/* Not executed: it faults, or must wait for its turn. c->breaks has been set. */
static inline const struct insn *undone(struct core *c, const struct insn *i)
{
    c->base.meter.aside++;
    return i;
}

/* The run ends behind the present instruction. */
static inline void stop_with(struct core *c, enum engine_stop why)
{
    put_aside(c);
    c->stop = why;
    c->breaks = BREAK_STOP;
}

/* The present instruction faults. */
static inline const struct insn *fault(struct core *c, const struct insn *i, enum engine_stop why)
{
    stop_with(c, why);
    return undone(c, i);
}

static inline void look_up(struct core *c)
{
    put_aside(c);
    if (c->breaks == BREAK_NOT) {
        c->breaks = BREAK_LOOK;
    }
}

/* The address of an instruction of the present page. */
static inline uint32_t address_of(const struct core *c, const struct insn *i)
{
    return c->page->base + (uint32_t)(i - c->page->slots) * 2u;
}

/* R[n] as an operand: PC reads as the instruction's address + 4. */
static inline uint32_t operand(const struct core *c, const struct insn *i, unsigned n)
{
    return n == PC ? address_of(c, i) + 4 : c->r[n];
}

#endif
