/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/cores.h"

#include <stddef.h>

#include "vboard/chip/boot_alias.h"
#include "vboard/chip/chip.h"

void chip_cut_turn(struct chip *c)
{
    c->cores.turn_cut = true;
}

void chip_cpu_event(struct chip *c, enum core core)
{
    if (c->cores.cpu[core] != NULL) {
        c->cores.ops->event(c->cores.cpu[core]);
    }
}

/* EXTI's event inputs (RM0399 Table 152). */
#define SEV_OF_CM4 79u
#define SEV_OF_CM7 80u

void chip_sev(struct chip *c, enum core core)
{
    const unsigned line = core == CORE_CM7 ? SEV_OF_CM7 : SEV_OF_CM4;
    if (c->exti.set == NULL) {
        chip_cpu_event(c, core == CORE_CM7 ? CORE_CM4 : CORE_CM7);
        return;
    }
    c->exti.set(c->exti.ctx, line, true);
    c->exti.set(c->exti.ctx, line, false);
}

void chip_code_changed(struct chip *c, uint32_t address, uint32_t size)
{
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        if (c->cores.cpu[core] != NULL) {
            c->cores.ops->code_changed(c->cores.cpu[core], address, size);
        }
    }
}

void chip_listen_cores(struct chip *c, struct core_listener *l)
{
    l->next = c->cores.listeners;
    c->cores.listeners = l;
}

void chip_core_sleeps(struct chip *c, enum core core, enum core_sleep state)
{
    if (c->cores.sleep[core] == state) {
        return;
    }
    c->cores.sleep[core] = state;
    for (struct core_listener *l = c->cores.listeners; l != NULL; l = l->next) {
        if (l->sleep != NULL) {
            l->sleep(l->ctx, core, state, c->sched.now);
        }
    }
}

void chip_core_halted(struct chip *c, enum core core, bool halted)
{
    if (c->cores.halted[core] == halted) {
        return;
    }
    c->cores.halted[core] = halted;
    for (struct core_listener *l = c->cores.listeners; l != NULL; l = l->next) {
        if (l->halted != NULL) {
            l->halted(l->ctx, core, halted, c->sched.now);
        }
    }
    chip_debug_halted(c);
}

/* Released for the first time since reset: it starts at its boot address (RM0399 9.5.11). */
static void start(struct chip *c, enum core core)
{
    struct chip_cores *cores = &c->cores;
    const struct chip_rom *rom = cores->rom;
    cores->started[core] = true;
    if (core == CORE_CM4) {
        boot_alias_aim(c, cores->boot_address[core]);
    }
    if (rom != NULL && rom->takes(rom->ctx, core, cores->boot_address[core])) {
        cores->taken[core] = cores->held[core] = true;
        return;
    }
    cores->ops->reset(cores->cpu[core], cores->boot_address[core]);
}

void chip_hold_core(struct chip *c, enum core core, bool held)
{
    struct chip_cores *cores = &c->cores;
    if (!held && !resets_let_run(&c->resets)) {
        return;
    }
    if (c->resets.resetting) {
        cores->starts[core] = !held;
        return;
    }
    if (cores->held[core] == held || cores->taken[core]) {
        return;
    }
    if (!held && (cores->off[core] || cores->waits[core])) {
        return;
    }
    cores->held[core] = held;
    chip_cut_turn(c);
    if (!held && !cores->started[core] && cores->cpu[core] != NULL) {
        start(c, core);
    }
}

void chip_start_core(struct chip *c, enum core core, uint32_t vector_table)
{
    c->cores.taken[core] = c->cores.held[core] = false;
    chip_cut_turn(c);
    c->cores.ops->reset(c->cores.cpu[core], vector_table);
}

void cores_reset(struct chip_cores *cores)
{
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        cores->sleep[core] = CORE_AWAKE;
        cores->started[core] = false;
        cores->held[core] = true;
        cores->taken[core] = false;
        cores->off[core] = cores->waits[core] = false;
    }
    if (cores->rom != NULL) {
        cores->rom->lost(cores->rom->ctx);
    }
}

void cores_start(struct chip *c)
{
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        if (c->cores.starts[core]) {
            c->cores.starts[core] = false;
            chip_hold_core(c, (enum core)core, false);
        }
    }
}
