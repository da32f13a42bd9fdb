/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Stores to clocks, voltage scale and wait states that never ran: would they be harm? Only what is known makes
 * harm: the bits that code leaves as constants, on top of what these registers held when the image was seen to
 * run. What is not known until it runs is taken to be as it was.
 */
#ifndef CHECK_SCAN_CLOCKS_H
#define CHECK_SCAN_CLOCKS_H

#include "check/check.h"
#include "check/flow.h"

struct check_clock_scan;

/* NULL: out of memory. The report must outlive it. */
struct check_clock_scan *check_clock_scan_create(const struct check_report *report);
void check_clock_scan_destroy(struct check_clock_scan *scan);

/* What the registers hold at the reset. */
const struct flow_file *check_clocks_at_reset(const struct check_clock_scan *scan);
/* Do both cores have an image? Then one sets up what the other runs with. */
bool check_clocks_shared(const struct check_clock_scan *scan);

/* The harm that a file with a store does that was not seen; NULL: none is known. */
const struct check_harm *check_clocks_harm(struct check_clock_scan *scan,
                                           const struct flow_file *file);

#endif
