/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The tasks of FreeRTOS, read out of a core's memory by the symbols of its image: which there are, and what the registers
 * of one are that does not run. Nothing in the image need be made for it.
 *
 * Known: the kernel's lists and TCB as they are from V9 on with 32-bit ticks, without list integrity
 * checks, without MPU; contexts as the ports ARM_CM3, ARM_CM4F and ARM_CM7 save them. What does not look so is
 * no task.
 */
#ifndef DEBUG_RTOS_H
#define DEBUG_RTOS_H

#include "formats/image/image.h"
#include "vboard/cpu/cpu.h"

#include <stdbool.h>
#include <stdint.h>

#define RTOS_TASKS_MAX 64u
#define RTOS_NAME_MAX 16u

enum rtos_symbol {
    RTOS_CURRENT, /* pxCurrentTCB */
    RTOS_READY_LISTS,
    RTOS_TOP_PRIORITY, /* few images have it */
    RTOS_DELAYED_1,
    RTOS_DELAYED_2,
    RTOS_PENDING,
    RTOS_SUSPENDED,   /* INCLUDE_vTaskSuspend */
    RTOS_TERMINATING, /* INCLUDE_vTaskDelete */
    RTOS_SCHEDULER_RUNS,
    RTOS_SYMBOLS
};

enum rtos_state { RTOS_RUNS, RTOS_IS_READY, RTOS_IS_BLOCKED, RTOS_IS_SUSPENDED, RTOS_IS_DELETED };

struct rtos {
    uint32_t address[RTOS_SYMBOLS]; /* 0: the image has no such symbol */
    unsigned told;                  /* of them the debugger has said so far */
};

struct rtos_task {
    uint32_t tcb;
    enum rtos_state state;
    uint32_t priority;
    char name[RTOS_NAME_MAX + 1];
};

struct rtos_tasks {
    unsigned count;
    struct rtos_task list[RTOS_TASKS_MAX];
};

/* Where a task's registers stand in memory; 0: they are not saved, but the core's. */
struct rtos_context {
    uint32_t sp; /* its own, behind the frames */
    bool has_fpu;
    uint32_t at[CPU_REG_COUNT];
};

/* By the image's own table of symbols, if it has one. NULL: no tasks. */
void rtos_begin(struct rtos *r, const struct image *image);
/* GDB has another image: all symbols are to be asked for anew. */
void rtos_forget(struct rtos *r);
/* The name of the symbol to ask for next; NULL: all are told. */
const char *rtos_wanted(const struct rtos *r);
/* Its address, 0: there is none. */
void rtos_tell(struct rtos *r, uint32_t address);

/* The TCB of the task that the core executes, or has interrupted; 0: it runs no tasks (yet). */
uint32_t rtos_running(const struct rtos *r, struct cpu *cpu);
/* All tasks, the running one first; none as long as none runs. */
void rtos_list(const struct rtos *r, struct cpu *cpu, struct rtos_tasks *tasks);
/* False: that is no task with a saved context. */
bool rtos_find_context(struct cpu *cpu, uint32_t tcb, struct rtos_context *context);

#endif
