/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * From what was seen to what it means. Unsafe, unknown and note are defined in docs/check.md; this is
 * where they are decided.
 */
#ifndef CHECK_JUDGE_H
#define CHECK_JUDGE_H

#include "check/check.h"

/* Fills the report's items from its boots, the gravest first. */
void check_judge(struct check_report *report);

/* After the first check_run: judges; where that leaves the image safe, tries other answers of registers that
 * are not modelled, too. False with a line in `error`. */
bool check_conclude(struct check_report *report, char *error, size_t size);

/* All of it, from images to items: check_run, a look whether there is anything that runs, check_conclude. False
 * with a line in `error`. */
bool check_whole(struct check_report *report, char *error, size_t size)
    __attribute__((warn_unused_result));

/* "quick", "normal", "deep" or a number; false: it is none of these. */
bool check_effort_read(const char *text, unsigned *effort) __attribute__((warn_unused_result));

/* `other` has been run with other answers of registers that are not modelled, and judged: whatever
 * differs makes the verdict unknown. */
void check_compare(struct check_report *report, const struct check_report *other);

/* ---- shared by the files that judge ---- */

/* Adds an item, unless one of the same kind, core and place is there already: NULL. The item is valid until
 * the next is added. */
struct check_item *check_add(struct check_report *report, const struct check_boot *boot,
                             enum check_kind kind);
struct check_item *check_add_at(struct check_report *report, const struct check_boot *boot,
                                enum check_kind kind, enum core core, uint32_t pc,
                                uint32_t address);
/* Adds one of those it is about, once; of clocks the fastest is kept. */
void check_add_member(struct check_item *item, const struct check_member *member);
/* The gravest items first. */
void check_sort(struct check_report *report);

/* Notes: everything that is odd, but locks up nothing (notes.c). */
void check_notes(struct check_report *report);
/* Code that never ran, and could take the board away if it did (scan.c). */
void check_scan(struct check_report *report);

/* Is it a part of the chip that this board does not model? */
bool check_is_unmodelled(uint32_t address);
/* The base of the peripheral at that address; the address itself if there is none. */
uint32_t check_peripheral(uint32_t address);

/* One core is held a little, so that the other selects the supply. */
bool check_is_race(enum check_start start);
/* Starts from power-on: what comes after the next power loss. */
bool check_is_power_on(const struct check_boot *boot);
/* Something was done to the board in this start (stimulus.h), or it was left alone for longer. */
bool check_is_stimulated(const struct check_boot *boot);
/* What was done last before; its act is CHECK_NO_ACT if nothing was. */
struct check_nudge check_nudge_before(const struct check_boot *boot, vtime_ps at);
/* PWR_CR3 is locked at 0x06: only power off and on helps. */
bool check_is_behind_rom(const struct check_boot *boot);
/* A fault that its core has returned from, as code does that wants it. */
bool check_is_handled(const struct check_boot *boot, const struct finding *f);
/* Whose code it was. */
enum core check_core_of(const struct finding *f);
/* The core waits for the other one: a semaphore, or the clock of its domain. */
bool check_waits_for_partner(const struct check_core *core);
/* What a value of RCC_CR lacks. NULL: it is the other core's domain that is asked for. */
struct check_clock {
    uint8_t on, ready; /* bits */
    const char *flag;  /* "HSERDY" */
};
const struct check_clock *check_clock_awaited(uint32_t cr);

#endif
