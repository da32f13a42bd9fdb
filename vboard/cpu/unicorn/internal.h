/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_UNICORN_INTERNAL_H
#define VBOARD_CPU_UNICORN_INTERNAL_H

/* The inside of an engine, for cpu_engine.c and cpu_engine_regs.c alone. */
#include <unicorn/unicorn.h>

#include "vboard/cpu/engine.h"

#define MAPS 16u
#define MAX_EXITS 40u
#define XPSR_T (1u << 24)

struct unicorn;

struct io_map {
    struct unicorn *engine;
    uint32_t base;
};

struct unicorn {
    struct engine base; /* first */
    uc_engine *uc;
    uint32_t pc;
    bool thumb;
    bool asked_to_stop;
    bool denied;
    bool refused;
    uint32_t intr; /* exception that ended the run, 0 = none */
    uint32_t denied_page;
    enum engine_access denied_access;
    bool no_fp;                /* stopped in front of a block that uses the absent FPU */
    bool no_fp_inside;         /* not with its first instruction */
    uint32_t no_fp_at;         /* address of the FPU instruction */
    uint64_t exits[MAX_EXITS]; /* breakpoints, and room for one more */
    unsigned break_count;
    unsigned resets;
    unsigned exception;   /* IPSR: no instruction changes it */
    bool stale_privilege; /* Unicorn may have cached handler mode */
    /* None lies across two cache lines. */
    _Alignas(16) struct engine_block blocks[CPU_BLOCKS];
    uint32_t described; /* blocks so far */
    struct io_map maps[MAPS];
    unsigned map_count;
    struct engine_frame frame; /* where engine_leave writes from */
};

static inline struct unicorn *unicorn_of(struct engine *e)
{
    return (struct unicorn *)e;
}

static inline const struct unicorn *unicorn_const_of(const struct engine *e)
{
    return (const struct unicorn *)e;
}

static inline uint32_t engine_read_reg(const struct unicorn *e, int id)
{
    uint32_t value = 0;
    uc_reg_read(e->uc, id, &value);
    return value;
}

static inline void engine_write_reg(struct unicorn *e, int id, uint32_t value)
{
    uc_reg_write(e->uc, id, &value);
}

/* regs.c: operations of the engine. */
uint32_t unicorn_get(const struct engine *base, enum engine_reg reg);
void unicorn_set(struct engine *base, enum engine_reg reg, uint32_t value);
unsigned unicorn_exception(const struct engine *base);
void unicorn_get_all(const struct engine *base, uint32_t regs[16]);
void unicorn_get_frame(const struct engine *base, struct engine_frame *f);
void unicorn_get_system(const struct engine *base, struct engine_system *s);
uint32_t unicorn_get_stack(const struct engine *base, bool psp);
void unicorn_get_fp(const struct engine *base, struct engine_fp *fp);
void unicorn_set_fp(struct engine *base, const struct engine_fp *fp);
void unicorn_enter(struct engine *base, const struct engine_frame *f);
void unicorn_leave(struct engine *base, const struct engine_frame *f, bool clear_faultmask);

#endif
