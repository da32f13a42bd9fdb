/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/odd.h"

#include "check/judge.h"
#include "check/places.h"
#include "check/repeat.h"
#include "vboard/cpu/cpu.h"

#include <stdlib.h>
#include <string.h>

/* RM0399 9.7, 20.6, 13.3: registers and bits. */
#define RCC_GCR (RCC + 0xA0u)
#define ENR_PLAIN_TO_C1 0x60u
#define ENR_PLAIN_TO_C2 0xC0u
#define AHB4ENR 0xE0u
#define EXTI_C1IMR3 0x580000A0u
#define EXTI_C1EMR3 0x580000A4u
#define EXTI_C2 0x40u /* the same for the CM4 */
#define NVIC_ISER3 0xE000E10Cu
#define SCB_SCR 0xE000ED10u
#define SCR_SEVONPEND (1u << 4)
#define HSEM_C1IER (HSEM + 0x100u)
#define HSEM_C2IER (HSEM + 0x110u)
#define HSEM_LOCK (1u << 31)
#define HSEM_COREID_Pos 8
#define HSEM_COUNT 32u
/* HSEM's interrupts are lines 77 (CM7) and 78 (CM4): bits of the third word. */
#define HSEM_BIT(core) (13u + (unsigned)(core))
/* Asked so often in one start, and still there: a loop. */
#define MANY 1000u
#define LOOP_SPAN 96u

static const struct check_core *core_of(const struct check_scene *s, enum core core)
{
    return &s->boot->core[core];
}

static uint32_t pc_of(const struct check_scene *s, enum core core)
{
    return cpu_get_reg(s->cpu[core], CPU_PC);
}

/* Its option byte holds it (4.9.8), and nobody lets it go (RCC_GCR.BOOT_C1, BOOT_C2). */
static void find_held(const struct check_scene *s, struct check_odds *odds, enum core core)
{
    if (core_of(s, core)->state == CHECK_HELD && !core_of(s, core)->empty) {
        check_add_odd(odds, &(struct check_odd){
                                .kind = CHECK_NEVER_RELEASED, .core = core, .address = RCC_GCR});
    }
}

/* HSEM's interrupts are 125 and 126 (RM0399 Table 147). */
static bool hsem_wakes(const struct check_scene *s, enum core core)
{
    uint32_t enabled = 0, control = 0;
    cpu_read_mem(s->cpu[core], NVIC_ISER3, &enabled, sizeof enabled);
    cpu_read_mem(s->cpu[core], SCB_SCR, &control, sizeof control);
    return (enabled >> (29u + (unsigned)core) & 1u) != 0 || (control & SCR_SEVONPEND) != 0;
}

/* In Stop, HSEM is to wake it, and EXTI does not let its line through (RM0399 20.4, Table 155). */
static void find_stop(const struct check_scene *s, struct check_odds *odds, enum core core)
{
    uint32_t bank = core == CORE_CM4 ? EXTI_C2 : 0;
    uint32_t bit = 1u << HSEM_BIT(core);
    /* As an event, or as an interrupt that NVIC takes. */
    uint32_t through = s->read(s->ctx, EXTI_C1EMR3 + bank) |
                       (hsem_wakes(s, core) ? s->read(s->ctx, EXTI_C1IMR3 + bank) : 0);
    uint32_t enabled = s->read(s->ctx, core == CORE_CM4 ? HSEM_C2IER : HSEM_C1IER);
    if (core_of(s, core)->state == CHECK_STOPS && enabled != 0 && (through & bit) == 0) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_STOP_WITHOUT_WAKE_UP,
                                                .core = core,
                                                .address = EXTI_C1EMR3 + bank,
                                                .bit = HSEM_BIT(core)});
    }
}

static bool is_near(uint32_t a, uint32_t b)
{
    return (a > b ? a - b : b - a) <= LOOP_SPAN;
}

/* It goes on asking a peripheral that has no clock for it. */
static void find_unclocked(const struct check_scene *s, struct check_odds *odds, enum core core)
{
    for (size_t i = 0; i < s->boot->finding_count; i++) {
        const struct finding *f = &s->boot->findings[i];
        if (f->code == FOUND_PERIPHERAL_UNCLOCKED && !f->write && check_core_of(f) == core &&
            f->count > MANY && is_near(f->pc, pc_of(s, core))) {
            uint32_t bank = core == CORE_CM4 ? ENR_PLAIN_TO_C2 : ENR_PLAIN_TO_C1;
            check_add_odd(odds, &(struct check_odd){.kind = CHECK_WAITS_UNCLOCKED,
                                                    .has_core = true,
                                                    .core = core,
                                                    .pc = f->pc,
                                                    .address = f->accessed,
                                                    .bit = f->data.enr_bit,
                                                    .value = RCC + f->data.enr + bank});
            return;
        }
    }
}

/* Each core allocates peripherals for itself (9.5.10). Here the other's enable is enough; boards have been
 * seen on which the CM4 then reads 0 from HSEM. */
static void find_borrowed(const struct check_scene *s, struct check_odds *odds, enum core core)
{
    if (s->borrowed_pc[core] != 0) {
        uint32_t bank = core == CORE_CM4 ? ENR_PLAIN_TO_C2 : ENR_PLAIN_TO_C1;
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_NOT_ALLOCATED,
                                                .has_core = true,
                                                .core = core,
                                                .pc = s->borrowed_pc[core],
                                                .address = HSEM,
                                                .value = RCC + AHB4ENR + bank});
    }
}

static bool is_in(const struct check_scene *s, enum core core, const char *function)
{
    return s->function[core] != NULL && strcmp(s->function[core], function) == 0;
}

/* HAL_Delay() where no tick comes. */
static void find_delay(const struct check_scene *s, struct check_odds *odds, enum core core)
{
    bool delays = is_in(s, core, "HAL_Delay") || is_in(s, core, "HAL_GetTick");
    if (delays && s->tick_stands[core] && core_of(s, core)->state == CHECK_RUNS) {
        check_add_odd(odds,
                      &(struct check_odd){.kind = CHECK_NO_TICK,
                                          .has_core = true,
                                          .core = core,
                                          .pc = pc_of(s, core),
                                          .bit = cpu_get_reg(s->cpu[core], CPU_PRIMASK) & 1u});
    }
}

/* The core gives up, or waits for a semaphore, and the other holds one. */
static void find_semaphore(const struct check_scene *s, struct check_odds *odds, enum core core)
{
    enum core other = core == CORE_CM7 ? CORE_CM4 : CORE_CM7;
    uint32_t id = other == CORE_CM7 ? 3u : 1u; /* bus masters' COREID, RM0399 11.3.2 */
    const struct check_core *c = core_of(s, core);
    bool waits = c->state == CHECK_WAITS && c->poll.address - HSEM < 0x400u;
    for (uint32_t n = 0; n < HSEM_COUNT && (waits || is_in(s, core, "Error_Handler")); n++) {
        uint32_t value = s->read(s->ctx, HSEM + 4 * n);
        /* One that was taken by reading RLR has process 0. */
        if (value == (HSEM_LOCK | id << HSEM_COREID_Pos)) {
            check_add_odd(odds, &(struct check_odd){.kind = CHECK_SEMAPHORE_TAKEN,
                                                    .core = core,
                                                    .address = HSEM + 0x80u + 4 * n,
                                                    .bit = n});
            return;
        }
    }
}

/* The core waits for a semaphore that somebody holds, itself perhaps. */
static void find_held_semaphore(const struct check_scene *s, struct check_odds *odds,
                                enum core core)
{
    const struct check_core *c = core_of(s, core);
    uint32_t offset = c->poll.address - HSEM;
    if (c->state != CHECK_WAITS || offset >= 0x100u) {
        return; /* HSEM_Rn at 0x00, HSEM_RLRn at 0x80 */
    }
    uint32_t n = offset % 0x80u / 4;
    uint32_t value = s->read(s->ctx, HSEM + 4 * n);
    uint32_t id = value >> HSEM_COREID_Pos & 15u;
    uint32_t own = core == CORE_CM7 ? 3u : 1u;
    bool looked_only = (value & 0xFFu) == 0 && id != own; /* CHECK_SEMAPHORE_TAKEN */
    bool releases_awaited = (c->poll.value & HSEM_LOCK) != 0 && (c->poll.value >> 8 & 15u) == id;
    if ((value & HSEM_LOCK) != 0 && releases_awaited && !looked_only) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_SEMAPHORE_HELD,
                                                .has_core = true,
                                                .core = core,
                                                .pc = c->poll.pc,
                                                .address = HSEM + 4 * n,
                                                .bit = n,
                                                .have = id == 3u ? CORE_CM7 : CORE_CM4});
    }
}

/* A flash word was begun: FLASH_SR1.WBNE, FLASH_SR2.WBNE (RM0399 4.9.5, 4.9.28). */
static void find_partial(const struct check_scene *s, struct check_odds *odds)
{
    static const uint32_t status[2] = {0x52002010u, 0x52002110u};
    for (unsigned i = 0; i < 2; i++) {
        if ((s->read(s->ctx, status[i]) & 2u) != 0) {
            check_add_odd(odds,
                          &(struct check_odd){.kind = CHECK_FLASH_PARTIAL, .address = status[i]});
        }
    }
}

bool check_is_stuck(const struct check_boot *boot)
{
    if (boot->core[CORE_CM7].ram.nobody || boot->core[CORE_CM4].ram.nobody) {
        return true;
    }
    for (size_t i = 0; boot->odds != NULL && i < boot->odds->count; i++) {
        switch (boot->odds->list[i].kind) {
        case CHECK_NEVER_RELEASED:
        case CHECK_STOP_WITHOUT_WAKE_UP:
        case CHECK_WAITS_UNCLOCKED:
        case CHECK_NO_TICK:
            return true;
        default:
            break;
        }
    }
    return false;
}

static void find_stuck(const struct check_scene *scene, struct check_odds *odds)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        find_held(scene, odds, (enum core)i);
        find_stop(scene, odds, (enum core)i);
        find_unclocked(scene, odds, (enum core)i);
        find_borrowed(scene, odds, (enum core)i);
        find_delay(scene, odds, (enum core)i);
        find_semaphore(scene, odds, (enum core)i);
        find_held_semaphore(scene, odds, (enum core)i);
        check_handlers(scene, (enum core)i, odds);
    }
    find_partial(scene, odds);
}

struct check_odds *check_look(const struct check_scene *scene)
{
    struct check_odds *odds = calloc(1, sizeof *odds);
    if (odds == NULL) {
        abort();
    }
    if (!scene->boot->vcore_lost && !scene->boot->cut) {
        find_stuck(scene, odds);
        check_signals(scene, odds);
    }
    return odds;
}
