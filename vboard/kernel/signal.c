/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/signal.h"

#include <stddef.h>
#include <string.h>

void signal_init(struct signal *s, const char *name)
{
    memset(s, 0, sizeof(*s));
    s->name = name;
    s->level = LEVEL_FLOATING;
}

void signal_attach(struct signal *s, struct signal_driver *d)
{
    d->signal = s;
    d->drive = DRIVE_NONE;
    d->next = s->drivers;
    s->drivers = d;
}

void signal_settle(struct signal *s)
{
    if (s->late != NULL) {
        s->late->settle(s->late->ctx);
    }
}

bool signal_is_watched(const struct signal *s)
{
    unsigned strong = 0;
    for (const struct signal_driver *d = s->drivers; d != NULL; d = d->next) {
        strong += d->drive == DRIVE_LOW || d->drive == DRIVE_HIGH;
    }
    for (const struct signal_listener *l = s->listeners; l != NULL; l = l->next) {
        if (l->changed != NULL && !l->passive) {
            return true;
        }
    }
    return strong > 1;
}

void signal_listen(struct signal *s, struct signal_listener *l)
{
    signal_settle(s);
    struct signal_listener **end = &s->listeners;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    l->next = NULL;
    *end = l;
    signal_settle(s); /* from now on somebody looks */
}

static enum level resolve(const struct signal *s)
{
    unsigned seen[DRIVE_HIGH + 1] = {0};
    for (const struct signal_driver *d = s->drivers; d != NULL; d = d->next) {
        seen[d->drive]++;
    }
    if (seen[DRIVE_HIGH] != 0 && seen[DRIVE_LOW] != 0) {
        return LEVEL_CONFLICT;
    }
    if (seen[DRIVE_HIGH] != 0 || seen[DRIVE_LOW] != 0) {
        return seen[DRIVE_HIGH] != 0 ? LEVEL_HIGH : LEVEL_LOW;
    }
    if (seen[DRIVE_PULL_UP] != 0 && seen[DRIVE_PULL_DOWN] != 0) {
        return LEVEL_FLOATING; /* two pulls fight: somewhere between the rails */
    }
    if (seen[DRIVE_PULL_UP] != 0 || seen[DRIVE_PULL_DOWN] != 0) {
        return seen[DRIVE_PULL_UP] != 0 ? LEVEL_HIGH : LEVEL_LOW;
    }
    return LEVEL_FLOATING;
}

static void settle(struct signal *s, vtime_ps now)
{
    enum level level = resolve(s);
    if (level == s->level) {
        return;
    }
    s->level = level;
    s->changed_at = now;
    for (struct signal_listener *l = s->listeners; l != NULL; l = l->next) {
        if (l->changed != NULL) {
            l->changed(l->ctx, s, now);
        }
    }
}

void signal_detach(struct signal_driver *d, vtime_ps now)
{
    struct signal *s = d->signal;
    if (s == NULL) {
        return;
    }
    struct signal_driver **link = &s->drivers;
    while (*link != d) {
        link = &(*link)->next;
    }
    *link = d->next;
    d->signal = NULL;
    d->next = NULL;
    settle(s, now);
}

void signal_drive(struct signal_driver *d, enum drive drive, vtime_ps now)
{
    struct signal *s = d->signal;
    if (d->drive == drive || s == NULL) {
        d->drive = drive;
        return;
    }
    d->drive = drive;
    settle(s, now);
}

bool signal_is_high(const struct signal *s)
{
    return s->level == LEVEL_HIGH;
}

void signal_send_symbol(struct signal *s, const struct symbol *sym)
{
    for (struct signal_listener *l = s->listeners; l != NULL; l = l->next) {
        if (l->symbol != NULL) {
            l->symbol(l->ctx, s, sym);
        }
    }
}
