/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The end of a run in words, and what it means. */
#ifndef CLI_RUN_SUMMARY_H
#define CLI_RUN_SUMMARY_H

#include "cli/run_session.h"

#include <stdio.h>

/* Prints the summary; returns EXIT_GOOD, or EXIT_NO after naming the reasons. */
int run_summary_print(const struct run_session *session, FILE *out);

#endif
