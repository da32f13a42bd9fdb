/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_CPU_H
#define VBOARD_CPU_CPU_H

/*
 * One processor core: a Cortex-M7 or Cortex-M4 that executes Thumb code out of the chip's memory
 * regions, with its private peripherals (NVIC, SysTick, SCB, MPU, DWT) and its exceptions.
 * Manuals: PM0253 (M7), PM0214 (M4), Armv7-M ARM (DDI 0403).
 *
 * Time: an instruction costs one cycle of the core's clock, an access to a peripheral or to the
 * private peripheral bus `mmio_cycles` more, exception entry and exit 12 each. Memory wait states,
 * caches and pipelines cost nothing.
 *
 * Cores are made, run and destroyed by a `struct machine` (machine.h); this header is for
 * debuggers, tests and the board. Functions that take registers or memory may be called only while
 * the machine does not run (between two machine_run_until), or from an event.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/chip.h"
#include "vboard/cpu/dcache.h"

struct cpu;

struct cpu_config {
    unsigned mmio_cycles;     /* extra cycles of a peripheral access; 0 = 8 */
    enum dcache_scope dcache; /* the M7's D-cache is watched (dcache.h); exact engines only */
    const char *engine;       /* what executes the code (engine.h); NULL: the default */
};

/* Makes a core for `chip`, whose regions and peripherals must all exist. NULL: out of memory. */
struct cpu *cpu_create(struct chip *chip, enum core core, const struct cpu_config *config);
void cpu_destroy(struct cpu *cpu);

/* Core reset, now: VTOR = vector_table, SP and PC from its first two words. */
void cpu_reset(struct cpu *cpu, uint32_t vector_table);
/* Its domain loses its supply: it forgets NVIC and SysTick, and sleeps until cpu_reset. */
void cpu_off(struct cpu *cpu);

enum core cpu_core(const struct cpu *cpu);
/* The core's own time: up to one slice away from the other core's. */
vtime_ps cpu_time(const struct cpu *cpu);
/* Instructions executed since the core was made, those of skipped loop iterations included. */
uint64_t cpu_instructions(const struct cpu *cpu);
/* Instructions that fast-forward computed instead of executing. */
uint64_t cpu_instructions_skipped(const struct cpu *cpu);
/* Of those that are not skipped: of loops that only count, which take no time either. */
uint64_t cpu_instructions_added_up(const struct cpu *cpu);
/* Accesses to registers that were executed. */
uint64_t cpu_register_accesses(const struct cpu *cpu);

bool cpu_is_locked_up(const struct cpu *cpu);
bool cpu_is_sleeping(const struct cpu *cpu);

/* The core's interrupt inputs; number 0 to 149 as in RM0399 Table 147, and IRQ_NMI. */
struct irq_sink cpu_irq_sink(struct cpu *cpu);
/* Sets the event register: wakes the core from WFE. */
void cpu_event(struct cpu *cpu);

/* A probe wants other pages than before (chip_probe). */
void cpu_ask_again(struct cpu *cpu);

/* ---- debugger ---- */

enum cpu_reg {
    CPU_R0,
    CPU_R1,
    CPU_R2,
    CPU_R3,
    CPU_R4,
    CPU_R5,
    CPU_R6,
    CPU_R7,
    CPU_R8,
    CPU_R9,
    CPU_R10,
    CPU_R11,
    CPU_R12,
    CPU_SP,
    CPU_LR,
    CPU_PC,
    CPU_XPSR,
    CPU_MSP,
    CPU_PSP,
    CPU_PRIMASK,
    CPU_BASEPRI,
    CPU_FAULTMASK,
    CPU_CONTROL,
    CPU_FPSCR,
    CPU_S0, /* ... S31 = CPU_S0 + 31 */
    CPU_REG_COUNT = CPU_S0 + 32
};

uint32_t cpu_get_reg(const struct cpu *cpu, enum cpu_reg reg);
void cpu_set_reg(struct cpu *cpu, enum cpu_reg reg, uint32_t value);

/* Memory and registers as a debug probe sees them: MASTER_DEBUG, no side effects, no findings.
 * False: something in the range is not mapped (what lies before it has been transferred). */
bool cpu_read_mem(struct cpu *cpu, uint32_t address, void *data, size_t size);
bool cpu_write_mem(struct cpu *cpu, uint32_t address, const void *data, size_t size);
/* Someone other than this core changed code in host memory (flash programming, a loader). */
void cpu_code_changed(struct cpu *cpu, uint32_t address, uint32_t size);

/* Halts the core as C_HALT does, or lets it go on. Sets chip->cores.halted. */
void cpu_halt(struct cpu *cpu, bool halt);
/* Executes one instruction of a halted core, with interrupts left alone as with C_MASKINTS. */
void cpu_step(struct cpu *cpu);
/* At most 32; true if there was room. A core that reaches one halts, with PC at the breakpoint. */
bool cpu_breakpoint(struct cpu *cpu, uint32_t address, bool set);
/* The core behaves from now on as if its code had fallen into an endless loop with all interrupts
 * masked, until it is reset: for tests of watchdogs. */
void cpu_hang(struct cpu *cpu);

#endif
