/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_BUS_WORDS_H
#define CORE_BUS_WORDS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What the bus does wrong, in a sentence: from FDCAN's PSR (RM0399 59.5.13), whose LEC is looked at every
 * millisecond. Each valid frame sets LEC to "no error", whether a filter wants it or not, and each error to its
 * kind; reading sets "no change". So counting tells good from bad without receiving a thing.
 */
enum bus_state {
    BUS_GOOD,          /* frames, no errors */
    BUS_ERRORS,        /* frames, and errors between them */
    BUS_SILENT,        /* neither: recessive all the time */
    BUS_DOMINANT,      /* neither, and never idle: dominant all the time */
    BUS_WRONG_RATE,    /* errors, not one frame */
    BUS_NO_ACK,        /* what is sent is not acknowledged */
    BUS_NOT_DRIVEN,    /* what is sent does not appear on the bus */
    BUS_OFF_BY_ERRORS, /* PSR.BO */
    BUS_NO_CLOCK,      /* the controller itself stands */
    BUS_STATE_COUNT
};

struct bus_look {
    uint32_t psr;  /* ACT as it is, LEC as of the last event */
    uint32_t good; /* milliseconds since the last look that ended with a valid frame */
    uint32_t bad;  /* ... with an error */
    bool may_drive;
    bool has_clock;
};

enum bus_state bus_judge(const struct bus_look *look);

/* The sentence, with what to look for; never NULL. */
const char *bus_words(enum bus_state state);

/* PSR.LEC: "none", "stuff", "form", "ack", "bit 1", "bit 0", "crc"; "none" for "no change", too. */
const char *bus_error_name(uint32_t psr);

#endif
