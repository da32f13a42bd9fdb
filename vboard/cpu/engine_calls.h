/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ENGINE_CALLS_H
#define VBOARD_CPU_ENGINE_CALLS_H

/* What a core does with its engine, whichever it is. */
#include <stddef.h>

#include "vboard/cpu/engine.h"

/* Physical memory; addresses and sizes are multiples of ENGINE_PAGE_SIZE. Return 0 or -1. */
static inline int engine_map_host(struct engine *e, uint32_t physical, uint32_t size, uint8_t *host)
{
    return e->type->map_host(e, physical, size, host);
}
static inline int engine_map_io(struct engine *e, uint32_t physical, uint32_t size)
{
    return e->type->map_io(e, physical, size);
}

/* Runs from the present PC. */
static inline enum engine_stop engine_run(struct engine *e)
{
    return e->type->run(e);
}
/* Executes one instruction, breakpoint or not; WFI does nothing. */
static inline enum engine_stop engine_step(struct engine *e)
{
    return e->type->step(e);
}
/* Exchanges the whole list of breakpoints; `addresses` must outlive it. */
static inline void engine_set_breaks(struct engine *e, const uint32_t *addresses, unsigned count)
{
    e->type->set_breaks(e, addresses, count);
}
/* After ENGINE_DENIED: what was refused; the address, or if not exact its page. */
static inline enum engine_access engine_denied_access(const struct engine *e)
{
    return e->type->denied_access(e);
}
static inline uint32_t engine_denied_address(const struct engine *e)
{
    return e->type->denied_address(e);
}
/* From ops->read or ->write: the instruction that accesses, or if not exact its block's start. */
static inline uint32_t engine_access_pc(const struct engine *e)
{
    return e->type->access_pc(e);
}
/* From ops->read or ->write: give the access up. The engine stops with ENGINE_DENIED at `pc`. */
static inline void engine_refuse(struct engine *e, uint32_t pc, enum engine_access access)
{
    e->type->refuse(e, pc, access);
}

/* The calls below are for an engine that can. */
static inline bool engine_can_follow(const struct engine *e)
{
    return e->type->round_begin != NULL;
}
/* A loop's round begins, and is followed while ENGINE_OBSERVE_ALL is set. */
static inline void engine_round_begin(struct engine *e)
{
    e->type->round_begin(e);
}
/* It is over after so many cycles, with nothing but loads, stores and computations in it: how many behind it do the same again, but for sums of
 * constants? UINT32_MAX: all. */
static inline uint32_t engine_round_end(struct engine *e, uint64_t cycles)
{
    return e->type->round_end(e, cycles);
}
/* Keeps it, and what it cost, for when the same loop is come by again. */
static inline void engine_round_keep(struct engine *e, uint64_t cycles, uint64_t extra)
{
    e->type->round_keep(e, cycles, extra);
}
/* At a jump: as engine_round_end, of a round kept that begins there; 0: there is none, or it would not do the same. */
static inline uint32_t engine_round_recall(struct engine *e, uint64_t *cycles, uint64_t *extra)
{
    return e->type->round_recall(e, cycles, extra);
}
/* Then: as if `times` more of them had been executed. One of the others must be, behind that. */
static inline void engine_round_add_up(struct engine *e, uint32_t times)
{
    e->type->round_add_up(e, times);
}

static inline uint32_t engine_get(const struct engine *e, enum engine_reg reg)
{
    return e->type->get(e, reg);
}
static inline void engine_set(struct engine *e, enum engine_reg reg, uint32_t value)
{
    e->type->set(e, reg, value);
}
/* IPSR: the exception being handled, 0 in thread mode. */
static inline unsigned engine_exception(const struct engine *e)
{
    return e->type->exception(e);
}
/* Core registers r0 to r14 and xPSR, as loops compare them. */
static inline void engine_get_all(const struct engine *e, uint32_t regs[16])
{
    e->type->get_all(e, regs);
}
static inline void engine_get_frame(const struct engine *e, struct engine_frame *f)
{
    e->type->get_frame(e, f);
}
static inline void engine_get_system(const struct engine *e, struct engine_system *s)
{
    e->type->get_system(e, s);
}
/* The stack pointer a handler returns to: PSP, or MSP, which it uses itself. */
static inline uint32_t engine_get_stack(const struct engine *e, bool psp)
{
    return e->type->get_stack(e, psp);
}
static inline void engine_get_fp(const struct engine *e, struct engine_fp *fp)
{
    e->type->get_fp(e, fp);
}
static inline void engine_set_fp(struct engine *e, const struct engine_fp *fp)
{
    e->type->set_fp(e, fp);
}
/* Enters handler mode: writes SP (both banks obeyed), LR, CONTROL, xPSR and PC. */
static inline void engine_enter(struct engine *e, const struct engine_frame *f)
{
    e->type->enter(e, f);
}
/* Leaves it: writes all of the frame; f->sp belongs to the stack f->control selects. */
static inline void engine_leave(struct engine *e, const struct engine_frame *f,
                                bool clear_faultmask)
{
    e->type->leave(e, f, clear_faultmask);
}

/* The page policy has changed: ask again for all pages. */
static inline void engine_flush_pages(struct engine *e)
{
    e->type->flush_pages(e);
}
/* Code in a page has changed: translate it anew. Not while the engine runs; ops->page must allow the
 * page to be executed just then. */
static inline void engine_forget_page(struct engine *e, uint32_t page)
{
    e->type->forget_page(e, page);
}
/* The core has been reset: what it copies to RAM will be translated anew. Not while it runs. */
static inline void engine_note_reset(struct engine *e)
{
    e->type->note_reset(e);
}
/* Another master has written there: an exclusive monitor that tags it is cleared. */
static inline void engine_stored(struct engine *e, uint32_t physical, unsigned size)
{
    e->type->stored(e, physical, size);
}

#endif
