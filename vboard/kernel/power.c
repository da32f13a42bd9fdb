/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/power.h"

#include <stddef.h>

void power_init(struct power *p)
{
    *p = (struct power){.ready = true, .backup_writable = true, .usb_watched = true};
}

void power_listen(struct power *p, struct power_listener *l)
{
    l->next = p->listeners;
    p->listeners = l;
}

void power_select(struct power *p, unsigned vos, vtime_ps now)
{
    p->vos = (uint8_t)vos;
    for (struct power_listener *l = p->listeners; l != NULL; l = l->next) {
        if (l->selected != NULL) {
            l->selected(l->ctx, now);
        }
    }
}

void power_settle(struct power *p, unsigned vos, vtime_ps now)
{
    p->vos = (uint8_t)vos;
    p->ready = true;
    p->run_star = false;
    for (struct power_listener *l = p->listeners; l != NULL; l = l->next) {
        if (l->settled != NULL) {
            l->settled(l->ctx, now);
        }
    }
}

void power_set_domain(struct power *p, enum power_domain domain, enum power_state state,
                      vtime_ps now)
{
    if (p->domain[domain] == state) {
        return;
    }
    p->domain[domain] = state;
    for (struct power_listener *l = p->listeners; l != NULL; l = l->next) {
        if (l->domain != NULL) {
            l->domain(l->ctx, domain, state, now);
        }
    }
}

void power_wake(struct power *p)
{
    for (unsigned i = 0; i < POWER_DOMAIN_COUNT; i++) {
        p->domain[i] = POWER_RUN;
        p->off[i] = false;
    }
}

void power_set_supplied(struct power *p, enum power_domain domain, bool on, vtime_ps now)
{
    if (p->off[domain] != on) {
        return;
    }
    p->off[domain] = !on;
    for (struct power_listener *l = p->listeners; l != NULL; l = l->next) {
        if (l->supplied != NULL) {
            l->supplied(l->ctx, domain, on, now);
        }
    }
}

void power_set_autonomous(struct power *p, bool on, vtime_ps now)
{
    if (p->autonomous == on) {
        return;
    }
    p->autonomous = on;
    for (struct power_listener *l = p->listeners; l != NULL; l = l->next) {
        if (l->asked != NULL) {
            l->asked(l->ctx, now);
        }
    }
}

void power_set_overdrive(struct power *p, bool on, vtime_ps now)
{
    if (p->overdrive == on) {
        return;
    }
    p->overdrive = on;
    for (struct power_listener *l = p->listeners; l != NULL; l = l->next) {
        if (l->overdriven != NULL) {
            l->overdriven(l->ctx, now);
        }
    }
}
