/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What was done to a board, and at which moment: enough to have the same board do the same again
 * (history.h). What the log, or the car, does is not in it: that comes by itself.
 */
#ifndef DEBUG_DEEDS_H
#define DEBUG_DEEDS_H

#include "bench/model.h"
#include "vboard/can/player.h"
#include "vboard/cpu/cpu.h"

/* A moment of the board's: its time; and if it stood in the middle of something, how far that core was. */
struct moment {
    uint64_t ps; /* what all have reached */
    bool exact;
    enum core core;
    uint64_t instructions, exceptions; /* of that core */
    uint64_t core_ps;                  /* its own time */
};

enum deed_kind {
    DEED_ACT,      /* hands: step */
    DEED_POWER_ON, /* the first */
    DEED_UART,     /* bytes into the console */
    DEED_ADAPTER,  /* and into the boot ROM's pins: value is the baud rate */
    DEED_CAN,      /* a frame onto the bus, by the debugger */
    DEED_SEND,     /* and by who sits at the board */
    DEED_CAR,      /* the car gets warm */
    DEED_REGISTER, /* address is an enum cpu_reg */
    DEED_MEMORY,
    DEED_FLASH, /* programmed, with ECC */
    DEED_HALT   /* value: on or off */
};

struct deed {
    struct moment when;
    enum deed_kind kind;
    enum core core;
    uint32_t address, value;
    struct scenario_step step;
    struct bus_frame frame;
    struct can_log_frame sent;
    struct bench_car_act car;
    uint8_t *bytes; /* owned */
    size_t size;
};

struct deeds {
    struct deed *list;
    size_t count, room;
};

/* A debugger did it, as opposed to those around the board. */
bool deed_is_debuggers(const struct deed *d);
/* Keeps a copy, its bytes too. */
void deeds_add(struct deeds *all, const struct deed *d);
/* Forgets those from `from` on that are the debugger's. */
void deeds_forget(struct deeds *all, size_t from);
void deeds_free(struct deeds *all);

#endif
