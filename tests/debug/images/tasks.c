/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Tasks as FreeRTOS keeps them, without it: its lists and TCBs by their names and offsets (list.h, tasks.c), contexts saved as
 * its port for the Cortex-M7 does it. Each task runs until it waits, then the idle one for ever; it lets
 * "sensor" go on when a debugger sets `wake`.
 */
#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define CPACR REG(0xE000ED88u)
#define STACK_WORDS 128u
#define NAME_MAX 16u

struct list;

struct list_item {
    uint32_t value;
    struct list_item *next, *previous;
    void *owner;
    struct list *container;
};

struct list {
    uint32_t items;
    struct list_item *index;
    uint32_t end_value; /* these three are an item without owner */
    struct list_item *end_next, *end_previous;
};

struct tcb {
    uint32_t *top_of_stack;
    struct list_item state, event;
    uint32_t priority;
    uint32_t *stack;
    char name[NAME_MAX];
};

struct tcb *volatile current __asm__("pxCurrentTCB");
struct list ready[3] __asm__("pxReadyTasksLists");
struct list delayed_1 __asm__("xDelayedTaskList1");
struct list delayed_2 __asm__("xDelayedTaskList2");
struct list pending __asm__("xPendingReadyList");
struct list suspended __asm__("xSuspendedTaskList");
struct list terminating __asm__("xTasksWaitingTermination");
volatile uint32_t scheduler_runs __asm__("xSchedulerRunning");

static struct list queue; /* who waits for a sample */
volatile uint32_t wake, woken_r4;
static volatile float woken_s16;

enum { IDLE, BLINK, SENSOR, LOGGER, HEATER, GONE, TASKS };
static struct tcb tasks[TASKS];
static uint32_t stacks[TASKS][STACK_WORDS];

int main(void);
void reset_handler(void);
struct tcb *next_task(void);
void all_wait(void);
extern uint32_t stack_top[], data_load[], data_begin[], data_end[], bss_begin[], bss_end[];

/* ---- lists ---- */

static struct list_item *end_of(struct list *l)
{
    return (struct list_item *)(void *)&l->end_value;
}

static void begin_list(struct list *l)
{
    *l = (struct list){0, end_of(l), 0xFFFFFFFFu, end_of(l), end_of(l)};
}

static void put(struct list *l, struct list_item *item)
{
    struct list_item *end = end_of(l);
    if (item->container != 0) {
        item->previous->next = item->next;
        item->next->previous = item->previous;
        item->container->items--;
    }
    item->next = end;
    item->previous = l->end_previous;
    item->previous->next = item;
    l->end_previous = item;
    item->container = l;
    l->items++;
}

/* ---- the switch: as xPortPendSVHandler keeps a context ---- */

__attribute__((naked)) static void svc_handler(void)
{
    __asm__("mrs r0, psp\n\tldr r2, =pxCurrentTCB\n\tldr r1, [r2]\n\tcbz r1, 1f\n\t"
            "tst lr, #0x10\n\tit eq\n\tvstmdbeq r0!, {s16-s31}\n\t"
            "stmdb r0!, {r4-r11, lr}\n\tstr r0, [r1]\n"
            "1:\tbl next_task\n\tldr r2, =pxCurrentTCB\n\tstr r0, [r2]\n\tldr r0, [r0]\n\t"
            "ldmia r0!, {r4-r11, lr}\n\t"
            "tst lr, #0x10\n\tit eq\n\tvldmiaeq r0!, {s16-s31}\n\t"
            "msr psp, r0\n\tbx lr\n\t.ltorg");
}

/* Each once, from the last to the first; then the idle one, and who is woken. */
struct tcb *next_task(void)
{
    static unsigned left = TASKS;
    if (left > 0) {
        left--;
        return &tasks[left];
    }
    const uint32_t woken = wake;
    wake = 0;
    return woken != 0 ? &tasks[SENSOR] : &tasks[IDLE];
}

static void yield(void)
{
    __asm__ volatile("svc 0" ::: "memory");
}

/* ---- tasks ---- */

__attribute__((noinline)) static void wait_in(struct list *l)
{
    put(l, &current->state);
    yield();
}

/* Values that a debugger finds again while it waits, and changes. */
__attribute__((noinline)) static void wait_for_sample(void)
{
    uint32_t r4;
    float s16;
    put(&queue, &current->event);
    put(&suspended, &current->state);
    __asm__ volatile("movw r4, #0x4444\n\tvmov.f32 s16, #1.5\n\tsvc 0\n\tmov %0, r4\n\tvmov %1, s16"
                     : "=r"(r4), "=t"(s16)
                     :
                     : "r4", "s16", "memory");
    woken_r4 = r4;
    woken_s16 = s16;
}

static void blink_task(void)
{
    wait_in(&delayed_1);
}

static void heater_task(void)
{
    wait_in(&delayed_2);
}

static void logger_task(void)
{
    wait_in(&suspended);
}

static void gone_task(void)
{
    wait_in(&terminating);
}

__attribute__((noinline)) static void measure(void)
{
    wait_for_sample();
}

static void sensor_task(void)
{
    measure();
    yield();
}

__attribute__((noinline)) void all_wait(void)
{
    __asm__ volatile("nop");
}

static void idle_task(void)
{
    for (;;) {
        all_wait();
        if (wake != 0) {
            yield();
        }
    }
}

/* ---- start ---- */

static void create(unsigned i, const char *name, uint32_t priority, void (*run)(void))
{
    struct tcb *t = &tasks[i];
    uint32_t *frame = &stacks[i][STACK_WORDS - 8]; /* r0 to r3, r12, lr, pc, xpsr */
    frame[6] = (uint32_t)run & ~1u;
    frame[7] = 1u << 24;
    t->top_of_stack = frame - 9; /* r4 to r11 and EXC_RETURN */
    t->top_of_stack[8] = 0xFFFFFFFDu;
    t->stack = stacks[i];
    t->priority = priority;
    t->state.owner = t->event.owner = t;
    for (unsigned k = 0; name[k] != '\0'; k++) {
        t->name[k] = name[k];
    }
    put(&ready[priority], &t->state);
}

int main(void)
{
    struct list *const lists[] = {&ready[0],  &ready[1], &ready[2], &delayed_1,  &delayed_2,
                                  &suspended, &pending,  &queue,    &terminating};
    CPACR |= 0xFu << 20; /* the FPU */
    for (unsigned i = 0; i < sizeof lists / sizeof *lists; i++) {
        begin_list(lists[i]);
    }
    create(IDLE, "IDLE", 0, idle_task);
    create(BLINK, "blink", 1, blink_task);
    create(SENSOR, "<sensor>", 2, sensor_task);
    create(LOGGER, "logger", 1, logger_task);
    create(HEATER, "heater", 1, heater_task);
    create(GONE, "gone", 0, gone_task);
    scheduler_runs = 1;
    yield();
    return 0;
}

void reset_handler(void)
{
    for (uint32_t *from = data_load, *to = data_begin; to < data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = bss_begin; to < bss_end;) {
        *to++ = 0;
    }
    main();
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    [0] = stack_top, [1] = reset_handler, [11] = svc_handler};
