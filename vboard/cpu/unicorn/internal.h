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

struct io_map {
    struct engine *engine;
    uint32_t base;
};

struct engine {
    struct engine_meter meter;
    uc_engine *uc;
    const struct engine_ops *ops;
    void *ctx;
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

static inline uint32_t engine_read_reg(const struct engine *e, int id)
{
    uint32_t value = 0;
    uc_reg_read(e->uc, id, &value);
    return value;
}

static inline void engine_write_reg(struct engine *e, int id, uint32_t value)
{
    uc_reg_write(e->uc, id, &value);
}

#endif
