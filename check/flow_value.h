/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a register may hold: up to four flow_bits, any of them. Values are kept once each in a table and named
 * by a number, so that equal values have equal numbers; 0 is "anything".
 *
 * A constant beside "anything" says: this one was seen, there may be others. Where there are more than four
 * the constants that lie near a watched register stay, and the others are merged.
 */
#ifndef CHECK_FLOW_VALUE_H
#define CHECK_FLOW_VALUE_H

#include "check/flow_bits.h"

#include <stddef.h>

#define FLOW_VALUE_MAX 4u
/* The largest number of different values; beyond, everything is "anything". */
#define FLOW_TABLE_MAX (1u << 18)

typedef uint32_t flow_value;
#define FLOW_ANYTHING 0u

struct flow_set {
    unsigned count; /* 1..FLOW_VALUE_MAX */
    struct flow_bits one[FLOW_VALUE_MAX];
};

struct flow_range {
    uint32_t address, size; /* bytes */
};

/* What a join, a widening or another operation came to: the same are asked for again and again. */
struct flow_joined {
    flow_value a, b; /* equal: unused */
    flow_value value;
};
#define FLOW_JOINED_MAX 32768u /* a power of two */

struct flow_table {
    struct flow_set *sets;
    size_t count, room;
    uint32_t *slots;                                 /* hash table of numbers + 1 */
    size_t slot_count;                               /* a power of two */
    struct flow_joined *joined, *widened, *combined; /* FLOW_JOINED_MAX each */
    uint32_t low, high;                              /* no word below or above is near a range */
    const struct flow_range *ranges;                 /* watched */
    size_t range_count;
};

/* False: out of memory. `ranges` must outlive it. */
bool flow_table_open(struct flow_table *t, const struct flow_range *ranges, size_t range_count)
    __attribute__((warn_unused_result));
void flow_table_close(struct flow_table *t);

static inline const struct flow_set *flow_set(const struct flow_table *t, flow_value v)
{
    return &t->sets[v];
}
flow_value flow_value_of(struct flow_table *t, struct flow_bits one);
flow_value flow_value_of_set(struct flow_table *t, const struct flow_set *set);
flow_value flow_join(struct flow_table *t, flow_value a, flow_value b);
/* The same for a place that has been joined often: it changes only a few times more. */
flow_value flow_widen(struct flow_table *t, flow_value old, flow_value more);

/* What is kept under which number; operations of enum flow_alu stand before. */
enum flow_operation {
    FLOW_OP_ONE = FLOW_MVN + 1, /* by enum flow_kind */
    FLOW_OP_SHIFT = FLOW_OP_ONE + FLOW_RETURN + 1,
    FLOW_OP_EXTRACT = FLOW_OP_SHIFT + FLOW_RRX + 1,
    FLOW_OP_INSERT_HIGH,
    FLOW_OP_MOVE,
    FLOW_OP_LOAD
};
/* Where the result of operation `op` (0..4094) is kept. False: it is not known, and is to be put into (*place)->value,
 * before anything else is asked for. */
bool flow_recall(struct flow_table *t, unsigned op, flow_value a, uint32_t b,
                 struct flow_joined **place);

/* Adds to a set, and keeps it within FLOW_VALUE_MAX. */
void flow_set_add(const struct flow_table *t, struct flow_set *set, struct flow_bits one);
/* The only word it may be. */
bool flow_value_constant(const struct flow_table *t, flow_value v, uint32_t *word);
/* Near a watched register: it may be the base that the register is reached from. */
bool flow_is_interesting(const struct flow_table *t, uint32_t word);

#endif
