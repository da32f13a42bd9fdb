/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RAM that the M7 sees through its D-cache, and others do not (vboard/cpu/dcache.h, docs/caches.md). */
#ifndef CHECK_INCOHERENT_H
#define CHECK_INCOHERENT_H

#include "check/check.h"

struct line;

/* Nothing of that kind has been said yet about the variable at that address, and not much of others. */
bool check_is_new_variable(const struct check_report *report, enum check_kind kind,
                           uint32_t address);
/* A note for each variable that was met in this start. */
void check_note_caches(struct check_report *report, const struct check_boot *boot);

/* Of an odd (odd.h) `value` is the variable and `want` the other core's place. */
/* "rx_buffer+0x20 (0x24001020)", "0x38000020 (SRAM4)": the RAM that a finding is about. */
void check_put_variable(struct line *l, const struct check_config *config,
                        const struct check_item *item);
/* The other access: by whom, "the CM4", and where; who reads: "reads", "orders a DMA controller, which reads". */
void check_put_other(struct line *l, const struct check_item *item);
void check_put_other_place(struct line *l, const struct check_config *config,
                           const struct check_item *item);
void check_put_reader(struct line *l, const struct check_item *item);

#endif
