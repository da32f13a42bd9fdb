/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_BENCH_CPU_WORKLOAD_H
#define TESTS_BENCH_CPU_WORKLOAD_H

/* One of integer.c, double.c, mixed.c: does `rounds` rounds and returns a checksum. */
#include <stdint.h>

uint32_t workload(uint32_t rounds);

#endif
