/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_ENGINES_PAIR_H
#define TESTS_VBOARD_ENGINES_PAIR_H

/* An engine with a page of code and some RAM, and its state as it can be compared. */
#include "tests/vboard/engines/random_code.h"
#include "vboard/cpu/engine.h"

struct lone {
    struct engine *engine;
    void (*jumped)(struct lone *l, uint32_t address); /* may be NULL */
    void *ctx;
    _Alignas(4096) uint8_t code[2048];
    _Alignas(4096) uint8_t ram[RAM_SIZE];
};

struct lone_state {
    uint32_t r[16], xpsr, fpscr, s[32];
    uint32_t masks[3]; /* PRIMASK, BASEPRI, FAULTMASK: lone_masks, lone_again */
    enum engine_stop stop;
};

struct lone *lone_create(const struct engine_type *type, enum engine_model model);
void lone_destroy(struct lone *l);
/* The code is new; these are the registers, and the PC is at its start. */
void lone_load(struct lone *l, const struct random_code *code, const struct lone_state *before);
/* Which stay what they are from one sequence to the next. */
void lone_masks(const struct lone *l, struct lone_state *s);
void lone_get(const struct lone *l, struct lone_state *s);
/* Loads it and runs it to the BKPT. */
void lone_run(struct lone *l, const struct random_code *code, const struct lone_state *before,
              struct lone_state *after);
/* Runs what it has run before, which is decoded now, in turns of so many cycles. */
void lone_again(struct lone *l, int64_t turn, const struct lone_state *before,
                struct lone_state *after);

#endif
