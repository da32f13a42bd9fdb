/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_FP_SOFT_H
#define VBOARD_CPU_ARMV7M_FP_SOFT_H

/*
 * The whole arithmetic in integers, for each format, operand, rounding mode and flag: what fp.h
 * promises, bit for bit. single.c and double.c call it for what the host's arithmetic cannot give.
 * Internal to fp/.
 */
#include "vboard/cpu/armv7m/fp/value.h"

uint64_t fp_soft_add(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b);
/* a - b: as FPSub, a NaN `b` keeps its sign. */
uint64_t fp_soft_sub(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b);
uint64_t fp_soft_mul(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b);
uint64_t fp_soft_div(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b);
uint64_t fp_soft_sqrt(struct fp_state *s, const struct fp_format *f, uint64_t a);
uint64_t fp_soft_muladd(struct fp_state *s, const struct fp_format *f, uint64_t addend, uint64_t a,
                        uint64_t b);

void fp_soft_compare(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b,
                     bool quiet_nan_invalid);
uint64_t fp_soft_maxnum(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b);
uint64_t fp_soft_minnum(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b);

uint64_t fp_soft_round_int(struct fp_state *s, const struct fp_format *f, uint64_t a,
                           enum fp_rounding r, bool exact);
/* Extended to 64 bits by its signedness. */
uint64_t fp_soft_to_fixed(struct fp_state *s, const struct fp_format *f, uint64_t a,
                          struct fp_fixed to, enum fp_rounding r);
uint64_t fp_soft_from_fixed(struct fp_state *s, const struct fp_format *f, uint64_t a,
                            struct fp_fixed from, enum fp_rounding r);
uint64_t fp_soft_convert(struct fp_state *s, const struct fp_format *from,
                         const struct fp_format *to, uint64_t a);

#endif
