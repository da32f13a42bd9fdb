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

/*
 * `other` has been run with other answers of registers that are not modelled: whatever differs makes
 * the verdict unknown.
 */
void check_compare(struct check_report *report, const struct check_report *other);

/* Other answers have been tried, or no register was read: says so in the note about what is not
 * modelled. */
void check_confirm(struct check_report *report);

/* Has something been found already that is not modelled and decides? */
bool check_depends(const struct check_report *report);

/* Was any register read that is not modelled? */
bool check_reads_unmodelled(const struct check_report *report);

/* ---- shared by the files that judge ---- */

/* Adds an item, or counts it to one of the same kind, core and place that is there already. NULL: it was
 * there. The item is valid until the next is added. */
struct check_item *check_add(struct check_report *report, const struct check_boot *boot,
                             enum check_level level, const char *kind);
struct check_item *check_add_at(struct check_report *report, const struct check_boot *boot,
                                enum check_level level, const char *kind, enum core core,
                                uint32_t pc, uint32_t address);

/* An item that makes the verdict unknown for want of a model. */
bool check_is_unmodelled(const struct check_item *item);
/* The gravest items first. */
void check_sort(struct check_report *report);

/* Notes: everything that is odd, but locks up nothing (check_notes.c). */
void check_notes(struct check_report *report);

/* Notes: code that selects a supply and never ran (check_scan.c). */
void check_scan(struct check_report *report);

/* "PWR_CSR1" for an address, "0x58004000" if there is none. */
void check_register(uint32_t address, char *text, size_t size);
/* "RTC+0x0C" if it is one of those that are not modelled. */
bool check_unmodelled_name(uint32_t address, char *text, size_t size);

/* Starts from power-on: what comes after the next power loss. */
bool check_is_power_on(const struct check_boot *boot);
/* The core waits for the other one: a semaphore, or the clock of its domain. */
bool check_waits_for_partner(const struct check_core *core);
/* PWR_CR3 is locked at 0x06: only power off and on helps. */
bool check_is_behind_rom(const struct check_boot *boot);

#endif
