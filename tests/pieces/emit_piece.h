/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The piece: a function of its own, which goes wherever it is copied to. It uses r0 to r5. */
#ifndef TESTS_PIECES_EMIT_PIECE_H
#define TESTS_PIECES_EMIT_PIECE_H

#include "tests/pieces/plan.h"
#include "tests/pieces/thumb.h"

struct pieces {
    uint32_t at, end; /* addresses of the function */
    uint32_t pointer; /* of a word with its address */
};

void emit_piece(const struct plan *p, struct pieces *pieces, struct thumb *t);
/* Calls it the way the plan says; copies it before, if need be. */
void emit_piece_call(const struct plan *p, const struct pieces *pieces, struct thumb *t);
/* Sets PLL1, dividers and wait states, and switches to it; uses r0 to r2. */
void emit_clock(enum clocking clocking, struct thumb *t);

#endif
