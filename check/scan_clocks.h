/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Stores to clocks, voltage scale and wait states that never ran: would they be harm? Only what is known makes
 * harm: what code leaves there as constants, in the states in which the image was seen. What is not known until it
 * runs is taken to be as it was.
 */
#ifndef CHECK_SCAN_CLOCKS_H
#define CHECK_SCAN_CLOCKS_H

#include "check/check.h"
#include "check/flow_image.h"

struct check_clock_scan;
struct check_harm;

/* NULL: out of memory. The report must outlive it. */
struct check_clock_scan *check_clock_scan_create(const struct check_report *report);
void check_clock_scan_destroy(struct check_clock_scan *scan);

/* The states in which starts ended, from 0 to the count, which is not 0. */
size_t check_clock_states(const struct check_clock_scan *scan);
/* Fills in what is known of the registers when the image is in that state. */
void check_clocks_beside(const struct check_clock_scan *scan, size_t state, enum core core,
                         struct flow_beside *beside);

/* The harm that a file with a store does that was not seen; NULL: none is known. */
const struct check_harm *check_clocks_harm(struct check_clock_scan *scan, size_t state,
                                           const struct flow_file *file);
/* Is what it leaves no harm by itself, as all is that was seen? */
bool check_clocks_possible(struct check_clock_scan *scan, size_t state,
                           const struct flow_file *file);

#endif
