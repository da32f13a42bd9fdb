/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_CORE_H
#define VBOARD_CPU_CORE_H

/*
 * A core's inside, shared by the files that make it up: cpu.c (life, debugger), cpu_bus.c (address
 * map), cpu_time.c, cpu_run.c (turns, sleep), cpu_loop.c (fast-forward), exception.c (entry,
 * return, faults), scb.c and cpu_ppb.c (private peripheral bus). Nobody else includes it but
 * machine.c.
 */
#include "vboard/cpu/cpu.h"
#include "vboard/cpu/access.h"
#include "vboard/cpu/debug_state.h"
#include "vboard/cpu/engine_calls.h"
#include "vboard/cpu/loop.h"
#include "vboard/cpu/dwt.h"
#include "vboard/cpu/mpu.h"
#include "vboard/cpu/nvic.h"
#include "vboard/cpu/pending.h"
#include "vboard/cpu/regions.h"
#include "vboard/cpu/scb.h"
#include "vboard/cpu/systick.h"

#define CPU_MAX_REGIONS 32u
#define CPU_MAX_BREAKPOINTS 32u
#define CPU_MAX_STALE 8u
#define CPU_PAGES 256u

/* Where the core is in time: epoch + cycles of the present clock (cpu_time.c). */
struct cpu_timebase {
    vtime_ps epoch;
    uint64_t cycles;        /* finished since epoch, without the run under way */
    int64_t granted;        /* what meter->left began with: the run has used granted - left */
    uint64_t stop_cycle;    /* the turn ends at the first block at or beyond it */
    uint64_t cycles_before; /* all cycles before epoch, for CYCCNT */
    uint64_t extra;         /* cycles that were not instructions */
};

struct machine_hooks {
    void *ctx;
    /* The core has detected that it only loops: may it go on beyond its slice? Time or 0. */
    vtime_ps (*jump_limit)(void *ctx, enum core core);
    /* The core was asleep or stopped and now runs from `now`. */
    void (*woke)(void *ctx, enum core core, vtime_ps now);
    /* SEV, to both cores. */
    void (*sev)(void *ctx, enum core core);
    /* The other core, if it runs; else NULL. */
    struct cpu *(*peer)(void *ctx, enum core core);
};

struct cpu {
    struct chip *chip;
    enum core core;
    struct engine *engine;
    struct engine_meter *meter;
    struct cpu_config config;
    struct machine_hooks machine;
    bool exact; /* the engine is (engine.h) */
    bool fast_forward;

    struct nvic nvic;
    struct systick systick;
    struct scb scb;
    struct mpu mpu;
    struct dwt dwt;
    struct cpu_timebase time;
    struct cpu_loop loop;
    struct clock *clock;
    struct clock_listener clock_listener;

    struct cpu_region regions[CPU_MAX_REGIONS];
    unsigned region_count;
    uint8_t changing[CPU_MAX_REGIONS]; /* those with a gate, a guard or times of being busy */
    unsigned changing_count;
    struct cpu_region external[EXTERNAL_SLOTS]; /* what opens and closes while it runs */
    bool external_mapped[EXTERNAL_MEMORIES];    /* the engine has its bytes */
    struct cpu_page pages[CPU_PAGES];
    uint32_t nowhere; /* physical address of a page of I/O that stands for one of no memory */
    uint32_t nowhere_stands_for;
    uint64_t *code_pages; /* bitmap of physical 1 KB pages code was fetched from */
    uint32_t *code_list;  /* the same as a list */
    unsigned code_count, code_room;
    uint64_t
        *data_pages; /* the same of those it has loaded from or stored to; exact engines only */
    uint32_t stale[CPU_MAX_STALE]; /* pages of code that has changed since */
    unsigned stale_count;          /* more than there is room for: all */

    struct dcache *dcache;      /* the M7's, if asked for (caches.h) */
    struct icache *icache;      /* with it */
    struct bus_snoop transfers; /* for it */

    bool in_run;     /* inside engine_run */
    bool forgetting; /* inside cpu_code_forget */
    bool sleeping, waits_for_event;
    bool deep;       /* asleep with SLEEPDEEP: in CStop */
    bool event;      /* the event register */
    bool late_event; /* SEVONPEND's, of an interrupt that came in CStop */
    bool locked_up, hung;
    bool told_run_star;       /* that it wrote RAM in Run* */
    bool stalled;             /* on a bus access, until stall_event */
    vtime_ps stall_until;     /* not 0: the access under way has to wait until then */
    struct event stall_event; /* it goes on */
    bool fault_late; /* a bus error could not stop its instruction: raise it at the next block */
    uint32_t fault_address, fault_pc;
    struct nvic_masks masks; /* valid unless meter->system_ran or primask_ran (cpu_read_masks) */
    uint32_t masks_control;  /* CONTROL when system_ran was last seen to: its nPRIV holds as well */
    uint64_t skipped;        /* instructions */
    uint64_t register_accesses;
    struct cpu_access access;
    struct cpu_accesses accesses[CPU_ACCESS_BLOCKS];
    vtime_ps limit; /* of the turn under way */
    bool turn_over;
    bool free_known;     /* cpu_on_turn: */
    uint64_t free_until; /* cycle up to which it is not ahead of the other core */

    bool debugging; /* a debugger has been here: BKPT halts */
    uint32_t breakpoints[CPU_MAX_BREAKPOINTS];
    unsigned breakpoint_count;
    bool leave_break; /* going on from a breakpoint: step over it first */
    struct cpu_debug debug;
};

/* ---- cpu_time.c ---- */
void cpu_time_init(struct cpu *c);
/* That may still be executed. */
static inline int64_t cpu_cycles_left(const struct cpu *c)
{
    return c->meter->left + c->meter->aside;
}
/* Cycles since epoch, the run under way included. */
static inline uint64_t cpu_cycles_done(const struct cpu *c)
{
    return c->time.cycles + (uint64_t)(c->time.granted - cpu_cycles_left(c));
}
/* All cycles the core ever executed; during an access, up to that. */
static inline uint64_t cpu_cycles_total(const struct cpu *c)
{
    return c->time.cycles_before + cpu_cycles_done(c) - c->access.to_come;
}
static inline bool cpu_has_clock(const struct cpu *c)
{
    return c->clock->uhz != 0;
}
/* Time after `cycles` cycles since epoch. */
static inline vtime_ps cpu_time_at(const struct cpu *c, uint64_t cycles)
{
    return c->time.epoch + (cpu_has_clock(c) ? clock_time(c->clock, cycles) : 0);
}
/* First cycle number since epoch that is not before `t`; the present one if the clock stands
 * still. */
uint64_t cpu_cycle_at(const struct cpu *c, vtime_ps t);
/* The core's clock moves on without executing: it slept or was stopped until `t`. */
void cpu_time_move(struct cpu *c, vtime_ps t);
/* Cycles spent on something that is not an instruction. */
void cpu_time_charge(struct cpu *c, uint64_t cycles);
/* How far it may go before it is ahead of the other core has to be worked out again. */
void cpu_time_forget_order(struct cpu *c);
/* Sets meter->left, keeping the account. */
void cpu_time_grant(struct cpu *c, int64_t left);

/* ---- cpu_bus.c ---- */
int cpu_bus_init(struct cpu *c);
extern const struct engine_ops cpu_engine_ops;
/* Asks for the pages anew if a gate or a guard has changed. */
void cpu_bus_refresh(struct cpu *c);
/* What lies in the page at `address`; valid until the next call. */
const struct cpu_page *cpu_bus_page(struct cpu *c, uint32_t address);
/* Host memory of [address, address + size), or NULL; for frames, vectors and code. */
uint8_t *cpu_bus_host(struct cpu *c, uint32_t address, uint32_t size);
/* RAM, as opposed to what only a model can change. */
bool cpu_bus_is_writable(struct cpu *c, uint32_t address);
bool cpu_bus_read_word(struct cpu *c, uint32_t address, uint32_t *value);
bool cpu_bus_write_word(struct cpu *c, uint32_t address, uint32_t value);
bool cpu_is_privileged(const struct cpu *c);

/* ---- external.c ---- */
/* Other external memories are open than before. */
void cpu_map_changed(struct cpu *c);
/* Code is wanted from a page that is not open: an access like any other, which may open it, or be refused. What lies
 * in the page then. */
const struct cpu_page *cpu_external_fetch(struct cpu *c, const struct cpu_page *known,
                                          uint32_t address);

/* ---- run_star.c ---- */
/* While the chip is in Run*: a page is asked about. */
void cpu_watch_run_star(struct cpu *c, const struct cpu_region *r, uint32_t page,
                        enum engine_access access, struct engine_page *out);

/* ---- cpu_ppb.c ---- */
uint32_t cpu_ppb_read(struct cpu *c, uint32_t address, unsigned size);
void cpu_ppb_write(struct cpu *c, uint32_t address, unsigned size, uint32_t value);

/* ---- exception.c ---- */
/* Reads PRIMASK, BASEPRI and FAULTMASK if they may have changed. */
void cpu_read_masks(struct cpu *c);
/* Stores words of a frame; false: not all can be. */
bool cpu_store_frame(struct cpu *c, uint32_t address, const uint32_t *words, unsigned count);
/* Enters what is pending and urgent enough; true if something was. */
bool cpu_take_exception(struct cpu *c);
void cpu_return_from_exception(struct cpu *c);

/* ---- cpu_run.c ---- */
/* Runs until the core's time is at or beyond `limit`, it sleeps, or the turn is cut. */
void cpu_run(struct cpu *c, vtime_ps limit);
/* The engine has used up what it was granted: more of the turn is left? */
bool cpu_run_refill(struct cpu *c);
/* Awake, released, not halted, clocked. */
static inline bool cpu_can_run(const struct cpu *c)
{
    const struct chip *chip = c->chip;
    return !c->sleeping && !c->stalled && !c->locked_up && !c->hung && !chip->cores.held[c->core] &&
           !chip->cores.halted[c->core] && c->clock->uhz != 0;
}
/* The turn must not go beyond `t`. */
void cpu_cut(struct cpu *c, vtime_ps t);

/* ---- cpu_loop.c ---- */
/* A turn was over: nothing it did can matter to the other core. */
bool cpu_loop_was_clean(const struct cpu *c);
/* Something has happened that may matter to what this core's loop sees. */
static inline void cpu_loop_spoil(struct cpu *c)
{
    c->loop.pure = false;
    c->loop.yielded = false;
}
/* A turn begins; a run within the turn begins. */
void cpu_loop_begin_turn(struct cpu *c);
void cpu_loop_begin_run(struct cpu *c);
/* While watching: a jump to `address`, and what has run since the one before. */
void cpu_loop_jump(struct cpu *c, uint32_t address, bool stored, bool effects);
/* While watching: a block begins. */
void cpu_loop_block(struct cpu *c, const struct engine_block *b);
/* The turn is long enough for a wait that could be skipped. */
static inline bool cpu_loop_may_wait(const struct cpu *c)
{
    return c->time.stop_cycle > cpu_cycles_done(c) + LOOP_WORTH_FOLLOWING;
}
/* While recording: the core is about to store to this page for the first time. */
void cpu_loop_record(struct cpu *c, uint32_t page);

#endif
