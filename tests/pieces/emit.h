/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Makes images of plans. */
#ifndef TESTS_PIECES_EMIT_H
#define TESTS_PIECES_EMIT_H

#include "tests/pieces/plan.h"
#include "tests/pieces/thumb.h"

#define EMIT_CM7 0x08000000u
#define EMIT_CM4 0x08100000u

/* The M7's image. */
void emit_cm7(const struct plan *p, struct thumb *t);
/* The M4's; false: the plan has none. */
bool emit_cm4(const struct plan *p, struct thumb *t);

/* What selects the supply that a wiring needs (RM0399 Table 33). */
uint32_t emit_right_supply(enum wiring wiring);

#endif
