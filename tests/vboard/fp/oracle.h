/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_FP_ORACLE_H
#define TESTS_VBOARD_FP_ORACLE_H

/*
 * The host's FPU, told what differs on Arm, as a judge of fp.h. <fenv.h> sets its rounding mode and
 * reads its flags. The differences (DDI 0403E, A2.5), which are stated here once more and by
 * other means than in fp/:
 *
 *   underflow   The host may detect it after rounding. Here: rounded towards zero, a tiny result
 *               is below the least normal number, whenever it is detected.
 *   FZ, DN      Operands are flushed before the host sees them, tiny results replaced.
 *   NaN         Which operand's NaN is the result is decided before the host is asked; a NaN it
 *               makes itself is replaced by Arm's default NaN.
 *   integers    are rounded by rint() and then compared with the limits.
 *   half        The host may have none: the neighbours are looked up among all halves.
 *
 * Where the host has no IEEE 754 or no <fenv.h> modes this cannot be built.
 */
#include "tests/vboard/fp/ops.h"

/* The result of `op`; `*fpscr` becomes the new FPSCR. */
uint64_t oracle_run(const struct op *op, uint32_t *fpscr, const uint64_t v[3]);

#endif
