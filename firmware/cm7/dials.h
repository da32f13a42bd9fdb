/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_DIALS_H
#define CM7_DIALS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/gauge.h"
#include "core/ipc.h"
#include "core/record.h"

/*
 * The gauges of this profile: the M4's events in, mailbox posts and telemetry out. Main loop only.
 */

/* Needles at rest in park. `record` must stay. */
void dials_start(const struct record *record);

/* Right after that: the needles were left there by the last run. */
void dials_place(const int32_t needle_mdeg[]);

/* The servo timer may be this slow: no pulse shall exceed the longest all the same. After dials_start(). */
void dials_limit(uint32_t timer_slow_ppm);

/* A frame; true if the next pulse may be another one: dials_post(). */
bool dials_frame(const struct ipc_event *event);

/* A period began: the pulse it latched becomes the base, the next one is posted, then a telemetry
 * line is queued. */
void dials_period(const struct ipc_event *event);

/* Computes the next pulses from the base and posts them. */
void dials_post(void);

/* Every tick: dials that could be asked for, and are not, keep their value (core/request.h: the rest). */
void dials_rest(uint32_t now_us);

/* Every tick: posts, if nothing else has since the last. */
void dials_keep_posting(void);

/* The config has been changed in place: the M4's limits follow. */
void dials_retune(void);

/* The needle of a dial to an angle, until dials_follow(); all needles over the scale and back. */
void dials_hold(uint32_t dial, int32_t needle_mdeg);
void dials_follow(void);
void dials_sweep(void);
/* Begins the sweep of those whose profile wants one at the start; before the first dials_post(). */
void dials_greet(void);

/* A dial as it is now; `dial` < dials_count(). */
uint32_t dials_count(void);
const struct gauge_dial *dials_get(uint32_t dial);

/* Each tick: says on the console why a dial has become fault. */
void dials_report(void);

/* Of dial 1. */
enum gauge_state dials_state(void);
/* Of any dial. */
enum gauge_warn dials_warn(void);

#endif
