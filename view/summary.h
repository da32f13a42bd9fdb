/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The end of a run in words, and what it means. */
#ifndef VIEW_SUMMARY_H
#define VIEW_SUMMARY_H

#include "bench/bench.h"

#include <stdio.h>

/* Prints the summary; returns EXIT_GOOD, or EXIT_NO after naming the reasons. */
int summary_print(const struct bench *session, FILE *out);

#endif
