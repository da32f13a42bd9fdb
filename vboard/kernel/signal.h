/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_SIGNAL_H
#define VBOARD_KERNEL_SIGNAL_H

/*
 * Signals are wires with a level: chip pins, LEDs, the servo's input. (Interrupt lines are another
 * thing: irq.h.) Several drivers may hang on one wire; a strong driver beats a pull, a pull beats
 * nothing. Two strong drivers that disagree are a short: the level reads low and `conflict` is set.
 *
 * To keep a byte on a UART from costing ten events, a wire also carries symbols: one whole serial
 * frame with its bit time. A listener that cares for bits would have to expand them itself.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

enum drive { DRIVE_NONE, DRIVE_PULL_DOWN, DRIVE_PULL_UP, DRIVE_LOW, DRIVE_HIGH };
enum level { LEVEL_LOW, LEVEL_HIGH, LEVEL_FLOATING, LEVEL_CONFLICT };

struct signal;

struct signal_driver {
    struct signal *signal;
    enum drive drive;
    struct signal_driver *next;
};

/* One asynchronous serial frame (start bit to end of stop bits). */
struct symbol {
    uint16_t data;     /* 5 to 9 bits, LSB first on the wire */
    uint8_t data_bits; /* without parity */
    uint8_t parity;    /* 0 none, 1 odd, 2 even */
    uint64_t bit_ps;   /* length of a bit as the sender makes it */
    vtime_ps end;      /* when the stop bit ends */
    bool is_break;     /* line low for a whole frame */
    bool is_clock;     /* the edges of a clock wire during a frame, no data */
};

struct signal_listener {
    void (*changed)(void *ctx, struct signal *s, vtime_ps now); /* may be NULL */
    void (*symbol)(void *ctx, struct signal *s,
                   const struct symbol *sym); /* may be NULL; at sym->end */
    void *ctx;
    bool passive; /* content to hear of changes that happen anyway */
    struct signal_listener *next;
};

/* Of a driver that keeps its edges back while nobody looks: brings the wire to what it is now, and finds
 * out anew whether somebody looks. */
struct signal_late {
    void (*settle)(void *ctx);
    void *ctx;
};

struct signal {
    const char *name; /* "PA0", "TIM2_CH1", "servo" */
    enum level level;
    vtime_ps changed_at;
    struct signal_driver *drivers;
    struct signal_listener *listeners;
    const struct signal_late *late; /* NULL: the level is always that of now */
};

void signal_init(struct signal *s, const char *name);
void signal_attach(struct signal *s, struct signal_driver *d); /* starts as DRIVE_NONE */
/* Takes the driver off its wire (a pin handed to another function); the level is resolved anew. */
void signal_detach(struct signal_driver *d, vtime_ps now);
void signal_listen(struct signal *s, struct signal_listener *l);
/* Changes one driver; listeners hear of it only if the level changes. */
void signal_drive(struct signal_driver *d, enum drive drive, vtime_ps now);
/* Somebody wants to hear of each change at its time, or drivers may disagree. */
bool signal_is_watched(const struct signal *s);
/* To be called by who looks at the level without listening, before he does. */
void signal_settle(struct signal *s);
/* Digital reading: floating and conflict read as low. */
bool signal_is_high(const struct signal *s);
/* Puts a serial frame on the wire: every listener with `symbol` hears it. */
void signal_send_symbol(struct signal *s, const struct symbol *sym);

#endif
