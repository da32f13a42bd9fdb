/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_CORE_H
#define VBOARD_CPU_ARMV7M_CORE_H

/*
 * The state of an Armv7E-M core, for the files that execute its instructions.
 *
 * Memory is reached through tables by page (memory.h), code through decoded pages (code.h). What
 * lies behind them, exceptions and time, are the owner's (vboard/cpu/engine.h).
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/armv7m/fp/fp.h"
#include "vboard/cpu/armv7m/insn.h"
#include "vboard/cpu/armv7m/round.h"
#include "vboard/cpu/engine.h"

#define SP 13u
#define LR 14u
#define PC 15u

#define PAGE ENGINE_PAGE_SIZE
#define PAGE_SLOTS (PAGE / 2u)
#define FAST_PAGE_BITS 6u
#define FAST_PAGES (1u << FAST_PAGE_BITS)
#define CODE_SETS 256u
#define MAX_MAPS 40u
#define MAX_BREAKS 33u

/* RAM that may be read, or written, without a question: the addresses of pages, NO_PAGE if unused. */
struct fast_pages {
    uint32_t page[FAST_PAGES];
    uintptr_t bias[FAST_PAGES]; /* host address of address 0, if it were there */
};
#define NO_PAGE 0x200u

/* Any other page that the owner has been asked about. */
struct slow_page {
    uint32_t page; /* NO_PAGE where the answer holds for the one address only */
    uint32_t physical;
    uint8_t *host; /* NULL: registers */
    bool asks;     /* for its turn, at each access: memory or registers of both cores */
    bool watched;  /* and that even where it has its turn */
    bool code;     /* has been decoded from it */
};

/* The decoded instructions of a page; `slots` has a few more behind the last halfword (code.c). */
struct code_page {
    uint32_t base, physical;
    const uint8_t *host;
    struct code_page *next;     /* of its set */
    bool whole;                 /* not a straddle or a step */
    struct code_page *straddle; /* the instruction that lies across this page's end, or NULL */
    uint32_t straddle_op;
    struct insn slots[];
};

struct host_map {
    uint32_t physical, size;
    uint8_t *host; /* NULL: registers */
};

/* Whether the run goes on behind an instruction. */
enum core_break { BREAK_NOT, BREAK_LOOK, BREAK_STOP };

struct core {
    struct engine base; /* first */
    uint32_t r[16];     /* r[13] is the stack pointer in use; r[15] unused */
    uint32_t n, z;      /* N is bit 31 of n; Z: z is 0 */
    uint32_t c;         /* 0 or 1 */
    uint32_t v;         /* V is bit 31 of v */
    uint32_t q, ge;
    uint8_t itstate;
    uint8_t breaks;         /* enum core_break */
    const struct insn *at;  /* the instruction that accesses memory */
    struct code_page *page; /* it lies in */
    uint32_t pc;            /* between runs; in a run where code.c says so */
    bool thumb;
    bool m7;
    bool multiple;    /* in the middle of LDM, STRD ...: too late to wait */
    bool wants_pages; /* the pages were flushed: look the PC up again */

    uint32_t other_sp; /* the stack pointer that is not in use */
    uint32_t ipsr, control, primask, basepri, faultmask;
    /* The exclusive monitors: the address tagged last (DDI 0403 A3.4), while meter.tagged. */
    uint32_t monitor_physical, monitor_size;

    _Alignas(8) uint32_t s[32];
    struct fp_state fp;
    bool fp_ready; /* enabled, active and not stacked lazily: its instructions need not ask */

    enum engine_stop stop;
    bool refused;
    uint32_t denied_address;
    enum engine_access denied_access;

    struct fast_pages readable, writable;
    struct slow_page slow[2][FAST_PAGES]; /* by ENGINE_READ, ENGINE_WRITE */
    struct code_page *code[CODE_SETS];    /* by address; may be executed */
    struct code_page *decoded[CODE_SETS]; /* all of them, by physical address */
    struct code_page *single;             /* for a step */
    struct host_map maps[MAX_MAPS];
    unsigned map_count;
    uint32_t break_at[MAX_BREAKS];
    unsigned break_count;
    struct round round;
    struct round_kept rounds[ROUNDS_KEPT];
};

/* Host memory behind a physical address (memory.c), NULL for registers. */
uint8_t *host_of(const struct core *c, uint32_t physical);

/* ---- flags ---- */

static inline void set_nz(struct core *c, uint32_t result)
{
    c->n = result;
    c->z = result;
}

static inline bool is_privileged(const struct core *c)
{
    return c->ipsr != 0 || (c->control & 1u) == 0;
}

/* AddWithCarry (DDI 0403 A2.2.1), with its flags. */
static inline uint32_t add_flags(struct core *c, uint32_t x, uint32_t y, uint32_t carry)
{
    uint64_t sum = (uint64_t)x + y + carry;
    uint32_t result = (uint32_t)sum;
    c->c = (uint32_t)(sum >> 32);
    c->v = (x ^ result) & (y ^ result);
    set_nz(c, result);
    return result;
}

/* The same for x - y, which is most often asked for. */
static inline uint32_t subtract_flags(struct core *c, uint32_t x, uint32_t y)
{
    uint32_t result = x - y;
    c->c = x >= y;
    c->v = (x ^ y) & (x ^ result);
    set_nz(c, result);
    return result;
}

/* And for x + y. */
static inline uint32_t sum_flags(struct core *c, uint32_t x, uint32_t y)
{
    uint32_t result = x + y;
    c->c = result < x;
    c->v = (x ^ result) & (y ^ result);
    set_nz(c, result);
    return result;
}

/* ConditionPassed (A7.3.1) for each pair of conditions, whose second is the first one's opposite: a bit for each
 * value of N:Z:C:V. */
#define N_OF(f) ((f) >> 3 & 1u)
#define Z_OF(f) ((f) >> 2 & 1u)
#define C_OF(f) ((f) >> 1 & 1u)
#define V_OF(f) ((f)&1u)
#define HI_OF(f) (C_OF(f) & ~Z_OF(f))
#define GE_OF(f) (~(N_OF(f) ^ V_OF(f)) & 1u)
#define GT_OF(f) (GE_OF(f) & ~Z_OF(f))
#define FOUR(holds, f)                                                                             \
    (holds((f)) | holds((f) + 1u) << 1 | holds((f) + 2u) << 2 | holds((f) + 3u) << 3)
#define FOR_FLAGS(holds)                                                                           \
    (FOUR(holds, 0u) | FOUR(holds, 4u) << 4 | FOUR(holds, 8u) << 8 | FOUR(holds, 12u) << 12)

/* Without a jump that depends on `cond`, which no processor could foresee. */
static inline bool condition(const struct core *c, unsigned cond)
{
    static const uint16_t pass[7] = {FOR_FLAGS(Z_OF), FOR_FLAGS(C_OF),  FOR_FLAGS(N_OF),
                                     FOR_FLAGS(V_OF), FOR_FLAGS(HI_OF), FOR_FLAGS(GE_OF),
                                     FOR_FLAGS(GT_OF)};
    uint32_t flags = (c->n >> 31) << 3 | (uint32_t)(c->z == 0) << 2 | c->c << 1 | c->v >> 31;
    return cond >= 14 || (((uint32_t)pass[cond >> 1] >> flags ^ cond) & 1u) != 0;
}

#endif
