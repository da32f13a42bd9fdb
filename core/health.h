/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_HEALTH_H
#define CORE_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What went wrong since reset: one latched bit and one counter per fault. A fault is raised when it
 * happens and stays until health_clear; the console's `errors` lists them. Not shared between
 * contexts: each core has its own, raised from its main loop.
 */
enum health_fault {
    HEALTH_RECORD,        /* settings unusable, the compiled-in profile runs */
    HEALTH_CLOCK,         /* HSE absent, off or lost */
    HEALTH_M4_SILENT,     /* the other core does not answer */
    HEALTH_M7_SILENT,     /* the mailbox was not served in time */
    HEALTH_WATCHDOG,      /* the last reset was a watchdog's */
    HEALTH_FIFO_LOST,     /* the CAN receive FIFO overflowed */
    HEALTH_RING_OVERFLOW, /* a ring between the cores overflowed */
    HEALTH_BUS_OFF,
    HEALTH_ERROR_PASSIVE,
    HEALTH_FRAME_SHORT,       /* our identifier with too short a payload */
    HEALTH_SENSOR_INVALID,    /* the car says: no value */
    HEALTH_IMPLAUSIBLE,       /* a value nobody can believe */
    HEALTH_STALE,             /* the signal stopped */
    HEALTH_TELEMETRY_DROPPED, /* the console was too slow */
    HEALTH_POST_UNKNOWN,      /* a period event named a post that is forgotten */
    HEALTH_CONSOLE,           /* overrun, framing or a line too long on the console */
    HEALTH_FAULT_COUNT
};

struct health {
    uint32_t latched; /* bit n: enum health_fault n happened */
    uint32_t now_s;   /* since reset; whoever keeps time moves it on */
    uint32_t count[HEALTH_FAULT_COUNT];
    uint32_t first_s[HEALTH_FAULT_COUNT]; /* when it happened */
    uint32_t last_s[HEALTH_FAULT_COUNT];
};

static inline void health_raise(struct health *health, enum health_fault fault)
{
    if (health->count[fault] == 0) {
        health->first_s[fault] = health->now_s;
    }
    health->last_s[fault] = health->now_s;
    health->latched |= 1u << fault;
    if (health->count[fault] != UINT32_MAX) {
        health->count[fault]++;
    }
}

static inline bool health_is_latched(const struct health *health, enum health_fault fault)
{
    return (health->latched >> fault) & 1u;
}

/* Forgets bits and counters, not the time. */
static inline void health_clear(struct health *health)
{
    *health = (struct health){.now_s = health->now_s};
}

/* A few words for the console; never NULL. */
const char *health_fault_name(enum health_fault fault);

#endif
