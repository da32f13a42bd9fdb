/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_WIRES_H
#define VBOARD_CHIP_WIRES_H

/*
 * Wires inside the chip from one peripheral to others: triggers ("TIM2_TRGO", "LPTIM1_OUT"), events of
 * DMAMUX, transfer-complete flags that MDMA takes for requests. Interrupt lines are another thing (irq.h).
 *
 * Who makes the signal asks for its wire by name with chip_wire_source, who hears it with chip_wire; both
 * when all peripherals exist (model.connect). A source that computes its signal instead of stepping it makes
 * events for it only while `wanted` is not 0, and is told when that changes.
 */
#include <stdbool.h>
#include <stddef.h>

#include "vboard/kernel/vtime.h"

#define CHIP_WIRES 160u

struct chip;
struct wire;

struct wire_listener {
    void (*changed)(void *ctx, bool high, vtime_ps now);
    void *ctx;
    struct wire *wire; /* NULL: listens to none */
    bool paused;       /* it is not told, and not wanted for its sake */
    struct wire_listener *next;
};

struct wire {
    char name[20];
    bool high;
    bool has_source;
    unsigned wanted; /* how many listen, the paused ones left out */
    struct wire_listener *listeners;
    void (*wanted_changed)(void *ctx, vtime_ps now); /* may be NULL */
    void *ctx;
};

struct chip_wires {
    struct wire *list[CHIP_WIRES];
    size_t count;
};

/* The wire of that name; made on first asking. */
struct wire *chip_wire(struct chip *c, const char *name);
/* The same for who drives it. */
struct wire *chip_wire_source(struct chip *c, const char *name,
                              void (*wanted_changed)(void *ctx, vtime_ps now), void *ctx);
void wires_destroy(struct chip_wires *w);

/* Listens to `w` from now on, and no longer to what it listened to before; NULL: to nothing. The level that the wire
 * has now is no change. */
void wire_listen(struct wire *w, struct wire_listener *l, vtime_ps now);
/* For now nothing that the wire does could matter to `l`; or it may again. What happened meanwhile it does not hear of. Who
 * goes to another wire is no longer paused. May be called from `changed`: the source finds out when it next looks. */
void wire_pause(struct wire_listener *l, bool paused, vtime_ps now);
/* Listeners hear of changes only. */
void wire_set(struct wire *w, bool high, vtime_ps now);
/* High for a moment. */
void wire_pulse(struct wire *w, vtime_ps now);

#endif
