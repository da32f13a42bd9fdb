/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The tables of words of findings and of `check`, which can be made to hold nonsense. */
#ifndef TESTS_CHECK_NONSENSE_H
#define TESTS_CHECK_NONSENSE_H

#include <stdbool.h>

/* From now on every sentence is the same nonsense, or again what it is. */
void talk_nonsense(bool on);

#endif
