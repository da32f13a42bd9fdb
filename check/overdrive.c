/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/overdrive.h"

#include "check/places.h"
#include "check/spare.h"
#include "vboard/kernel/supply.h"

#include <stdlib.h>
#include <string.h>

#define PWRCR_ODEN 1u

bool check_asks_for_overdrive(const struct finding *f)
{
    return f->code == FOUND_PERIPHERAL_UNCLOCKED && f->write && f->accessed == SYSCFG_PWRCR &&
           (f->value & PWRCR_ODEN) != 0;
}

static bool is_about_speed(const struct finding *f)
{
    return f->code == FOUND_OVERCLOCK || f->code == FOUND_LATENCY_TOO_LOW;
}

/* It asked before anything was too fast, and something was. */
static bool asked_first(const struct check_boot *s)
{
    vtime_ps asked = VTIME_NEVER;
    vtime_ps fast = VTIME_NEVER;
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding *f = &s->findings[i];
        if (check_asks_for_overdrive(f) && f->first_at < asked) {
            asked = f->first_at;
        }
        if (is_about_speed(f) && f->first_at < fast) {
            fast = f->first_at;
        }
    }
    return fast != VTIME_NEVER && asked <= fast;
}

/* What it ended with, on a board where the write has an effect. */
static bool is_good_with_it(struct check_spare *spare, const struct check_boot *s)
{
    uint32_t registers[FLOW_FILE_REGS];
    memcpy(registers, s->registers, sizeof registers);
    registers[FLOW_FILE_PWRCR] |= PWRCR_ODEN;
    return check_spare_try(spare, registers)->finding.count == 0;
}

void check_overdrive(struct check_report *report)
{
    struct check_spare *spare = NULL;
    if (report->config->board.wiring != SUPPLY_LDO) {
        return; /* with the SMPS it is harm (RM0399 6.8.6): judged by itself */
    }
    for (size_t i = 0; i < report->boot_count; i++) {
        struct check_boot *s = &report->boots[i];
        if (!asked_first(s)) {
            continue;
        }
        spare = spare != NULL ? spare : check_spare_create(report->config);
        if (spare == NULL) {
            abort();
        }
        s->overdrive_decides = is_good_with_it(spare, s);
    }
    check_spare_destroy(spare);
}
