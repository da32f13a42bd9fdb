/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Registers that both cores change: one's read-modify-write takes back what the other wrote in between, and
 * peripherals that both set up. */
#ifndef CHECK_RIVAL_H
#define CHECK_RIVAL_H

#include "check/odd.h"

#define CHECK_RIVAL_READS 8u
#define CHECK_RIVAL_FOUND 4u
#define CHECK_RIVAL_CONTROLS 48u

/* What a core has read last, and may write back changed. */
struct check_rival_read {
    uint32_t pc, address, value;
    bool overtaken; /* the other core has written it since, by the instruction at */
    uint32_t other_pc, other_value;
};

/* A semaphore that a core asks for again and again, while the other holds it. */
struct check_rival_wait {
    uint32_t pc, count;
    unsigned n;
    vtime_ps since, last;
};

struct check_rival {
    struct check_rival_wait wait[CORE_COUNT];
    struct check_rival_read read[CORE_COUNT][CHECK_RIVAL_READS];
    unsigned next[CORE_COUNT];
    struct {
        enum core core;
        uint32_t pc, other_pc, address, lost;
    } lost[CHECK_RIVAL_FOUND];
    unsigned lost_count;
    uint32_t looked_up[CORE_COUNT]; /* the last written one that may be a control register */
    uint32_t control_pc[CORE_COUNT][CHECK_RIVAL_CONTROLS]; /* of the first write; 0: none */
};

void check_rival_begin(struct check_rival *r);
void check_rival_access(struct check_rival *r, struct chip *chip, enum core core, uint32_t address,
                        bool write, uint32_t value);
void check_rival_end(const struct check_rival *r, const struct chip *chip, struct check_odds *odds);

#endif
