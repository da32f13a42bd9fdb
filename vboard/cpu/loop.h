/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_LOOP_H
#define VBOARD_CPU_LOOP_H

/* What fast-forward knows of a core (cpu_loop.c). A part of struct cpu. */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/engine.h"
#include "vboard/kernel/vtime.h"

#define LOOP_PAGES 4u
#define LOOP_REGS 18u
/* Cycles left of the turn; about what it costs to follow a round (armv7m/round.h). */
#define LOOP_WORTH_FOLLOWING 5000u

/* Fast-forward of pure loops (cpu_loop.c). */
struct cpu_loop {
    bool watching;
    bool disturbed; /* a side effect since the watch (or the turn) began */
    bool entered;   /* a handler: its first run is no loop's, and says nothing about one */
    bool first;     /* no run of this turn has begun yet */
    bool whole;     /* the watch has seen all of the turn */
    bool resumed;   /* the turn goes on with the watch of the one before */
    bool yielded;   /* the turn ended because the other core had to go first */
    bool clean;     /* the turn under way has been watched from its start, and stored nothing */
    bool pure;      /* the last turn was nothing but a loop, found unchanged */
    bool have_regs;
    bool stores;     /* since the anchor */
    bool shared;     /* since the watch began: memory of both cores used */
    bool counts;     /* likewise: the cycle counter read */
    bool recording;  /* the page policy reports what is stored to */
    bool records;    /* rather than to follow a round */
    bool following;  /* the engine follows this round */
    uint32_t alike;  /* how many rounds behind it do the same again */
    unsigned blocks; /* seen since the watch began */
    /* It is not watched: what there is to gain before is too little; 0: it is. */
    vtime_ps rests_until;
    unsigned failures;                        /* turns in a row whose watch found nothing */
    unsigned backoff;                         /* turns still to leave unwatched */
    unsigned record_failures, record_backoff; /* the same for recordings */
    unsigned page_count;
    struct {
        const uint8_t *host; /* NULL: more pages than we keep */
        uint8_t before[ENGINE_PAGE_SIZE];
    } pages[LOOP_PAGES];
    uint32_t anchor;          /* first block watched */
    uint32_t regs[LOOP_REGS]; /* at the anchor: r0 to r14, PC, PRIMASK, BASEPRI */
    uint64_t cycle;           /* at the anchor */
    uint64_t extra;           /* time.extra at the anchor */
    int64_t chunk;            /* cycles between two watches in a long turn */
};

#endif
