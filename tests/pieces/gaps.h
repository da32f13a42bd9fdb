/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Where `check` is known to say SAFE of what is not, and why. */
#ifndef TESTS_PIECES_GAPS_H
#define TESTS_PIECES_GAPS_H

#include "tests/pieces/oracle.h"

/* The reason; NULL: no gap is known. */
const char *gap_of(const struct plan *p, struct meaning m);

#endif
