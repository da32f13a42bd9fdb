/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What an image asks of fields that the board's models do not act on (vboard/chip/fields.h). */
#ifndef CHECK_FIELDS_H
#define CHECK_FIELDS_H

#include "check/check.h"

struct cpu;

/* A finding FOUND_UNMODELLED_FIELD: fields that decide what runs make the verdict unknown, all others are
 * one item of `kind`. */
void check_judge_field(struct check_report *report, const struct check_boot *boot,
                       const struct finding *f, enum check_kind kind);

/* The core waits for bits of a modelled register that its model does not act on. */
bool check_waits_for_field(const struct check_core *core);
void check_judge_field_wait(struct check_report *report, const struct check_boot *boot,
                            enum core core);

/* The bits of `value` that the code from `pc` on tests first, as compilers test them: TST, AND, or a shift
 * of the bit into the sign. 0: not known. */
uint32_t check_tested_bits(struct cpu *cpu, uint32_t pc, uint32_t value);

#endif
