/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A second look at code that never ran. The data flow joins what different ways bring to one place; what it then
 * knows of a struct, a loop or a register may be too little. From where such code begins, single ways (trails) are
 * gone along, as a core would: calls are entered, loops gone round, what is stored on the stack and in RAM is read
 * again. Where it is not known which way a branch takes, the trail parts.
 *
 * RAM that the start-up code fills, and nothing is known to store to, is taken to hold that still.
 */
#ifndef CHECK_FLOW_TRAIL_H
#define CHECK_FLOW_TRAIL_H

#include "check/flow_internal.h"

/* A place where code begins that never ran, behind code that did. */
struct flow_start {
    uint32_t reading, pc;
    struct flow_state *state; /* cut to its slots */
};

#define FLOW_SEEN_BITS 15u

struct flow_trails {
    bool recording; /* starts are noted */
    struct flow_start *starts;
    size_t start_count, start_room;
    /* A hash set of states: of starts, later of one start's trails. */
    uint64_t seen[1u << FLOW_SEEN_BITS];
    uint16_t places[1u << (FLOW_SEEN_BITS - 1u)]; /* that are in use */
    size_t seen_count;
    uint32_t steps, steps_of_one;        /* that are left: of all, of one start */
    bool gave_up;                        /* a trail ended early */
    uint8_t led_to[FLOW_FILES_ALL / 8u]; /* files behind stores on trails: bit mask of numbers */
};

/* What the data flow brings to `pc`, from the instruction at `before`. */
void flow_trails_note(struct flow *f, uint32_t reading, uint32_t before, uint32_t pc,
                      const struct flow_state *s);
/* All trails, after the data flow has come to rest. */
void flow_trails_walk(struct flow *f);
void flow_trails_close(struct flow *f);

/* Those of one start, with one file. */
void flow_trail_walk(struct flow *f, const struct flow_start *start, uint16_t file);
/* Was no trail here with the same state before? */
bool flow_trail_is_new(struct flow *f, uint32_t reading, uint32_t pc, const struct flow_state *s);

#endif
