/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What foreign firmware does, as many rows as the dial in a terminal. */
#ifndef VIEW_ACTIVITY_PANEL_H
#define VIEW_ACTIVITY_PANEL_H

#include "bench/activity.h"

/* Writes DIAL_TEXT_ROWS lines of at most DIAL_TEXT_COLUMNS, each ended by `line_end`; the length. */
size_t activity_panel_draw(const struct bench_activity *activity, bool colours,
                           const char *line_end, char *out, size_t size);

#endif
