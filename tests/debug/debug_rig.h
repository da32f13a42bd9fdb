/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DEBUG_DEBUG_RIG_H
#define TESTS_DEBUG_DEBUG_RIG_H

/* candial's firmware on a board with a debugger's hooks; the virtual car drives. */
#include "tests/formats/cmocka_head.h"

#include "debug/hands.h"
#include "debug/history.h"
#include "formats/image/pair.h"

#define MS UINT64_C(1000000000) /* of picoseconds */

struct debug_rig {
    struct board_options options;
    struct record record;
    uint8_t settings[RECORD_SIZE];
    struct image_pair images;
    struct history history;
    struct bench_model model;
    struct hands hands;
};

/* The one of setup and teardown. */
extern struct debug_rig rig;
int debug_rig_setup(void **state);
int debug_rig_teardown(void **state);

void debug_rig_open(struct debug_rig *r);
void debug_rig_close(struct debug_rig *r);
struct board *debug_rig_board(struct debug_rig *r);
struct cpu *debug_rig_cpu(struct debug_rig *r, enum core core);
void debug_rig_run(struct debug_rig *r, uint64_t until_ps);
/* Until the core is stopped by something; fails if it is not by then. */
void debug_rig_run_to_stop(struct debug_rig *r, enum core core, uint64_t until_ps);
uint32_t debug_rig_symbol(struct debug_rig *r, enum core core, const char *function);

/* All that can be compared of a moment. */
struct debug_rig_state {
    uint64_t instructions[CORE_COUNT];
    uint32_t registers[CORE_COUNT][CPU_REG_COUNT];
    uint64_t memory; /* a sum over the RAMs of both cores */
    int32_t servo_mdeg;
};
void debug_rig_look(struct debug_rig *r, struct debug_rig_state *state);
/* Of one core and all memory. */
void debug_rig_assert_same(const struct debug_rig_state *a, const struct debug_rig_state *b,
                           enum core core);

#endif
