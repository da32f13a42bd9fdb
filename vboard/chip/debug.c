/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/debug.h"

#include <stddef.h>

#include "vboard/chip/chip.h"

void chip_debug_listen(struct chip *c, struct debug_listener *l)
{
    l->next = c->debug.listeners;
    c->debug.listeners = l;
}

bool chip_is_frozen(const struct chip *c, enum debug_bus bus, unsigned bit)
{
    const uint32_t *freeze = c->debug.freeze[bus];
    return (c->cores.halted[CORE_CM7] && (freeze[CORE_CM7] >> bit & 1u) != 0) ||
           (c->cores.halted[CORE_CM4] && (freeze[CORE_CM4] >> bit & 1u) != 0);
}

void chip_debug_halted(struct chip *c)
{
    for (struct debug_listener *l = c->debug.listeners; l != NULL; l = l->next) {
        if (l->frozen != NULL) {
            l->frozen(l->ctx, c->sched.now);
        }
    }
}

void chip_debug_freeze(struct chip *c, enum debug_bus bus, enum core core, uint32_t bits)
{
    c->debug.freeze[bus][core] = bits;
    chip_debug_halted(c);
}

void chip_debug_clocks(struct chip *c, bool d1, bool d2)
{
    bool *run_on = c->debug.clocks_run_on;
    if (run_on[CORE_CM7] == d1 && run_on[CORE_CM4] == d2) {
        return;
    }
    run_on[CORE_CM7] = d1;
    run_on[CORE_CM4] = d2;
    for (struct debug_listener *l = c->debug.listeners; l != NULL; l = l->next) {
        if (l->clocks != NULL) {
            l->clocks(l->ctx, c->sched.now);
        }
    }
}
