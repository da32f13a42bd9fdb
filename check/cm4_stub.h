/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A stand-in for the M4's image, for when only the M7's is given. Most of them wait for the M4 before they
 * select the supply; bank 2 may hold an image of an earlier project, and then they get past that. It does
 * what the M4 does in ST's examples: stops its domain until the M7 releases HSEM 0, then goes round.
 */
#ifndef CHECK_CM4_STUB_H
#define CHECK_CM4_STUB_H

#include "vboard/boards/board.h"

#include <stdint.h>

#define CHECK_CM4_STUB_ADDRESS 0x08100000u /* where the M4 boots from factory option bytes */

/* 0 or -1, as board_load. */
int check_cm4_stub_load(struct board *board);

#endif
