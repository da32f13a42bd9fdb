/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* An interrupt that is entered again as soon as it returns, and a core that stands still for its own flash. */
#ifndef CHECK_REPEAT_H
#define CHECK_REPEAT_H

#include "check/odd.h"

struct check_repeat {
    unsigned number; /* of the exception entered last */
    uint32_t count;  /* so often behind itself, with no instruction of others between */
    vtime_ps since, last;
};

void check_repeat_note(struct check_repeat *r, unsigned number, bool chained, vtime_ps now);
/* It still goes on. */
void check_repeat_end(const struct check_repeat *r, struct cpu *cpu, struct check_odds *odds);

struct check_stall {
    uint32_t pc;
    vtime_ps longest;
};

void check_stall_end(const struct check_stall *s, struct cpu *cpu, struct check_odds *odds);

/* Interrupts that are enabled, and whose handler is an endless loop. */
void check_handlers(const struct check_scene *scene, enum core core, struct check_odds *odds);

#endif
