/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RAM that nobody has written since power-on, and a core decides by it. */
#ifndef CHECK_FRESH_H
#define CHECK_FRESH_H

#include "check/odd.h"

/* So many accesses are looked at; then the rest of the start runs as fast as ever. */
#define CHECK_FRESH_BUDGET 500000u
#define CHECK_FRESH_FOUND 4u

struct check_fresh;

/* All RAM but the backup SRAM, which keeps what it holds. */
struct check_fresh *check_fresh_create(void);
void check_fresh_destroy(struct check_fresh *f);
bool check_fresh_wants(const struct check_fresh *f, uint32_t physical);
/* True: other pages are wanted than before. */
bool check_fresh_touch(struct check_fresh *f, struct cpu *cpu, enum core core,
                       const struct chip_touch *touch);
void check_fresh_end(const struct check_fresh *f, struct check_odds *odds);

/* Does the code behind the load at `pc` compare what it loads with a small number, or ask for a bit of it? */
bool check_decides_by(struct cpu *cpu, uint32_t pc);

#endif
