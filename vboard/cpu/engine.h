/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ENGINE_H
#define VBOARD_CPU_ENGINE_H

/*
 * What executes Thumb code, reduced to what a core needs: it knows registers, pages and
 * instructions; it knows nothing of interrupts, time or chips. There are two: armv7m/ (exact, the
 * default) and unicorn/ (a translator, where it was built in). Which one a core has is decided when it is
 * made; nothing but that choice names them.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/blocks.h"
#include "vboard/cpu/engine_regs.h"

enum engine_model { ENGINE_CORTEX_M7, ENGINE_CORTEX_M4 };
enum engine_access { ENGINE_READ, ENGINE_WRITE, ENGINE_FETCH };

#define ENGINE_PAGE_SIZE 1024u
#define ENGINE_CYCLE_COUNTER                                                                       \
    0xE0001004u /* DWT_CYCCNT: the owner's, and it moves by a round's cycles each round */

enum {
    ENGINE_MAY_READ = 1,
    ENGINE_MAY_WRITE = 2,
    ENGINE_MAY_EXECUTE = 4,
    ENGINE_SHARED = 8,  /* RAM of both cores: an exact engine asks for its turn at each access */
    ENGINE_FINE = 16,   /* the answer holds for the address asked about, not for its page */
    ENGINE_WATCHED = 32 /* with ENGINE_SHARED: it asks even where it need not wait */
};

/* What a page of the core's address space is backed by. */
struct engine_page {
    uint32_t physical;
    unsigned may;
};

/* engine_meter.observe */
enum {
    ENGINE_OBSERVE_ALL = 1,   /* call ops->block for each block, or ops->jumped for each jump */
    ENGINE_OBSERVE_NO_FP = 2, /* the FPU is off: stop in front of its instructions */
    ENGINE_OBSERVE_MASKS = 4, /* stop after MSR or CPS */
    ENGINE_OBSERVE_STOP = 8   /* stop at the next block, or instruction */
};

/* engine_meter.did */
enum {
    ENGINE_DID_STORE = 1, /* to memory */
    ENGINE_DID_MORE = 2   /* something beside memory, r0-r14, flags, PRIMASK and BASEPRI */
};

/* Read and written at each block or instruction: kept small, and open to the core's inner loop. */
struct engine_meter {
    int64_t left; /* cycles the core may still execute; at 0 or less the next block asks for more */
    int64_t
        aside; /* more of them, which the inner loop must not see: it has to look around first */
    const struct engine_block *block; /* that runs now, its instructions already taken off `left` */
    unsigned observe;                 /* ENGINE_OBSERVE_... */
    /* A block with MSR or CPS f has begun since the owner last cleared this: masks, CONTROL and stack
     * pointers may have changed. Also set by engine_set. */
    bool system_ran;
    bool primask_ran; /* the same for CPS i, which changes PRIMASK alone */
    /* Instructions of loops that only count, added up instead of executed (armv7m/counting.h). */
    uint64_t added_up;
    /* For exact engines. */
    /* While left + aside is at least that, ops->turn would say yes and has nothing to do. */
    int64_t asks_below;
    bool tagged;       /* by LDREX: the other core's stores have to be told (engine_stored) */
    unsigned did;      /* ENGINE_DID_...; while ENGINE_OBSERVE_ALL is set; the owner clears it */
    bool unprivileged; /* LDRT, STRT: this access counts as unprivileged, in its fault too */
    bool unalign_trap; /* CCR.UNALIGN_TRP */
    bool divide_trap;  /* CCR.DIV_0_TRP */
};

struct engine_ops {
    /* May the core access this page, and where is it? False: the access faults. Exact engines ask with
     * the address itself. */
    bool (*page)(void *ctx, uint32_t page, enum engine_access access, struct engine_page *out);
    /* Accesses to what was given to engine_map_io; addresses are physical. */
    uint64_t (*read)(void *ctx, uint32_t physical, unsigned size);
    void (*write)(void *ctx, uint32_t physical, unsigned size, uint64_t value);
    /* Code at `address`: a pointer to `size` bytes, or NULL. */
    const uint8_t *(*code)(void *ctx, uint32_t address, uint32_t size);
    /* `left` is used up at a block's start: true = it has been refilled, go on. */
    bool (*refill)(void *ctx, uint32_t address);
    /* A block begins, and ENGINE_OBSERVE_ALL is set. */
    void (*block)(void *ctx, const struct engine_block *block);
    /* A block with a SEV begins, or the SEV itself executes. */
    void (*sev)(void *ctx);

    /* ---- exact engines only ---- */

    /* A jump to `address`, and ENGINE_OBSERVE_ALL is set: meter->did tells what ran since. */
    void (*jumped)(void *ctx, uint32_t address);
    /* The instruction under way is about to access memory of both cores, or registers. False: it has to
     * wait, and is executed again in the next run. `first`: of the instruction; else it is too late. */
    bool (*turn)(void *ctx, uint32_t address, uint32_t physical, unsigned size, bool write,
                 bool first);
    /* Device or Strongly-ordered memory. */
    bool (*is_device)(void *ctx, uint32_t address);
    /* The FPU is about to be used for the first time since an exception or a change of CONTROL: stacks
     * what is still to be stacked. False: it may not be used. *fresh: a context begins, with
     * *fpscr. */
    bool (*use_fp)(void *ctx, bool *fresh, uint32_t *fpscr);
    /* An UNPREDICTABLE encoding is executed. */
    void (*unpredictable)(void *ctx, uint32_t pc);
};

enum engine_stop {
    ENGINE_STOPPED,   /* refill or observe asked for it */
    ENGINE_BREAK,     /* PC is a breakpoint */
    ENGINE_WFI,       /* executed; PC is behind it */
    ENGINE_WFE,       /* or YIELD, likewise */
    ENGINE_SVC,       /* executed; PC is behind it */
    ENGINE_BKPT,      /* PC is the instruction */
    ENGINE_RETURN,    /* PC was loaded with EXC_RETURN */
    ENGINE_UNDEFINED, /* PC is the instruction */
    ENGINE_NO_FP,     /* no such coprocessor, or the FPU is off: PC is the instruction */
    ENGINE_STATE,     /* branch to an even address */
    ENGINE_UNALIGNED, /* PC is the instruction */
    ENGINE_DIVIDE,    /* by zero: PC is the instruction */
    ENGINE_DENIED     /* ops->page said no; PC is the instruction (or what could not be fetched) */
};

struct engine_type;

/* What every engine begins with. */
struct engine {
    const struct engine_type *type;
    const struct engine_ops *ops;
    void *ctx;
    struct engine_meter meter;
};

struct engine_type {
    const char *name; /* "armv7m" */
    /* It stops at the instruction, not at the block's end, and knows the place of each access. */
    bool exact;
    struct engine *(*create)(enum engine_model model);
    void (*destroy)(struct engine *e);
    int (*map_host)(struct engine *e, uint32_t physical, uint32_t size, uint8_t *host);
    int (*map_io)(struct engine *e, uint32_t physical, uint32_t size);
    enum engine_stop (*run)(struct engine *e);
    enum engine_stop (*step)(struct engine *e);
    void (*set_breaks)(struct engine *e, const uint32_t *addresses, unsigned count);
    enum engine_access (*denied_access)(const struct engine *e);
    uint32_t (*denied_address)(const struct engine *e);
    uint32_t (*access_pc)(const struct engine *e);
    void (*refuse)(struct engine *e, uint32_t pc, enum engine_access access);
    uint32_t (*get)(const struct engine *e, enum engine_reg reg);
    void (*set)(struct engine *e, enum engine_reg reg, uint32_t value);
    unsigned (*exception)(const struct engine *e);
    void (*get_all)(const struct engine *e, uint32_t regs[16]);
    void (*get_frame)(const struct engine *e, struct engine_frame *f);
    void (*get_system)(const struct engine *e, struct engine_system *s);
    uint32_t (*get_stack)(const struct engine *e, bool psp);
    void (*get_fp)(const struct engine *e, struct engine_fp *fp);
    void (*set_fp)(struct engine *e, const struct engine_fp *fp);
    void (*enter)(struct engine *e, const struct engine_frame *f);
    void (*leave)(struct engine *e, const struct engine_frame *f, bool clear_faultmask);
    void (*flush_pages)(struct engine *e);
    void (*forget_page)(struct engine *e, uint32_t page);
    void (*note_reset)(struct engine *e);
    void (*stored)(struct engine *e, uint32_t physical, unsigned size);
    /* NULL: it cannot. */
    void (*round_begin)(struct engine *e);
    uint32_t (*round_end)(struct engine *e, uint64_t cycles);
    void (*round_keep)(struct engine *e, uint64_t cycles, uint64_t extra);
    uint32_t (*round_recall)(struct engine *e, uint64_t *cycles, uint64_t *extra);
    void (*round_add_up)(struct engine *e, uint32_t times);
};

extern const struct engine_type engine_armv7m, engine_unicorn;

/* "armv7m", "unicorn", or NULL for the default; NULL: there is none of that name in this program. */
const struct engine_type *engine_by_name(const char *name);

/* NULL: out of memory. */
struct engine *engine_create(const struct engine_type *type, enum engine_model model,
                             const struct engine_ops *ops, void *ctx);
void engine_destroy(struct engine *e);

#endif
