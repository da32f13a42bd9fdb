/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/st_link.h"

#include <stdio.h>

#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"
#include "vboard/kernel/supply.h"

/* The SW-DP's own number (RM0399 63.4.4: DPIDR). */
#define DPIDR 0x6BA02477u

static const char *doing(const struct chip *c, enum core core)
{
    const struct cpu *cpu = c->cores.cpu[core];
    if (c->resets.nrst_low) {
        return "held in reset";
    }
    if (c->cores.taken[core]) {
        return core == CORE_CM7 ? "in the boot ROM" : "held meanwhile";
    }
    if (c->cores.held[core] || cpu == NULL) {
        return "not started";
    }
    if (cpu_is_locked_up(cpu)) {
        return "locked up";
    }
    if (c->cores.halted[core]) {
        return "halted";
    }
    return cpu_is_sleeping(cpu) ? "asleep" : "running";
}

/* A core that executes, or could, has an address to show. */
static int describe(const struct chip *c, enum core core, char *text, size_t size)
{
    static const char *const names[CORE_COUNT] = {"CM7", "CM4"};
    bool has_pc = c->cores.cpu[core] != NULL && !c->resets.nrst_low && !c->cores.taken[core] &&
                  !c->cores.held[core];
    if (!has_pc) {
        return snprintf(text, size, "%s %s", names[core], doing(c, core));
    }
    return snprintf(text, size, "%s %s at 0x%08X", names[core], doing(c, core),
                    (unsigned)cpu_get_reg(c->cores.cpu[core], CPU_PC));
}

bool st_link_probe(const struct chip *c, const struct supply *s, char *text, size_t size)
{
    char cm7[48];
    char cm4[48];
    if (!c->resets.powered) {
        snprintf(text, size, "Error: no target voltage");
        return false;
    }
    unsigned volts = (unsigned)(s->vdd_mv / 1000u);
    unsigned hundredths = (unsigned)(s->vdd_mv % 1000u / 10u);
    if (c->resets.vcore_lost) {
        snprintf(text, size,
                 "Target voltage: %u.%02u V\n"
                 "Error in initializing ST-LINK device. Reason: (4) No device found on target.",
                 volts, hundredths);
        return false;
    }
    describe(c, CORE_CM7, cm7, sizeof(cm7));
    describe(c, CORE_CM4, cm4, sizeof(cm4));
    snprintf(text, size, "Target voltage: %u.%02u V\nConnected%s: DPIDR 0x%08X, %s, %s", volts,
             hundredths, c->resets.nrst_low ? " under reset" : "", (unsigned)DPIDR, cm7, cm4);
    return true;
}
