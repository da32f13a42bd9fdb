/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_ENGINES_PAIR_H
#define TESTS_VBOARD_ENGINES_PAIR_H

/* An engine with a page of code and some RAM, and its state as it can be compared. */
#include "tests/vboard/engines/random_code.h"
#include "vboard/cpu/engine.h"

struct lone {
    struct engine *engine;
    _Alignas(4096) uint8_t code[2048];
    _Alignas(4096) uint8_t ram[RAM_SIZE];
};

struct lone_state {
    uint32_t r[16], xpsr, fpscr, s[32];
    enum engine_stop stop;
};

struct lone *lone_create(const struct engine_type *type, enum engine_model model);
void lone_destroy(struct lone *l);
/* The code is new; these are the registers, and the PC is at its start. */
void lone_load(struct lone *l, const struct random_code *code, const struct lone_state *before);
void lone_get(const struct lone *l, struct lone_state *s);
/* Loads it and runs it to the BKPT. */
void lone_run(struct lone *l, const struct random_code *code, const struct lone_state *before,
              struct lone_state *after);

#endif
