/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A candidate as a whole profile, as `candial find --profile FILE` writes it. */
#ifndef FIND_PROFILE_H
#define FIND_PROFILE_H

#include "find/rank.h"

#include <stdio.h>

/* False: it could not be written. */
bool find_write_profile(const struct find_candidate *candidate, FILE *file);

#endif
