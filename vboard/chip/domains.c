/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/domains.h"

#include <stddef.h>

#include "vboard/chip/chip.h"

/* Table 7: D2's peripherals and SRAMs, but for the ART, which is enabled in AHB1ENR and sits in D1. */
#define D2_SRAM_BASE 0x30000000u
#define D3_SRAM_BASE 0x38000000u
#define D2_PERIPH_BASE 0x40000000u
#define ART_BASE 0x40024400u
#define D1_PERIPH_BASE 0x50000000u
#define D3_PERIPH_BASE 0x58000000u
#define FLASH_BASE 0x52002000u

enum power_domain chip_domain_of(enum core core)
{
    return core == CORE_CM7 ? POWER_D1 : POWER_D2;
}

enum power_domain chip_domain_at(uint32_t address)
{
    if (address < D2_PERIPH_BASE) {
        return address < D2_SRAM_BASE ? POWER_D1 : address < D3_SRAM_BASE ? POWER_D2 : POWER_D3;
    }
    if (address < D1_PERIPH_BASE) {
        return address == ART_BASE ? POWER_D1 : POWER_D2;
    }
    return address < D3_PERIPH_BASE ? POWER_D1 : POWER_D3;
}

static void reset_periphs(struct chip *c, enum power_domain domain)
{
    for (size_t i = 0; i < c->bus.periph_count; i++) {
        struct periph *p = c->bus.periphs[i];
        if (chip_domain_at(p->entry->base) == domain && p->entry->base != FLASH_BASE) {
            p->held_in_reset = false;
            periph_reset(p, RESET_SYSTEM);
        }
    }
}

static void forget(struct chip *c, enum power_domain domain)
{
    if (c->ram_lost != NULL) {
        c->ram_lost(c->ram_ctx, domain);
    }
}

void chip_domain_off(struct chip *c, enum power_domain domain)
{
    enum core core = domain == POWER_D1 ? CORE_CM7 : CORE_CM4;
    struct chip_cores *cores = &c->cores;
    cores->off[core] = cores->held[core] = true;
    cores->started[core] = cores->waits[core] = false;
    if (cores->cpu[core] != NULL) {
        cores->ops->off(cores->cpu[core]);
    }
    reset_periphs(c, domain);
    forget(c, domain);
    chip_cut_turn(c);
}

void chip_wake_up(struct chip *c, enum core core)
{
    struct chip_cores *cores = &c->cores;
    if (!cores->off[core] || c->resets.standby) {
        return;
    }
    cores->off[core] = false;
    chip_core_sleeps(c, core, CORE_AWAKE);
    chip_hold_core(c, core, false);
}

void chip_wake_line(struct chip *c, enum core core, enum core_wake from, bool high)
{
    struct chip_cores *cores = &c->cores;
    uint8_t was = cores->wake_line[core];
    cores->wake_line[core] = (uint8_t)(high ? was | from : was & ~(unsigned)from);
    if (was != 0 || cores->wake_line[core] == 0) {
        return;
    }
    if (from == CORE_WAKE_EXTI) {
        chip_wake_up(c, core);
    }
    if (cores->cpu[core] != NULL && cores->ops->wake != NULL) {
        cores->ops->wake(cores->cpu[core]);
    }
}

void chip_core_waits(struct chip *c, enum core core, bool waits)
{
    struct chip_cores *cores = &c->cores;
    if (cores->waits[core] == waits || cores->off[core]) {
        return;
    }
    cores->waits[core] = waits;
    chip_hold_core(c, core, waits);
}

void chip_standby(struct chip *c)
{
    c->resets.standby = true;
    resets_carry_out(c);
    forget(c, POWER_D1);
    forget(c, POWER_D2);
    forget(c, POWER_D3);
}

void chip_leave_standby(struct chip *c)
{
    if (c->resets.standby) {
        c->resets.standby = false;
        resets_carry_out(c);
    }
}
