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

enum engine_model { ENGINE_CORTEX_M7, ENGINE_CORTEX_M4 };
enum engine_access { ENGINE_READ, ENGINE_WRITE, ENGINE_FETCH };

#define ENGINE_PAGE_SIZE 1024u

enum {
    ENGINE_MAY_READ = 1,
    ENGINE_MAY_WRITE = 2,
    ENGINE_MAY_EXECUTE = 4,
    ENGINE_SHARED = 8, /* RAM of both cores: an exact engine asks for its turn at each access */
    ENGINE_FINE = 16   /* the answer holds for the address asked about, not for its page */
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
    ENGINE_DID_MORE = 2   /* something beside memory, r0-r14 and flags */
};

/* Read and written at each block or instruction: kept small, and open to the core's inner loop. */
struct engine_meter {
    int64_t left; /* cycles the core may still execute; at 0 or less the next block asks for more */
    const struct engine_block *block; /* that runs now, its instructions already taken off `left` */
    unsigned observe;                 /* ENGINE_OBSERVE_... */
    /* A block with MSR or CPS f has begun since the owner last cleared this: masks, CONTROL and stack
     * pointers may have changed. Also set by engine_set. */
    bool system_ran;
    bool primask_ran; /* the same for CPS i, which changes PRIMASK alone */
    /* For exact engines. */
    unsigned did;       /* ENGINE_DID_...; while ENGINE_OBSERVE_ALL is set; the owner clears it */
    bool unprivileged;  /* LDRT, STRT: this access counts as unprivileged, in its fault too */
    bool unalign_trap;  /* CCR.UNALIGN_TRP */
    bool divide_trap;   /* CCR.DIV_0_TRP */
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
    bool (*turn)(void *ctx, uint32_t physical, unsigned size, bool write, bool first);
    /* Device or Strongly-ordered memory. */
    bool (*is_device)(void *ctx, uint32_t address);
    /* The FPU is about to be used for the first time since an exception or a change of CONTROL: stacks
     * what is still to be stacked. False: it may not be used. *fresh: a context begins, with
     * *fpscr. */
    bool (*use_fp)(void *ctx, bool *fresh, uint32_t *fpscr);
    /* An UNPREDICTABLE encoding is executed. */
    void (*unpredictable)(void *ctx, uint32_t pc, const char *what);
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

/* The registers an exception pushes and changes. PSR includes IPSR and EPSR. */
struct engine_frame {
    uint32_t r0, r1, r2, r3, r12, sp, lr, pc, xpsr, control;
    uint32_t control_before; /* what CONTROL holds as yet */
};

struct engine_fp {
    _Alignas(8) uint32_t s[16];
    uint32_t fpscr;
};

/* xPSR, CONTROL, PRIMASK, BASEPRI, FAULTMASK; the masks may read 0 while unprivileged. */
struct engine_system {
    uint32_t xpsr, control, primask, basepri, faultmask;
};

/* Names of registers for engine_get and engine_set. */
enum engine_reg {
    ENGINE_R0 = 0, /* ... R15 = 15 */
    ENGINE_XPSR = 16,
    ENGINE_MSP,
    ENGINE_PSP,
    ENGINE_PRIMASK,
    ENGINE_BASEPRI,
    ENGINE_FAULTMASK,
    ENGINE_CONTROL,
    ENGINE_FPSCR,
    ENGINE_S0, /* ... S31 */
    ENGINE_REG_COUNT = ENGINE_S0 + 32
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
};

extern const struct engine_type engine_armv7m, engine_unicorn;

/* "armv7m", "unicorn", or NULL for the default; NULL: there is none of that name in this program. */
const struct engine_type *engine_by_name(const char *name);

/* NULL: out of memory. */
struct engine *engine_create(const struct engine_type *type, enum engine_model model,
                             const struct engine_ops *ops, void *ctx);
void engine_destroy(struct engine *e);

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
