/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/pieces/gaps.h"

#include <stddef.h>

const char *gap_of(const struct plan *p, struct meaning m)
{
    (void)p;
    (void)m;
    return NULL;
}
