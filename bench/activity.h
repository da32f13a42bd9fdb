/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What can be seen of firmware that nobody here knows: where its cores are, the rhythm of LEDs and pins,
 * what it says on serial lines, what it sends on CAN. An observer; view/ makes words of it.
 */
#ifndef BENCH_ACTIVITY_H
#define BENCH_ACTIVITY_H

#include "bench/bench.h"
#include "bench/fate.h"
#include "bench/rhythm.h"

/* Cores are looked at so often; the last ones that are kept, one second. */
#define ACTIVITY_LOOK_PS BENCH_STEP_PS
#define ACTIVITY_LOOKS 50u
/* A fate that so many looks have seen one after the other, 100 ms, is taken for the core's end. */
#define ACTIVITY_FATE_LOOKS 5u

#define ACTIVITY_SERIALS 8u
#define ACTIVITY_SENT_IDS 16u
#define ACTIVITY_CANS 2u
#define ACTIVITY_TEXT_MAX 120u

struct activity_look {
    enum bench_core_state state;
    const char *function; /* NULL: no symbol */
};

struct activity_core {
    struct activity_look looks[ACTIVITY_LOOKS]; /* the last ones, in a ring */
    uint64_t look_count;
    uint32_t pc, exception; /* at the last look */
    struct bench_last_calls calls;
    enum bench_fate fate; /* as the last look has it */
    const char *last_call;
    uint64_t fate_looks; /* one after the other that have seen it */
    uint64_t fate_ps;    /* the first of them */
};

/* A serial line on which the chip sends. */
struct activity_serial {
    unsigned pin;
    char name[BENCH_PIN_NAME_MAX];
    uint32_t baud; /* of the last byte */
    uint64_t bytes;
    char line
        [ACTIVITY_TEXT_MAX]; /* the last one that has a character; others than ASCII's are '?' */
    size_t length;
    bool ended; /* the next byte begins another */
};

/* Frames of one identifier that the board sent. */
struct activity_sent {
    uint32_t id;
    bool extended;
    uint64_t count; /* whole ones */
    uint64_t destroyed;
    enum bench_can_error error; /* of the last destroyed one */
    uint64_t first_ps, last_ps;
};

struct bench_activity {
    struct bench *bench;
    struct bench_observer observer;
    uint64_t now_ps;
    uint64_t next_look_ps;
    struct activity_core core[BENCH_CORES];
    struct bench_rhythm led[BENCH_LED_COUNT]; /* of those that bench_activity_has_led */
    struct bench_rhythm pin[BENCH_PINS];
    struct activity_serial serial[ACTIVITY_SERIALS];
    unsigned serial_count;
    struct activity_sent sent[ACTIVITY_SENT_IDS];
    unsigned sent_count;
    struct bench_can can[ACTIVITY_CANS]; /* at the last look */
    unsigned can_count;
    uint64_t sent_others; /* of further identifiers */
    uint64_t resets[7];   /* by bit of enum bench_reset_cause */
};

/* Is there such an LED on the board? */
bool bench_activity_has_led(const struct bench_activity *activity, enum bench_led led);

/* To be attached before the board gets power. */
void bench_activity_init(struct bench_activity *activity, struct bench *bench);

/* Pin `pin` as the model has it, its level as at the last look; false: the chip does not drive it. */
bool bench_activity_pin(const struct bench_activity *activity, unsigned pin,
                        struct bench_pin *look);

/* The core has come to its end; nothing but a reset helps. */
bool bench_activity_is_dead(const struct activity_core *core);

/* How many of the looks that are kept have seen that state; and how many are kept. */
unsigned bench_activity_in_state(const struct activity_core *core, enum bench_core_state state);
unsigned bench_activity_looks(const struct activity_core *core);
/* The state that most of them have seen. */
enum bench_core_state bench_activity_state(const struct activity_core *core);

/* A function that the core was seen in, while it was in that state. */
struct activity_place {
    const char *function;
    unsigned looks;
};
/* Those functions, the most frequent first, at most `max`; their number. */
unsigned bench_activity_places(const struct activity_core *core, enum bench_core_state state,
                               struct activity_place *places, unsigned max);

#endif
