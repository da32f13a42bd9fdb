/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/jumper.h"

#include <stddef.h>

/* The strongest of what others drive at this end; low wins, as on a wire (kernel/signal.c). */
static enum drive driven_by_others(const struct jumper_end *end)
{
    enum drive strongest = DRIVE_NONE;
    for (const struct signal_driver *d = end->wire->drivers; d != NULL; d = d->next) {
        if (d == &end->driver) {
            continue;
        }
        bool is_low = d->drive == DRIVE_LOW && strongest == DRIVE_HIGH;
        strongest =
            is_low || (d->drive > strongest && strongest != DRIVE_LOW) ? d->drive : strongest;
    }
    return strongest;
}

static void changed(void *ctx, struct signal *s, vtime_ps now)
{
    struct jumper_end *end = ctx;
    (void)s;
    signal_drive(&end->other->driver, driven_by_others(end), now);
}

static void symbol(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct jumper_end *end = ctx;
    (void)s;
    if (!end->jumper->passing) {
        end->jumper->passing = true;
        signal_send_symbol(end->other->wire, sym);
        end->jumper->passing = false;
    }
}

void jumper_init(struct jumper *j, struct signal *a, struct signal *b, vtime_ps now)
{
    *j = (struct jumper){.passing = false};
    for (unsigned i = 0; i < 2; i++) {
        struct jumper_end *end = &j->ends[i];
        end->jumper = j;
        end->other = &j->ends[1 - i];
        end->wire = i == 0 ? a : b;
        end->listener = (struct signal_listener){.changed = changed, .symbol = symbol, .ctx = end};
        signal_attach(end->wire, &end->driver);
    }
    for (unsigned i = 0; i < 2; i++) {
        signal_listen(j->ends[i].wire, &j->ends[i].listener);
        changed(&j->ends[i], j->ends[i].wire, now);
    }
}
