/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/repeat.h"

#include "vboard/cpu/cpu.h"

#define MANY 1000u
#define LONG VTIME_MS(5)
#define STILL VTIME_MS(1)
#define IRQ0 16u
#define IRQS 150u
#define NVIC_ISER 0xE000E100u
#define SCB_VTOR 0xE000ED08u
#define B_TO_ITSELF 0xE7FEu
/* Programming a flash word stalls for 16 us or so (RM0399 4.3.9, data sheet); erasing a sector for a second. */
#define STALL VTIME_MS(10)

/* ---- an interrupt that never ends ---- */

void check_repeat_note(struct check_repeat *r, unsigned number, bool chained, vtime_ps now)
{
    if (!chained || number != r->number) {
        *r = (struct check_repeat){.number = number, .since = now};
    }
    r->count += chained ? 1u : 0u;
    r->last = now;
}

void check_repeat_end(const struct check_repeat *r, struct cpu *cpu, struct check_odds *odds)
{
    vtime_ps now = cpu_time(cpu);
    if (r->count < MANY || r->last - r->since < LONG || now - r->last > STILL) {
        return;
    }
    uint32_t vtor = 0;
    uint32_t handler = 0;
    cpu_read_mem(cpu, SCB_VTOR, &vtor, sizeof vtor);
    cpu_read_mem(cpu, vtor + 4u * r->number, &handler, sizeof handler);
    check_add_odd(odds, &(struct check_odd){.kind = CHECK_ISR_STORM,
                                            .has_core = true,
                                            .core = cpu_core(cpu),
                                            .pc = handler & ~1u,
                                            .bit = r->number,
                                            .have = r->count});
}

/* ---- a core that stands still ---- */

void check_stall_end(const struct check_stall *s, struct cpu *cpu, struct check_odds *odds)
{
    if (s->longest >= STALL) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_FLASH_STALL,
                                                .has_core = true,
                                                .core = cpu_core(cpu),
                                                .pc = s->pc,
                                                .have = (uint32_t)(s->longest / VTIME_MS(1))});
    }
}

/* ---- handlers that are none ---- */

/* "b ." at the vector's target: what start-up files put where no handler was written. */
static bool leads_to_a_loop(struct cpu *cpu, uint32_t vtor, unsigned exception, uint32_t *handler)
{
    uint16_t code = 0;
    return cpu_read_mem(cpu, vtor + 4u * exception, handler, sizeof *handler) &&
           cpu_read_mem(cpu, *handler & ~1u, &code, sizeof code) && code == B_TO_ITSELF;
}

void check_handlers(const struct check_scene *scene, enum core core, struct check_odds *odds)
{
    struct cpu *cpu = scene->cpu[core];
    uint32_t vtor = 0;
    cpu_read_mem(cpu, SCB_VTOR, &vtor, sizeof vtor);
    for (unsigned irq = 0; irq < IRQS; irq++) {
        uint32_t enabled = 0;
        uint32_t handler = 0;
        cpu_read_mem(cpu, NVIC_ISER + irq / 32 * 4, &enabled, sizeof enabled);
        if ((enabled >> irq % 32 & 1u) != 0 && leads_to_a_loop(cpu, vtor, IRQ0 + irq, &handler)) {
            check_add_odd(odds, &(struct check_odd){.kind = CHECK_NO_HANDLER,
                                                    .has_core = true,
                                                    .core = core,
                                                    .pc = handler & ~1u,
                                                    .bit = irq});
            return;
        }
    }
}
