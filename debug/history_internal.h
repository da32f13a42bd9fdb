/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What history.c and rewind.c share. Everybody else includes history.h. */
#ifndef DEBUG_HISTORY_INTERNAL_H
#define DEBUG_HISTORY_INTERNAL_H

#include "debug/history.h"

bool history_make_board(struct history *h, char *error, size_t error_size);
void history_start_again(struct history *h);
void history_apply(struct history *h, const struct deed *d);

#endif
