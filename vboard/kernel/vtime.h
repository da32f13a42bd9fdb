/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_VTIME_H
#define VBOARD_KERNEL_VTIME_H

/*
 * Virtual time: one unsigned 64-bit count of picoseconds since the board was made (213 days fit).
 * Integers only, so that the same input gives the same output bit for bit.
 */
#include <stdint.h>

typedef uint64_t vtime_ps;

#define VTIME_NS(n) ((vtime_ps)(n)*UINT64_C(1000))
#define VTIME_US(n) ((vtime_ps)(n)*UINT64_C(1000000))
#define VTIME_MS(n) ((vtime_ps)(n)*UINT64_C(1000000000))
#define VTIME_S(n) ((vtime_ps)(n)*UINT64_C(1000000000000))
#define VTIME_NEVER UINT64_MAX

#endif
