/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/wires.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/chip/chip.h"

struct wire *chip_wire(struct chip *c, const char *name)
{
    struct chip_wires *wires = &c->wires;
    for (size_t i = 0; i < wires->count; i++) {
        if (strcmp(wires->list[i]->name, name) == 0) {
            return wires->list[i];
        }
    }
    struct wire *w = calloc(1, sizeof(*w));
    if (w == NULL || wires->count == CHIP_WIRES || strlen(name) >= sizeof(w->name)) {
        abort();
    }
    snprintf(w->name, sizeof(w->name), "%s", name);
    wires->list[wires->count++] = w;
    return w;
}

struct wire *chip_wire_source(struct chip *c, const char *name,
                              void (*wanted_changed)(void *ctx, vtime_ps now), void *ctx)
{
    struct wire *w = chip_wire(c, name);
    w->has_source = true;
    w->wanted_changed = wanted_changed;
    w->ctx = ctx;
    return w;
}

void wires_destroy(struct chip_wires *w)
{
    for (size_t i = 0; i < w->count; i++) {
        free(w->list[i]);
    }
    w->count = 0;
}

static void tell_source(struct wire *w, vtime_ps now)
{
    if (w->wanted_changed != NULL) {
        w->wanted_changed(w->ctx, now);
    }
}

static void leave(struct wire_listener *l, vtime_ps now)
{
    struct wire *w = l->wire;
    struct wire_listener **at = &w->listeners;
    while (*at != l) {
        at = &(*at)->next;
    }
    *at = l->next;
    l->wire = NULL;
    w->wanted -= l->paused ? 0u : 1u;
    l->paused = false;
    tell_source(w, now);
}

/* The source catches up with what it has left out so far, which `l` does not hear. */
static void want(struct wire_listener *l, vtime_ps now)
{
    l->paused = true;
    l->wire->wanted++;
    tell_source(l->wire, now);
    l->paused = false;
}

void wire_listen(struct wire *w, struct wire_listener *l, vtime_ps now)
{
    if (l->wire == w) {
        return;
    }
    if (l->wire != NULL) {
        leave(l, now);
    }
    if (w != NULL) {
        l->wire = w;
        l->next = w->listeners;
        w->listeners = l;
        want(l, now);
    }
}

void wire_pause(struct wire_listener *l, bool paused, vtime_ps now)
{
    if (l->wire == NULL || l->paused == paused) {
        return;
    }
    if (paused) {
        l->paused = true;
        l->wire->wanted--;
    } else {
        want(l, now);
    }
}

void wire_set(struct wire *w, bool high, vtime_ps now)
{
    if (w->high == high) {
        return;
    }
    w->high = high;
    struct wire_listener *next;
    for (struct wire_listener *l = w->listeners; l != NULL; l = next) {
        next = l->next; /* it may leave */
        if (!l->paused) {
            l->changed(l->ctx, high, now);
        }
    }
}

void wire_pulse(struct wire *w, vtime_ps now)
{
    wire_set(w, false, now);
    wire_set(w, true, now);
    wire_set(w, false, now);
}
