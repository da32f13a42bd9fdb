/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What foreign firmware does, as members of the summary of `--json` (docs/run.md). */
#ifndef VIEW_ACTIVITY_JSON_H
#define VIEW_ACTIVITY_JSON_H

#include "bench/activity.h"

#include <stdio.h>

/* Writes `"cores":[...],"leds":[...],"pins":[...],"serial":[...],"can":[...],"sent":[...]`. */
void activity_json(const struct bench_activity *activity, FILE *out);

#endif
