/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Has the main stack left its place? It ends where the image's data end, in the RAM that it begins in. */
#ifndef CHECK_STACK_END_H
#define CHECK_STACK_END_H

#include "check/odd.h"

struct check_stack_end {
    enum core core;
    uint32_t limit; /* 0: not known, or nothing lies below it */
    bool near; /* the stack has been in the pages above the data: now those below are looked at */
    uint32_t patience;
    uint32_t pc; /* of the first access below the limit; 0: none */
    uint32_t address, sp;
};

/* A start begins; `vectors`: where the core finds its stack pointer. */
void check_stack_begin(struct check_stack_end *s, struct cpu *cpu, const struct image *image,
                       uint32_t vectors);
bool check_stack_wants(const struct check_stack_end *s, uint32_t physical);
/* True: other pages are wanted than before. */
bool check_stack_touch(struct check_stack_end *s, struct cpu *cpu, const struct chip_touch *touch);
void check_stack_end(const struct check_stack_end *s, struct check_odds *odds);

#endif
