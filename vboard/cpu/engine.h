/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ENGINE_H
#define VBOARD_CPU_ENGINE_H

/*
 * The translator that executes Thumb code (Unicorn), reduced to what a core needs. It knows
 * registers, pages and basic blocks; it knows nothing of interrupts, time or chips. cpu_engine.c
 * and cpu_engine_regs.c are the only files that include Unicorn's header.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/blocks.h"

enum engine_model { ENGINE_CORTEX_M7, ENGINE_CORTEX_M4 };
enum engine_access { ENGINE_READ, ENGINE_WRITE, ENGINE_FETCH };

#define ENGINE_PAGE_SIZE 1024u

enum { ENGINE_MAY_READ = 1, ENGINE_MAY_WRITE = 2, ENGINE_MAY_EXECUTE = 4 };

/* What a page of the core's address space is backed by. */
struct engine_page {
    uint32_t physical;
    unsigned may;
};

/* engine_meter.observe */
enum {
    ENGINE_OBSERVE_ALL = 1,   /* call ops->block for each block */
    ENGINE_OBSERVE_NO_FP = 2, /* the FPU is off: stop in front of its instructions */
    ENGINE_OBSERVE_MASKS = 4, /* stop after a block with MSR or CPS */
    ENGINE_OBSERVE_STOP = 8   /* stop at the next block */
};

/* Read and written at each block: kept small, and open to the core's inner loop. */
struct engine_meter {
    int64_t left; /* cycles the core may still execute; at 0 or less the next block asks for more */
    const struct engine_block *block; /* that runs now, its instructions already taken off `left` */
    unsigned observe;                 /* ENGINE_OBSERVE_... */
    /* A block with MSR or CPS f has begun since the owner last cleared this: masks, CONTROL and stack
     * pointers may have changed. Also set by engine_set. */
    bool system_ran;
    bool primask_ran; /* the same for CPS i, which changes PRIMASK alone */
};

struct engine_ops {
    /* May the core access this page, and where is it? False: the access faults. */
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
    /* A block with a SEV begins. */
    void (*sev)(void *ctx);
};

enum engine_stop {
    ENGINE_STOPPED,   /* refill or observe asked for it; PC is a block's start */
    ENGINE_BREAK,     /* PC is a breakpoint */
    ENGINE_WFI,       /* executed; PC is behind it */
    ENGINE_WFE,       /* or YIELD, likewise */
    ENGINE_SVC,       /* executed; PC is behind it */
    ENGINE_BKPT,      /* PC is the instruction */
    ENGINE_RETURN,    /* PC was loaded with EXC_RETURN */
    ENGINE_UNDEFINED, /* PC is the instruction */
    ENGINE_NO_FP,     /* ENGINE_OBSERVE_NO_FP: PC is the FPU instruction */
    ENGINE_STATE,     /* branch to an even address */
    ENGINE_UNALIGNED, /* PC is the instruction */
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

struct engine;

struct engine *engine_create(enum engine_model model, const struct engine_ops *ops, void *ctx);
void engine_destroy(struct engine *e);
struct engine_meter *engine_meter(struct engine *e);

/* Physical memory; addresses and sizes are multiples of ENGINE_PAGE_SIZE. Return 0 or -1. */
int engine_map_host(struct engine *e, uint32_t physical, uint32_t size, uint8_t *host);
int engine_map_io(struct engine *e, uint32_t physical, uint32_t size);

/* Runs from the present PC. */
enum engine_stop engine_run(struct engine *e);
/* Executes one instruction, breakpoint or not; WFI does nothing. Slow: code is translated anew. */
enum engine_stop engine_step(struct engine *e);
/* Exchanges the whole list of breakpoints; `addresses` must outlive it. */
void engine_set_breaks(struct engine *e, const uint32_t *addresses, unsigned count);
/* After ENGINE_DENIED: what was refused, with the page's address only. */
enum engine_access engine_denied_access(const struct engine *e);
uint32_t engine_denied_page(const struct engine *e);
/* From ops->read or ->write: give the access up. The engine stops with ENGINE_DENIED at `pc`. */
void engine_refuse(struct engine *e, uint32_t pc, enum engine_access access);

uint32_t engine_get(const struct engine *e, enum engine_reg reg);
void engine_set(struct engine *e, enum engine_reg reg, uint32_t value);
/* IPSR: the exception being handled, 0 in thread mode. */
unsigned engine_exception(const struct engine *e);
/* Core registers r0 to r14 and xPSR, as loops compare them. */
void engine_get_all(const struct engine *e, uint32_t regs[16]);
void engine_get_frame(const struct engine *e, struct engine_frame *f);
/* xPSR, CONTROL, PRIMASK, BASEPRI, FAULTMASK; the masks read 0 while unprivileged. */
struct engine_system {
    uint32_t xpsr, control, primask, basepri, faultmask;
};
void engine_get_system(const struct engine *e, struct engine_system *s);
/* The stack pointer a handler returns to: PSP, or MSP, which it uses itself. */
uint32_t engine_get_stack(const struct engine *e, bool psp);
void engine_get_fp(const struct engine *e, struct engine_fp *fp);
void engine_set_fp(struct engine *e, const struct engine_fp *fp);
/* Enters handler mode: writes SP (both banks obeyed), LR, CONTROL, xPSR and PC. */
void engine_enter(struct engine *e, const struct engine_frame *f);
/* Leaves it: writes all of the frame; f->sp belongs to the stack f->control selects. */
void engine_leave(struct engine *e, const struct engine_frame *f, bool clear_faultmask);

/* The page policy has changed: ask again for all pages. */
void engine_flush_pages(struct engine *e);
/* Code in a page has changed: translate it anew. Not while the engine runs; ops->page must allow the
 * page to be executed just then. */
void engine_forget_page(struct engine *e, uint32_t page);
/* The core has been reset: what it copies to RAM will be translated anew. Not while it runs. */
void engine_note_reset(struct engine *e);

#endif
