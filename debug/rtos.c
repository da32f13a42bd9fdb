/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FreeRTOS's list.h, tasks.c and portable/GCC/ARM_CM{3,4F,7}/port.c as published: offsets in bytes. */
#include "debug/rtos.h"

#include <string.h>

/* List_t: uxNumberOfItems, pxIndex, xListEnd {xItemValue, pxNext, pxPrevious}. */
#define LIST_SIZE 20u
#define LIST_END 8u
#define LIST_END_VALUE 0xFFFFFFFFu /* portMAX_DELAY: the last of all */
/* ListItem_t: xItemValue, pxNext, pxPrevious, pvOwner, pxContainer. */
#define ITEM_NEXT 4u
#define ITEM_OWNER 12u
/* TCB_t: pxTopOfStack, xStateListItem, xEventListItem, uxPriority, pxStack, pcTaskName. */
#define TCB_STATE_ITEM 4u
#define TCB_EVENT_CONTAINER (4u + 20u + 16u)
#define TCB_PRIORITY 44u
#define TCB_NAME 52u

#define PRIORITIES_MAX 64u
#define XPSR_IPSR 0x1FFu
#define XPSR_PADDED (1u << 9) /* the frame was aligned by a word (DDI 0403 B1.5.7) */
#define CONTROL_SPSEL 2u

static const char *const symbols[RTOS_SYMBOLS] = {
    [RTOS_CURRENT] = "pxCurrentTCB",
    [RTOS_READY_LISTS] = "pxReadyTasksLists",
    [RTOS_TOP_PRIORITY] = "uxTopUsedPriority",
    [RTOS_DELAYED_1] = "xDelayedTaskList1",
    [RTOS_DELAYED_2] = "xDelayedTaskList2",
    [RTOS_PENDING] = "xPendingReadyList",
    [RTOS_SUSPENDED] = "xSuspendedTaskList",
    [RTOS_TERMINATING] = "xTasksWaitingTermination",
    [RTOS_SCHEDULER_RUNS] = "xSchedulerRunning",
};

void rtos_begin(struct rtos *r, const struct image *image)
{
    *r = (struct rtos){.told = RTOS_SYMBOLS};
    for (unsigned i = 0; i < RTOS_SYMBOLS && image != NULL; i++) {
        r->address[i] = image_object(image, symbols[i]);
    }
}

void rtos_forget(struct rtos *r)
{
    memset(r, 0, sizeof *r);
}

const char *rtos_wanted(const struct rtos *r)
{
    return r->told < RTOS_SYMBOLS ? symbols[r->told] : NULL;
}

void rtos_tell(struct rtos *r, uint32_t address)
{
    if (r->told < RTOS_SYMBOLS) {
        r->address[r->told++] = address;
    }
}

/* 0 where there is nothing. */
static uint32_t word_at(struct cpu *cpu, uint32_t address)
{
    uint32_t word = 0;
    return cpu_read_mem(cpu, address, &word, sizeof word) ? word : 0;
}

uint32_t rtos_running(const struct rtos *r, struct cpu *cpu)
{
    const bool in_thread = (cpu_get_reg(cpu, CPU_XPSR) & XPSR_IPSR) == 0;
    if (r->address[RTOS_CURRENT] == 0 || r->address[RTOS_READY_LISTS] == 0) {
        return 0;
    }
    /* Tasks have PSP. After a reset the variables still say what was before. */
    if (in_thread && (cpu_get_reg(cpu, CPU_CONTROL) & CONTROL_SPSEL) == 0) {
        return 0;
    }
    const uint32_t runs = r->address[RTOS_SCHEDULER_RUNS];
    return runs != 0 && word_at(cpu, runs) == 0 ? 0 : word_at(cpu, r->address[RTOS_CURRENT]);
}

/* Its state list item says who it belongs to. */
static bool is_tcb(struct cpu *cpu, uint32_t tcb)
{
    return tcb != 0 && word_at(cpu, tcb + TCB_STATE_ITEM + ITEM_OWNER) == tcb;
}

static bool is_listed(const struct rtos_tasks *tasks, uint32_t tcb)
{
    bool is = false;
    for (unsigned i = 0; i < tasks->count; i++) {
        is = is || tasks->list[i].tcb == tcb;
    }
    return is;
}

static void add(struct cpu *cpu, uint32_t tcb, enum rtos_state state, struct rtos_tasks *tasks)
{
    if (tasks->count == RTOS_TASKS_MAX || !is_tcb(cpu, tcb) || is_listed(tasks, tcb)) {
        return;
    }
    struct rtos_task *t = &tasks->list[tasks->count++];
    *t = (struct rtos_task){
        .tcb = tcb, .state = state, .priority = word_at(cpu, tcb + TCB_PRIORITY)};
    (void)cpu_read_mem(cpu, tcb + TCB_NAME, t->name, RTOS_NAME_MAX);
    for (unsigned i = 0; t->name[i] != '\0'; i++) {
        const char c = t->name[i];
        t->name[i] = c < ' ' || c > '~' ? '?' : c;
    }
}

static bool is_list(struct cpu *cpu, uint32_t list)
{
    return list != 0 && word_at(cpu, list + LIST_END) == LIST_END_VALUE &&
           word_at(cpu, list + LIST_END + ITEM_NEXT) != 0;
}

/* However the list is knotted: no longer than there may be tasks. */
static void add_list(struct cpu *cpu, uint32_t list, enum rtos_state state,
                     struct rtos_tasks *tasks)
{
    uint32_t item = is_list(cpu, list) ? word_at(cpu, list + LIST_END + ITEM_NEXT) : 0;
    for (unsigned i = 0; i < RTOS_TASKS_MAX && item != 0 && item != list + LIST_END; i++) {
        const uint32_t tcb = word_at(cpu, item + ITEM_OWNER);
        /* Who waits for ever is in the list of the suspended, too, and in that of an event. */
        const bool waits =
            state == RTOS_IS_SUSPENDED && word_at(cpu, tcb + TCB_EVENT_CONTAINER) != 0;
        add(cpu, tcb, waits ? RTOS_IS_BLOCKED : state, tasks);
        item = word_at(cpu, item + ITEM_NEXT);
    }
}

/* A list a priority, one behind the other. Without uxTopUsedPriority: as long as there are lists; those that follow
 * are the kernel's others, whose tasks would be taken for ready: they have been listed before. */
static void add_ready(const struct rtos *r, struct cpu *cpu, struct rtos_tasks *tasks)
{
    const uint32_t top = r->address[RTOS_TOP_PRIORITY];
    const uint32_t told = top != 0 ? word_at(cpu, top) + 1 : PRIORITIES_MAX;
    uint32_t list = r->address[RTOS_READY_LISTS];
    for (uint32_t i = 0; i < told && i < PRIORITIES_MAX && is_list(cpu, list); i++) {
        add_list(cpu, list, RTOS_IS_READY, tasks);
        list += LIST_SIZE;
    }
}

void rtos_list(const struct rtos *r, struct cpu *cpu, struct rtos_tasks *tasks)
{
    const uint32_t running = rtos_running(r, cpu);
    tasks->count = 0;
    if (running == 0) {
        return;
    }
    add(cpu, running, RTOS_RUNS, tasks);
    add_list(cpu, r->address[RTOS_DELAYED_1], RTOS_IS_BLOCKED, tasks);
    add_list(cpu, r->address[RTOS_DELAYED_2], RTOS_IS_BLOCKED, tasks);
    add_list(cpu, r->address[RTOS_SUSPENDED], RTOS_IS_SUSPENDED, tasks);
    add_list(cpu, r->address[RTOS_TERMINATING], RTOS_IS_DELETED, tasks);
    add_ready(r, cpu, tasks);
    add_list(cpu, r->address[RTOS_PENDING], RTOS_IS_READY, tasks);
}

/* ---- contexts ---- */

/* Words from `address` on are those registers; what follows them. */
static uint32_t lay(struct rtos_context *c, uint32_t address, enum cpu_reg first, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        c->at[first + i] = address + 4 * i;
    }
    return address + 4 * count;
}

/* Back to Thread mode with PSP, with or without the FPU's frame (DDI 0403 B1.5.8). */
static bool is_exc_return(uint32_t word)
{
    return word == 0xFFFFFFFDu || word == 0xFFFFFFEDu;
}

bool rtos_find_context(struct cpu *cpu, uint32_t tcb, struct rtos_context *context)
{
    *context = (struct rtos_context){.sp = 0};
    if (!is_tcb(cpu, tcb)) {
        return false;
    }
    uint32_t at = lay(context, word_at(cpu, tcb), CPU_R4, 8);
    const uint32_t exc_return = word_at(cpu, at);
    if (is_exc_return(exc_return)) { /* ARM_CM3 leaves it out: all its tasks have the same */
        at += 4;
        context->has_fpu = exc_return == 0xFFFFFFEDu;
    }
    if (context->has_fpu) {
        at = lay(context, at, (enum cpu_reg)(CPU_S0 + 16), 16);
    }
    at = lay(context, at, CPU_R0, 4);
    at = lay(context, at, CPU_R12, 1);
    at = lay(context, at, CPU_LR, 3); /* lr, pc, xpsr */
    if (context->has_fpu) {
        at = lay(context, at, CPU_S0, 16);
        at = lay(context, at, CPU_FPSCR, 1) + 4; /* and a reserved one */
    }
    const bool padded = (word_at(cpu, context->at[CPU_XPSR]) & XPSR_PADDED) != 0;
    context->sp = at + (padded ? 4 : 0);
    return true;
}
