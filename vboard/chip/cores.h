/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_CORES_H
#define VBOARD_CHIP_CORES_H

/*
 * The cores as the chip and its models know them: held or released, asleep, halted, where they start,
 * their interrupt inputs. What executes instructions is vboard/cpu, or nothing at all in tests of models.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/access.h"
#include "vboard/chip/irq.h"
#include "vboard/kernel/vtime.h"

struct chip;
struct cpu; /* cpu.h */

enum core_sleep { CORE_AWAKE, CORE_SLEEP, CORE_DEEPSLEEP }; /* WFI/WFE with SLEEPDEEP 0 or 1 */

/* What the chip asks of a core; the CPU fills it in. Models never call these. */
struct core_ops {
    void (*reset)(struct cpu *cpu, uint32_t vector_table); /* fetch SP and PC there and run */
    void (*event)(struct cpu *cpu);                        /* set the event register (WFE) */
    /* Its domain has lost its supply: it sleeps, and nothing but a reset starts it. */
    void (*off)(struct cpu *cpu);
    /* cores.wake_line has gone high: in CStop it looks again for what wakes it. May be NULL. */
    void (*wake)(struct cpu *cpu);
    /* Host memory that may hold code was changed by a model (flash programmed or erased). */
    void (*code_changed)(struct cpu *cpu, uint32_t address, uint32_t size);
    /* Other external memories are open than before (external.h). */
    void (*map_changed)(struct cpu *cpu);
};

/* EXTI; a core on hold after Stop, whose master this one is (7.7.8). */
enum core_wake { CORE_WAKE_EXTI = 1, CORE_WAKE_HOLD = 2 };

struct core_listener {
    void (*sleep)(void *ctx, enum core core, enum core_sleep state, vtime_ps now); /* may be NULL */
    void (*halted)(void *ctx, enum core core, bool halted,
                   vtime_ps now); /* debugger; may be NULL */
    void *ctx;
    struct core_listener *next;
};

/* What runs in a core's place when it starts at certain addresses: a modelled boot ROM. Its core stays
 * `taken` (and held) until chip_start_core or the next reset. */
struct chip_rom {
    /* A core is about to start: true = the ROM takes it. */
    bool (*takes)(void *ctx, enum core core, uint32_t vector_table);
    /* Reset, power lost or VCORE lost while it ran. */
    void (*lost)(void *ctx);
    void *ctx;
};

struct chip_cores {
    struct cpu *cpu[CORE_COUNT]; /* NULL: no core, registers only (model tests) */
    const struct core_ops *ops;
    enum core_sleep sleep[CORE_COUNT];
    bool halted[CORE_COUNT];  /* by a debugger */
    bool held[CORE_COUNT];    /* not released: RCC_GCR.BOOT_Cx / option bytes, or no VCORE */
    bool started[CORE_COUNT]; /* has been released since the last reset */
    bool off[CORE_COUNT]; /* its domain has been in DStandby, and nobody has woken it (domains.h) */
    bool waits[CORE_COUNT]; /* on hold after Stop */
    /* Who asks the core to leave CStop; without an EXTI model anything may (RM0399 Table 38). */
    uint8_t wake_line[CORE_COUNT]; /* bits of enum core_wake */
    bool starts[CORE_COUNT];       /* released while a reset is under way: starts at its end */
    /* Where each core fetches its vectors after reset or release: set by the FLASH model from the
     * option bytes and BOOT0 when it is reset, changed by SYSCFG_UR2/UR3 (RM0399 13.3). */
    uint32_t boot_address[CORE_COUNT];
    struct irq_sink nvic[CORE_COUNT]; /* interrupt inputs 0..149 */
    const struct chip_rom *rom;       /* NULL: system memory is what lies there */
    bool taken[CORE_COUNT];           /* by the ROM */
    /* Set by chip_cut_turn; the run loop ends the turn at the next block and clears it. */
    bool turn_cut;
    /* HardFault, MemManage, BusFault and UsageFault since the chip was made: taken, and how many of their
     * handlers have returned. */
    unsigned faults_taken[CORE_COUNT], faults_returned[CORE_COUNT];
    struct core_listener *listeners;
};

/* Wakes `core` from WFE: an event from EXTI, SEV or the debugger. */
void chip_cpu_event(struct chip *c, enum core core);
/* `core` has executed SEV: a pulse for the other core, by EXTI; without an EXTI model it comes at once. */
void chip_sev(struct chip *c, enum core core);
/* A model changed host memory that may hold code (flash programmed or erased, DMA): both cores must
 * translate it anew. */
void chip_code_changed(struct chip *c, uint32_t address, uint32_t size);
/* Lets a core run or not (BOOT_Cx, option bytes): its first fetch is from `boot address`. */
void chip_hold_core(struct chip *c, enum core core, bool held);
/* A core that the ROM took runs from the vectors at `vector_table` on. */
void chip_start_core(struct chip *c, enum core core, uint32_t vector_table);
void chip_listen_cores(struct chip *c, struct core_listener *l);
/* Cores call this when they sleep, wake, or are halted. */
void chip_core_sleeps(struct chip *c, enum core core, enum core_sleep state);
void chip_core_halted(struct chip *c, enum core core, bool halted);
/* The running core has changed a clock or a line: end its turn at the next block. */
void chip_cut_turn(struct chip *c);

/* A reset begins: both are awake, held, not started, and the ROM has lost what it had. */
void cores_reset(struct chip_cores *cores);
/* All peripherals have been reset: those released meanwhile start. */
void cores_start(struct chip *c);

#endif
